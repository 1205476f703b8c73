package ui

import (
	"fmt"
	"image"
	"io"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/gal/mem"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// box is a control of one colour that notes what it is told.
type box struct {
	Window
	name  string
	color rgb565.Color
	log   *[]string
	uses  func(ial.Event) bool
}

func (b *box) Paint(dst *rgb565.Image) { dst.Fill(dst.Rect, b.color) }

func (b *box) Handle(e ial.Event) bool {
	used := b.uses != nil && b.uses(e)
	if b.log != nil {
		*b.log = append(*b.log, fmt.Sprintf("%s:%d,%t", b.name, e.Type, used))
	}
	return used
}

func always(ial.Event) bool { return true }

// source gives the events that a test sends.
type source struct {
	c    chan ial.Event
	stop chan struct{}
	once sync.Once
	err  error // instead of io.EOF
}

func newSource() *source { return &source{c: make(chan ial.Event, 100), stop: make(chan struct{})} }

func (s *source) ReadEvent() (ial.Event, error) {
	select {
	case e, ok := <-s.c:
		if ok {
			return e, nil
		}
		if s.err != nil {
			return ial.Event{}, s.err
		}
		return ial.Event{}, io.EOF
	case <-s.stop:
		return ial.Event{}, io.EOF
	}
}

func (s *source) Close() error {
	s.once.Do(func() { close(s.stop) })
	return nil
}

// running runs a desktop of 100x80 and calls f while it does.
func running(t *testing.T, build func(d *Desktop), f func(d *Desktop, s *source, m *mem.Screen)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := mem.New(image.Pt(100, 80))
		d := New(m, nil, &box{name: "root", color: 1})
		if build != nil {
			build(d)
		}
		s := newSource()
		ended := make(chan error)
		go func() { ended <- d.Run(s) }()
		synctest.Wait()
		f(d, s, m)
		d.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestPaintsOnceAndOnlyWhatChanged(t *testing.T) {
	a := &box{color: 2}
	b := &box{color: 3}
	running(t, func(d *Desktop) {
		d.Root().Add(&a.Window, image.Rect(10, 10, 50, 50), a)
		d.Root().Add(&b.Window, image.Rect(30, 30, 90, 70), b)
	}, func(d *Desktop, s *source, m *mem.Screen) {
		if st := d.Stats(); st.Drawn != 100*80 || st.Flushed != 100*80 || st.Turns != 1 {
			t.Errorf("the first picture took %+v", st)
		}
		want := map[image.Point]rgb565.Color{{5, 5}: 1, {20, 20}: 2, {40, 40}: 3, {80, 60}: 3, {95, 75}: 1}
		for p, c := range want {
			if got := m.Back().At(p.X, p.Y); got != c {
				t.Errorf("%v is %d, want %d", p, got, c)
			}
		}
		before := d.Stats()
		// a is covered by b from (30,30) on.
		d.Call(func() { a.InvalidateAll(); a.Invalidate(image.Rect(20, 20, 22, 22)) })
		synctest.Wait()
		st := d.Stats()
		if n := st.Drawn - before.Drawn; n != 40*40-20*20 {
			t.Errorf("a covered window drew %d pixels", n)
		}
		if st.Turns != before.Turns+1 {
			t.Errorf("two changes were shown in %d turns", st.Turns-before.Turns)
		}
		before = st
		d.Call(func() { a.Invalidate(image.Rect(35, 35, 45, 45)) })
		synctest.Wait()
		if st := d.Stats(); st.Drawn != before.Drawn || st.Turns != before.Turns {
			t.Errorf("what is covered was drawn: %+v", st)
		}
		// Hiding shows what is below, raising brings a above b.
		d.Call(func() { b.Show(false) })
		synctest.Wait()
		if got := m.Back().At(40, 40); got != 2 {
			t.Errorf("below the hidden window is %d", got)
		}
		d.Call(func() { b.Show(true); a.Raise() })
		synctest.Wait()
		if x, y := m.Back().At(40, 40), m.Back().At(80, 60); x != 2 || y != 3 {
			t.Errorf("after raising %d and %d", x, y)
		}
		d.Call(func() { a.SetRect(image.Rect(0, 0, 5, 5)) })
		synctest.Wait()
		if x, y, z := m.Back().At(2, 2), m.Back().At(20, 20), m.Back().At(40, 40); x != 2 || y != 1 || z != 3 {
			t.Errorf("after moving %d, %d and %d", x, y, z)
		}
	})
}

func TestScroll(t *testing.T) {
	rows := &stripes{}
	cover := &box{color: 99}
	running(t, func(d *Desktop) {
		d.Root().Add(&rows.Window, image.Rect(10, 10, 60, 70), rows)
		d.Root().Add(&cover.Window, image.Rect(0, 0, 20, 20), cover)
		cover.Show(false)
	}, func(d *Desktop, s *source, m *mem.Screen) {
		check := func(what string) {
			t.Helper()
			for y := 10; y < 70; y++ {
				if got := m.Back().At(30, y); got != rows.at(y) {
					t.Fatalf("%s: row %d is %d, want %d", what, y, got, rows.at(y))
				}
			}
		}
		for _, dy := range []int{5, -7, 59, -60, 1, -1} {
			before := d.Stats()
			d.Call(func() {
				rows.Invalidate(image.Rect(10, 30, 60, 33)) // stale pixels move along
				rows.off += dy
				rows.Scroll(rows.Rect(), dy)
			})
			synctest.Wait()
			check(fmt.Sprint("by ", dy))
			n := d.Stats().Drawn - before.Drawn
			if most := int64(50 * (dy*sign(dy) + 60)); dy*sign(dy) < 20 && n > most/2 {
				t.Errorf("scrolling by %d drew %d pixels", dy, n)
			}
		}
		d.Call(func() { cover.Show(true); rows.off += 4; rows.Scroll(rows.Rect(), 4) })
		synctest.Wait()
		check("partly covered")
	})
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// stripes has another colour in each row.
type stripes struct {
	Window
	off int
}

func (s *stripes) at(y int) rgb565.Color { return rgb565.Color(1000 + y - s.off) }

func (s *stripes) Paint(dst *rgb565.Image) {
	for y := dst.Rect.Min.Y; y < dst.Rect.Max.Y; y++ {
		dst.Fill(image.Rect(0, y, 1000, y+1), s.at(y))
	}
}

func (s *stripes) Handle(ial.Event) bool { return false }

// TestOrder posts from inside a posted message and sees the ranks kept.
func TestOrder(t *testing.T) {
	var got []string
	note := func(s string) func() { return func() { got = append(got, s) } }
	p := &box{color: 2}
	synctest.Test(t, func(t *testing.T) {
		d := New(mem.New(image.Pt(10, 10)), nil, &box{})
		d.Root().Add(&p.Window, image.Rect(0, 0, 10, 10), &painter{p, note("paint")})
		n := d.NewNotice(note("notice"))
		timer := d.NewTimer(note("timer"))
		timer.Start(0)
		d.Post(note("posted 1"))
		d.Post(func() {
			note("posted 2")()
			d.Post(note("posted next turn"))
			n.Raise()
			n.Raise()
			c := &call{note("call"), make(chan struct{})}
			d.q.mu.Lock()
			d.q.sync = append(d.q.sync, c)
			d.q.mu.Unlock()
		})
		d.Post(note("posted 3"))
		go d.Run(newSource())
		synctest.Wait()
		d.Quit()
	})
	want := "posted 1, posted 2, call, notice, posted 3, paint, timer, posted next turn"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

type painter struct {
	*box
	f func()
}

func (p *painter) Paint(dst *rgb565.Image) { p.f() }

func TestPointer(t *testing.T) {
	var log []string
	a := &box{name: "a", log: &log, uses: always}
	in := &box{name: "in", log: &log}
	b := &box{name: "b", log: &log, uses: always}
	at := func(ty ial.Type, x, y int) ial.Event { return ial.Event{Type: ty, At: image.Pt(x, y)} }
	running(t, func(d *Desktop) {
		d.Root().Add(&a.Window, image.Rect(0, 0, 50, 50), a)
		a.Add(&in.Window, image.Rect(10, 10, 20, 20), in)
		d.Root().Add(&b.Window, image.Rect(50, 0, 100, 50), b)
	}, func(d *Desktop, s *source, m *mem.Screen) {
		expect := func(want ...string) {
			t.Helper()
			synctest.Wait()
			if !reflect.DeepEqual(log, want) {
				t.Errorf("got %q, want %q", log, want)
			}
			log = nil
		}
		s.c <- at(ial.PointerDown, 15, 15)
		s.c <- at(ial.PointerMove, 70, 20) // still a's
		s.c <- at(ial.PointerUp, 70, 20)
		s.c <- at(ial.PointerMove, 70, 20) // nobody's
		expect("in:1,false", "a:1,true", "a:2,true", "a:3,true")
		s.c <- at(ial.PointerDown, 70, 20)
		s.c <- at(ial.PointerDown, 5, 5) // b never saw it lifted
		expect("b:1,true", "b:255,true", "a:1,true")
		d.Call(func() { a.Show(false) })
		expect("a:255,true")
		s.c <- at(ial.Wheel, 60, 10)
		expect("b:6,true")
		s.c <- at(ial.PointerDown, 5, 70)
		s.c <- at(ial.PointerUp, 5, 70)
		expect()
	})
}

func TestMovesAreOne(t *testing.T) {
	var q queue
	q.init()
	for i := range 10 {
		q.event(ial.Event{Type: ial.PointerMove, At: image.Pt(i, 0)})
		q.event(ial.Event{Type: ial.PointerMove, At: image.Pt(i, 1)})
	}
	q.event(ial.Event{Type: ial.PointerUp})
	q.event(ial.Event{Type: ial.Wheel, Delta: 1})
	q.event(ial.Event{Type: ial.Wheel, Delta: 2})
	for range 5 {
		q.event(ial.Event{Type: ial.KeyPress, Key: ial.KeyUp, Repeat: true})
		q.event(ial.Event{Type: ial.Expose})
		q.event(ial.Event{Type: ial.Expose})
	}
	q.event(ial.Event{Type: ial.KeyPress, Key: ial.KeyUp})
	q.event(ial.Event{Type: ial.KeyPress, Key: ial.KeyUp})
	if n := len(q.posted); n != 3+10+2 {
		t.Fatalf("%d messages", n)
	}
	if e := q.posted[0].e; e.At != image.Pt(9, 1) {
		t.Errorf("the move is to %v", e.At)
	}
	if e := q.posted[2].e; e.Delta != 3 {
		t.Errorf("the wheel turned by %d", e.Delta)
	}
}

func TestFocusByKeys(t *testing.T) {
	press := func(k ial.Key) ial.Event { return ial.Event{Type: ial.KeyPress, Key: k} }
	var boxes [4]*box
	running(t, func(d *Desktop) {
		for i := range boxes { // 0 1 / 2 3
			boxes[i] = &box{name: fmt.Sprint(i)}
			x, y := i%2*50, i/2*40
			d.Root().Add(&boxes[i].Window, image.Rect(x, y, x+50, y+40), boxes[i])
			boxes[i].SetFocusable(true)
		}
		boxes[0].Focus()
	}, func(d *Desktop, s *source, m *mem.Screen) {
		step := func(k ial.Key, want int, shown bool) {
			t.Helper()
			s.c <- press(k)
			synctest.Wait()
			for i, b := range boxes {
				if b.Focused() != (i == want) || b.FocusShown() != (i == want && shown) {
					t.Errorf("key %d: window %d has the focus: %t, shown: %t", k, i, b.Focused(), b.FocusShown())
				}
			}
		}
		step(ial.KeyRight, 0, true) // the first arrow only shows it
		step(ial.KeyRight, 1, true)
		step(ial.KeyRight, 1, true) // nothing is there
		step(ial.KeyDown, 3, true)
		step(ial.KeyLeft, 2, true)
		step(ial.KeyUp, 0, true)
		boxes[3].uses = always
		s.c <- ial.Event{Type: ial.PointerDown, At: image.Pt(90, 70)}
		synctest.Wait()
		if !boxes[3].Focused() || boxes[3].FocusShown() {
			t.Error("a touch brings the focus without showing it")
		}
		// What is hidden loses the focus, and the next arrow finds another.
		d.Call(func() { boxes[3].Show(false) })
		step(ial.KeyRight, 1, true)
	})
}

// TestClear takes everything away and builds it anew.
func TestClear(t *testing.T) {
	var old, now box
	var tm *Timer
	fired := 0
	running(t, func(d *Desktop) {
		old = box{name: "old", color: 5, uses: always}
		d.Root().Add(&old.Window, image.Rect(10, 10, 50, 50), &old)
		old.SetFocusable(true)
		old.Focus()
		tm = d.NewTimer(func() { fired++ })
		tm.Start(1e9)
	}, func(d *Desktop, s *source, m *mem.Screen) {
		s.c <- ial.Event{Type: ial.PointerDown, At: image.Pt(20, 20)}
		synctest.Wait()
		d.Call(func() {
			d.Clear()
			if old.Shown() || old.Focused() || old.Desktop() != nil || tm.Running() {
				t.Error("the old window is still there")
			}
			old.InvalidateAll()
			old.Show(false)
			old.Show(true)
			old.SetRect(image.Rect(0, 0, 5, 5))
			now = box{name: "new", color: 9}
			d.Root().Add(&now.Window, image.Rect(30, 30, 60, 60), &now)
		})
		s.c <- ial.Event{Type: ial.PointerUp, At: image.Pt(20, 20)}
		synctest.Wait()
		time.Sleep(2e9)
		if fired != 0 {
			t.Error("an old timer fires")
		}
		d.Settle(func() {
			if b := d.screen.Back(); b.At(20, 20) != 1 || b.At(40, 40) != 9 {
				t.Errorf("the screen shows %d and %d", b.At(20, 20), b.At(40, 40))
			}
		})
	})
}
