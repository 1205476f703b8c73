package widget

import (
	"fmt"
	"image"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/mem"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

var dark = theme.Dark()

// bench is a desktop of 320x240 that runs, with a control on it.
type bench struct {
	*testing.T
	d      *ui.Desktop
	screen *mem.Screen
}

// idle is a source without events.
type idle struct{ stop chan struct{} }

func (s idle) ReadEvent() (ial.Event, error) {
	<-s.stop
	return ial.Event{}, io.EOF
}

func (s idle) Close() error {
	close(s.stop)
	return nil
}

// on runs f on a bench.
func on(t *testing.T, f func(b *bench, page *Panel)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{T: t, screen: mem.New(image.Pt(320, 240))}
		page := &Panel{Paper: dark.Background}
		b.d = ui.New(b.screen, nil, page)
		ended := make(chan error)
		go func() { ended <- b.d.Run(idle{make(chan struct{})}) }()
		f(b, page)
		b.d.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// do calls f on the desktop's goroutine and returns how many pixels that
// drew.
func (b *bench) do(f func()) int64 {
	var before, after int64
	b.d.Settle(func() { before = b.d.Stats().Drawn })
	b.d.Call(f)
	b.d.Settle(func() { after = b.d.Stats().Drawn })
	return after - before
}

func at(t ial.Type, x, y int) ial.Event { return ial.Event{Type: t, At: image.Pt(x, y)} }

func key(k ial.Key) ial.Event { return ial.Event{Type: ial.KeyPress, Key: k} }

func TestPress(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		n := 0
		btn := &Button{Theme: dark, Size: 24, Paper: dark.Background, Held: dark.Surface, Click: func() { n++ }}
		b.do(func() { b.d.Root().Add(&btn.Window, image.Rect(0, 0, 44, 36), btn) })
		for i, c := range []struct {
			events []ial.Event
			clicks int
		}{
			{[]ial.Event{at(ial.PointerDown, 5, 5), at(ial.PointerUp, 6, 6)}, 1},
			{[]ial.Event{at(ial.PointerDown, 5, 5), at(ial.PointerMove, 50, 5), at(ial.PointerUp, 50, 5)}, 0},
			{[]ial.Event{at(ial.PointerDown, 5, 5), at(ial.PointerMove, 50, 5), at(ial.PointerMove, 5, 5), at(ial.PointerUp, 5, 5)}, 1},
			{[]ial.Event{at(ial.PointerDown, 5, 5), {Type: ui.Cancel}, at(ial.PointerUp, 5, 5)}, 0},
			{[]ial.Event{key(ial.KeyEnter), {Type: ial.KeyPress, Key: ial.KeyEnter, Repeat: true}}, 1},
			{[]ial.Event{key(ial.KeyLeft)}, 0},
		} {
			n = 0
			b.do(func() {
				for _, e := range c.events {
					btn.Handle(e)
				}
				if btn.press.shown() {
					t.Errorf("case %d: it still looks pressed", i)
				}
			})
			if n != c.clicks {
				t.Errorf("case %d: %d clicks, want %d", i, n, c.clicks)
			}
		}
		b.do(func() {
			btn.Enable(false)
			if !btn.Handle(at(ial.PointerDown, 5, 5)) || btn.Handle(key(ial.KeyEnter)) {
				t.Error("a disabled button takes the finger and no key")
			}
		})
	})
}

func TestTimeText(t *testing.T) {
	for _, s := range []int64{0, 9, 59, 60, 599, 600, 3599, 3600, 35999, 36000, 359999, 3599999, 1 << 40} {
		var buf [24]uint8
		var got strings.Builder
		for _, f := range buf[clock(&buf, s):] {
			got.WriteByte(figures[f])
		}
		want := fmt.Sprintf("%d:%02d", s/60, s%60)
		if s >= 3600 {
			want = fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
		}
		if got.String() != want {
			t.Errorf("%d is %s, want %s", s, &got, want)
		}
	}
}

