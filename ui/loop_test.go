package ui

import (
	"errors"
	"fmt"
	"image"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/gal/mem"
	"linnet/ui/ial"
)

func TestTimers(t *testing.T) {
	var got []string
	began := time.Now()
	running(t, func(d *Desktop) { began = time.Now() }, func(d *Desktop, s *source, m *mem.Screen) {
		d.Call(func() {
			note := func(name string) func() {
				return func() { got = append(got, fmt.Sprint(name, time.Since(began))) }
			}
			a, b, c := d.NewTimer(note("a")), d.NewTimer(note("b")), d.NewTimer(note("c"))
			a.Start(3 * time.Second)
			b.Start(time.Second)
			c.Start(2 * time.Second)
			c.Stop()
			var again *Timer
			again = d.NewTimer(func() { note("d")(); again.Start(2 * time.Second) })
			again.Start(time.Second)
			if !a.Running() || c.Running() {
				t.Error("Running is wrong")
			}
		})
		time.Sleep(6 * time.Second)
	})
	if s := fmt.Sprint(got); s != "[b1s d1s a3s d3s d5s]" {
		t.Errorf("timers: %s", s)
	}
}

// manual is a clock that a test turns by hand, without synctest.
type manual struct {
	mu    sync.Mutex
	now   time.Time
	alarm time.Time
	c     chan time.Time
}

func (m *manual) NewAlarm() Alarm     { return m }
func (m *manual) C() <-chan time.Time { return m.c }
func (m *manual) Stop()               {}

func (m *manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *manual) Set(after time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.alarm = m.now.Add(after)
}

func (m *manual) pass(d time.Duration) {
	m.mu.Lock()
	m.now = m.now.Add(d)
	due := !m.alarm.IsZero() && !m.alarm.After(m.now)
	m.mu.Unlock()
	if due {
		m.c <- m.now
	}
}

func TestOwnClock(t *testing.T) {
	m := &manual{now: time.Unix(0, 0), c: make(chan time.Time)}
	d := New(mem.New(image.Pt(10, 10)), m, &box{})
	fired := make(chan time.Time, 1)
	d.NewTimer(func() { fired <- d.Now() }).Start(time.Minute)
	s := newSource()
	ended := make(chan error)
	go func() { ended <- d.Run(s) }()
	if err := d.Settle(func() {}); err != nil {
		t.Fatal(err)
	}
	// The loop sets the alarm a moment after it settled: on a busy machine
	// that may be a second of this clock, or more, too late.
	for range 1000 {
		d.Settle(func() {})
		m.pass(time.Second)
		select {
		case at := <-fired:
			if at.Before(time.Unix(60, 0)) {
				t.Errorf("due at %s", at)
			}
			close(s.c)
			if err := <-ended; err != nil {
				t.Error(err)
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Error("the timer was not due after its time")
}

func TestEnds(t *testing.T) {
	broken := errors.New("cable pulled")
	for name, c := range map[string]struct {
		end  func(d *Desktop, s *source)
		want error
	}{
		"the source ends":  {func(d *Desktop, s *source) { close(s.c) }, nil},
		"the source fails": {func(d *Desktop, s *source) { s.err = broken; close(s.c) }, broken},
		"window closed":    {func(d *Desktop, s *source) { s.c <- ial.Event{Type: ial.Quit} }, nil},
		"quit":             {func(d *Desktop, s *source) { d.Quit() }, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			m := mem.New(image.Pt(10, 10))
			d := New(m, nil, &box{})
			b := &box{color: 7}
			s := newSource()
			ended := make(chan error)
			go func() { ended <- d.Run(s) }()
			synctest.Wait()
			d.Post(func() { d.Root().Add(&b.Window, image.Rect(0, 0, 10, 10), b) })
			synctest.Wait()
			c.end(d, s)
			if err := <-ended; !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
			if m.Snapshot().RGBAAt(5, 5).B != 57 {
				t.Errorf("%s: what was posted before was not shown", name)
			}
			if err := d.Call(func() {}); err != ErrStopped {
				t.Errorf("%s: a late call gives %v", name, err)
			}
			if err := d.Settle(func() {}); err != ErrStopped {
				t.Errorf("%s: a late settle gives %v", name, err)
			}
			d.Post(func() { t.Error("a late post is run") })
		})
	}
}

func TestScreenFails(t *testing.T) {
	m := mem.New(image.Pt(10, 10))
	m.Close()
	d := New(m, nil, &box{})
	if err := d.Run(newSource()); err == nil || !strings.Contains(err.Error(), "ui: show: ") {
		t.Errorf("error %v", err)
	}
}

func TestSettleSeesThePicture(t *testing.T) {
	b := &box{color: 9}
	running(t, nil, func(d *Desktop, s *source, m *mem.Screen) {
		d.Post(func() { d.Root().Add(&b.Window, image.Rect(0, 0, 10, 10), b) })
		err := d.Settle(func() {
			if m.Back().At(5, 5) != 9 {
				t.Error("what was posted before is not painted")
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestExposeShowsAll covers what a window manager asks for.
func TestExposeShowsAll(t *testing.T) {
	running(t, nil, func(d *Desktop, s *source, m *mem.Screen) {
		m.Reset()
		s.c <- ial.Event{Type: ial.Expose}
		synctest.Wait()
		if st := m.Stats(); st.Pixels != 100*80 || st.Flushes != 1 {
			t.Errorf("expose flushed %+v", st)
		}
	})
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	m := mem.New(image.Pt(100, 80))
	d := New(m, nil, &box{})
	a, b := &box{color: 1}, &box{color: 2}
	d.Root().Add(&a.Window, image.Rect(0, 0, 60, 60), a)
	d.Root().Add(&b.Window, image.Rect(40, 40, 90, 70), b)
	n := d.NewNotice(func() { a.InvalidateAll() })
	timer := d.NewTimer(func() {})
	turn := func() {
		n.Raise()
		d.q.event(ial.Event{Type: ial.PointerMove})
		timer.Start(0)
		d.posted()
		b.Invalidate(image.Rect(50, 50, 60, 60))
		if err := d.paint(); err != nil {
			t.Error(err)
		}
		d.settled()
		d.fire()
		d.busy()
	}
	turn()
	if n := testing.AllocsPerRun(100, turn); n != 0 {
		t.Errorf("a turn allocates %.1f times", n)
	}
}