func TestSlider(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		var told []string
		s := &Slider{Theme: dark, Track: image.Rect(50, 174, 270, 178), Radius: 2, Knob: 12, Step: 5,
			Change: func(v int64, done bool) { told = append(told, fmt.Sprint(v, done)) }}
		b.do(func() { b.d.Root().Add(&s.Window, image.Rect(44, 164, 276, 186), s) })
		expect := func(what string, want ...string) {
			t.Helper()
			if !reflect.DeepEqual(told, want) {
				t.Errorf("%s: told %q, want %q", what, told, want)
			}
			told = nil
		}
		b.do(func() {
			s.Handle(at(ial.PointerDown, 100, 176))
			s.Handle(at(ial.PointerUp, 100, 176))
			s.Handle(key(ial.KeyRight))
		})
		expect("without a whole")
		b.do(func() { s.Set(40, 440) })
		if n := b.do(func() { s.Set(42, 440) }); n != 13*12 {
			t.Errorf("one pixel further drew %d pixels", n)
		}
		if n := b.do(func() { s.Set(43, 440) }); n != 0 {
			t.Errorf("less than a pixel further drew %d pixels", n)
		}
		b.do(func() {
			s.Handle(at(ial.PointerDown, 160, 176))
			s.Handle(at(ial.PointerMove, 900, 0))
			s.Set(7, 440) // the player goes on; the knob stays with the finger
			s.Handle(at(ial.PointerUp, -900, 0))
		})
		expect("a drag", "220 false", "440 false", "0 true")
		b.do(func() { s.Set(100, 440); s.Handle(at(ial.PointerDown, 160, 176)); s.Handle(ial.Event{Type: ui.Cancel}) })
		expect("a drag given up", "220 false")
		if v, drag := s.Dragging(); v != 100 || drag {
			t.Errorf("after a drag given up it is at %d", v)
		}
		b.do(func() {
			for _, k := range []ial.Key{ial.KeyLeft, ial.KeyRight, ial.KeyRight, ial.KeyUp} {
				if s.Handle(key(k)) != (k != ial.KeyUp) {
					t.Errorf("key %d", k)
				}
			}
			s.Set(438, 440)
			s.Handle(key(ial.KeyRight))
			s.Set(2, 440)
			s.Handle(key(ial.KeyLeft))
		})
		expect("keys", "95 true", "100 true", "105 true", "440 true", "0 true")
		// Days in milliseconds do not overflow, and another whole ends a drag.
		b.do(func() {
			s.Set(1<<40, 1<<41)
			if s.x() != 160 {
				t.Errorf("half of much is at %d", s.x())
			}
			s.Handle(at(ial.PointerDown, 60, 176))
			s.Set(5, 10)
			if _, drag := s.Dragging(); drag {
				t.Error("the next track began and the drag went on")
			}
		})
	})
}

func TestLabel(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		l := &Label{Theme: dark, Style: font.Body, Ink: dark.Text, Paper: dark.Background, Baseline: 30}
		b.do(func() { b.d.Root().Add(&l.Window, LabelBox(font.Body, 10, 110, 30), l) })
		ink := func() image.Rectangle {
			var r image.Rectangle
			for y := range 240 {
				for x := range 320 {
					if b.screen.Back().At(x, y) != dark.Background {
						r = r.Union(image.Rect(x, y, x+1, y+1))
					}
				}
			}
			return r
		}
		b.do(func() { l.SetText("HH") })
		left := ink()
		if n := b.do(func() { l.SetText("HH") }); n != 0 {
			t.Errorf("the same text drew %d pixels", n)
		}
		b.do(func() { l.Align = Right; l.InvalidateAll() })
		right := ink()
		b.do(func() { l.Align = Center; l.InvalidateAll() })
		mid := ink()
		if left.Min.X < 10 || left.Min.X > 13 || right.Max.X > 110 || right.Max.X < 106 || left.Max.Y != 30 ||
			mid.Min.X+mid.Max.X < 116 || mid.Min.X+mid.Max.X > 124 {
			t.Errorf("left %v, right %v, middle %v", left, right, mid)
		}
		b.do(func() { l.Align = Left; l.SetText(strings.Repeat("long ", 20)) })
		if r := ink(); r.Max.X > 110 || !strings.HasSuffix(l.short, "…") {
			t.Errorf("a long text ends in %q, inked %v", l.short, r)
		}
	})
}

func TestLabelScrollsOnce(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		l := &Label{Theme: dark, Style: font.Large, Ink: dark.Text, Paper: dark.Background, Baseline: 30, Scrolls: true}
		text := "A title that is rather too long"
		over := font.Width(font.Large, text) - 156
		b.do(func() {
			b.d.Root().Add(&l.Window, LabelBox(font.Large, 10, 166, 30), l)
			l.SetText(text)
		})
		shift := func() (n int) {
			b.do(func() { n = l.shift })
			return n
		}
		for _, c := range []struct {
			wait  time.Duration
			shift int
		}{
			{1990 * time.Millisecond, 0},
			{50 * time.Millisecond, 2},
			{time.Second, 27},
			{time.Duration(over-28) * scrollStep, over - 1},
			{scrollStep, over},
			{900 * time.Millisecond, over},
			{200 * time.Millisecond, 0},
			{time.Hour, 0},
		} {
			time.Sleep(c.wait)
			if got := shift(); got != c.shift {
				t.Errorf("after %s more it is moved by %d, want %d", c.wait, got, c.shift)
			}
		}
		b.do(func() { l.SetText("short") })
		time.Sleep(5 * time.Second)
		if shift() != 0 {
			t.Error("a text that fits is moved")
		}
	})
}

// TestSpectrumBudget counts what a lively picture costs a frame.
func TestSpectrumBudget(t *testing.T) {
	on(t, func(b *bench, page *Panel) {
		rnd := rand.New(rand.NewPCG(3, 4))
		s := &Spectrum{Theme: dark, Paper: dark.Background, Levels: func(dst []uint8) bool {
			for i := range dst {
				dst[i] = uint8(max(0, 11-i/4+rnd.IntN(4)-2))
			}
			return true
		}}
		b.do(func() {
			b.d.Root().Add(&s.Window, image.Rectangle{Min: image.Pt(152, 113), Max: image.Pt(152, 113).Add(SpectrumSize)}, s)
			s.Init()
			s.Run(true)
		})
		time.Sleep(time.Second)
		var before, after ui.Stats
		b.d.Settle(func() { before = b.d.Stats() })
		time.Sleep(30 * frameTime)
		b.d.Settle(func() { after = b.d.Stats() })
		drawn, flushed := (after.Drawn-before.Drawn)/30, (after.Flushed-before.Flushed)/30
		t.Logf("a frame of the spectrum draws %d pixels and flushes %d", drawn, flushed)
		if drawn == 0 || drawn > 4563 || flushed > 7905 {
			t.Errorf("a frame of the spectrum draws %d pixels and flushes %d", drawn, flushed)
		}
		// Where the processor is short it moves less.
		b.do(func() { s.Slow = func() bool { return true } })
		time.Sleep(frameSlow)
		b.d.Settle(func() { before = b.d.Stats() })
		time.Sleep(8 * frameSlow)
		b.d.Settle(func() { after = b.d.Stats() })
		if n := after.Turns - before.Turns; n < 6 || n > 10 {
			t.Errorf("slow, it has %d frames in %v", n, 8*frameSlow)
		}
		b.do(func() { s.Slow = nil })
		// Out of sight and off it costs nothing.
		for what, f := range map[string]func(){"hidden": func() { s.Show(false) }, "off": func() { s.Show(true); s.Run(false) }} {
			b.do(func() { s.Show(true); s.Run(true); f() })
			b.d.Settle(func() { before = b.d.Stats() })
			time.Sleep(time.Second)
			b.d.Settle(func() { after = b.d.Stats() })
			if after.Drawn != before.Drawn {
				t.Errorf("%s it draws %d pixels", what, after.Drawn-before.Drawn)
			}
		}
	})
}

func TestSpectrumFalls(t *testing.T) {
	s := &Spectrum{}
	s.level[0], s.peak[0] = 10, 10
	var got []string
	for s.frames.n = 1; s.frames.n <= 9; s.frames.n++ {
		s.move(0, 99, -1)
		got = append(got, fmt.Sprint(s.level[0], "/", s.peak[0]))
	}
	if g := strings.Join(got, " "); g != "9/10 8/10 7/9 6/9 5/9 4/8 3/8 2/8 1/7" {
		t.Error(g)
	}
	s.fresh[0] = 200
	if s.move(0, 99, -1); s.level[0] != spectrumRows || s.peak[0] != spectrumRows {
		t.Errorf("too loud is %d/%d", s.level[0], s.peak[0])
	}
}

// TestPaintAllocatesNothing paints every control with a text that fits.
func TestPaintAllocatesNothing(t *testing.T) {
	d := ui.New(mem.New(image.Pt(320, 240)), nil, &Panel{})
	add := func(w *ui.Window, c ui.Control) ui.Control {
		d.Root().Add(w, image.Rect(0, 0, 320, 240), c)
		return c
	}
	label := &Label{Theme: dark, Style: font.Body, Baseline: 30}
	add(&label.Window, label)
	label.SetText("Fits 就好")
	seconds := &Time{Theme: dark, Baseline: 30, Align: Right}
	seconds.Set(3723)
	list := &List{Theme: dark, Rows: &numbers{n: 100}}
	add(&list.Window, list)
	list.Init()
	list.showBar(true)
	toast := &Toast{Theme: dark}
	add(&toast.Window, toast)
	toast.Set(theme.IconWarn, dark.Danger, "first", "second")
	vol := &Volume{Theme: dark}
	add(&vol.Window, vol)
	vol.Init()
	empty := &Empty{Theme: dark, Button: "Again"}
	add(&empty.Window, empty)
	empty.Init()
	empty.SetText("Large", "small")
	btn, disc := &Button{Theme: dark, Size: 24}, &Disc{Theme: dark, Size: 28, Width: 44}
	slider := &Slider{Theme: dark, Track: image.Rect(50, 174, 270, 178), Knob: 12, Radius: 2}
	slider.Set(3, 7)
	spectrum := &Spectrum{Theme: dark}
	add(&spectrum.Window, spectrum)
	spectrum.Init()
	meter := &Meter{Theme: dark, level: [2]int{20, 28}, peak: [2]int{24, 30}}
	add(&meter.Window, meter)
	tabs, toggle := &Tabs{Theme: dark, Labels: []string{"One", "二"}, held: 1}, &Toggle{Theme: dark, Text: "On"}
	letters := &List{Theme: dark, Rows: &numbers{n: 100}}
	add(&letters.Window, letters)
	letters.Init()
	letters.letters.shown = 5
	picture := &Picture{Theme: dark, Bird: 84}
	dst := rgb565.New(image.Rect(0, 0, 320, 240))
	for _, c := range []ui.Control{label, add(&seconds.Window, seconds), list, toast, vol, empty, add(&btn.Window, btn),
		add(&disc.Window, disc), add(&slider.Window, slider), spectrum, meter, add(&tabs.Window, tabs), add(&toggle.Window, toggle), letters, add(&picture.Window, picture)} {
		if n := testing.AllocsPerRun(10, func() { c.Paint(dst) }); n != 0 {
			t.Errorf("painting a %T allocates %.1f times", c, n)
		}
	}
}

// numbers is a list of n rows.
type numbers struct {
	n      int
	opened []int
}

func (m *numbers) Len() int   { return m.n }
func (m *numbers) Open(i int) { m.opened = append(m.opened, i) }
func (m *numbers) Row(i int, r *Row) {
	r.Title, r.Sub, r.Value, r.Chevron = "title", "sub", "1:23", i%2 == 0
}
