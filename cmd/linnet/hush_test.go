package main

import (
	"io"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/gal"
	"linnet/ui/ial"
)

// took is how long something takes.
func took(f func()) time.Duration {
	began := time.Now()
	f()
	return time.Since(began)
}

func TestHush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHush()
		if d := took(h.rest); d != 0 {
			t.Errorf("it rests for %v although nobody touched", d)
		}
		time.Sleep(time.Minute)
		h.touch()
		if d := took(h.rest); d != hushFor {
			t.Errorf("it rests for %v after a touch", d)
		}
		if d := took(h.rest); d != 0 {
			t.Errorf("and then for %v", d)
		}
		h.touch()
		go func() { // another one, while it rests
			time.Sleep(hushFor / 2)
			h.touch()
		}()
		if d := took(h.rest); d != hushFor+hushFor/2 {
			t.Errorf("it rests for %v after two touches", d)
		}
		end := time.Now().Add(10 * hushMost)
		go func() {
			for ; time.Now().Before(end); time.Sleep(hushFor / 3) {
				h.touch()
			}
		}()
		time.Sleep(time.Nanosecond) // the other one begins
		if d := took(h.rest); d != hushMost {
			t.Errorf("it rests for %v while somebody touches on and on", d)
		}
		time.Sleep(20 * hushMost)
		done := h.cover()
		go func() {
			time.Sleep(3 * hushStep)
			done()
		}()
		if d := took(h.rest); d != 0 {
			t.Errorf("covers rest for %v behind covers", d)
		}
		if d := took(h.restBehind); d < 3*hushStep || d > 4*hushStep {
			t.Errorf("it rests for %v behind a cover", d)
		}
		h.cover()
		if d := took(h.restBehind); d != hushMost {
			t.Errorf("it rests for %v behind a cover without an end", d)
		}
		var none *hush
		if d := took(func() { none.rest(); none.restBehind(); none.cover()() }); d != 0 {
			t.Errorf("none rests for %v", d)
		}
	})
}

// happenings is a source of events.
type happenings struct{ events []ial.Event }

func (l *happenings) ReadEvent() (ial.Event, error) {
	if len(l.events) == 0 {
		return ial.Event{}, io.EOF
	}
	e := l.events[0]
	l.events = l.events[1:]
	return e, nil
}

func (l *happenings) Close() error { return nil }

type timedHappenings struct{ happenings }

func (timedHappenings) Now() time.Duration { return 7 }

func TestHushFeels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			kind   ial.Type
			counts bool
		}{{ial.PointerDown, true}, {ial.PointerMove, false}, {ial.PointerUp, true}, {ial.KeyPress, true}, {ial.KeyRelease, false}, {ial.Wheel, true}, {ial.Expose, false}} {
			time.Sleep(time.Second)
			h := newHush()
			src := h.feel(&happenings{[]ial.Event{{Type: c.kind}}})
			if e, err := src.ReadEvent(); err != nil || e.Type != c.kind {
				t.Errorf("%+v, %v", e, err)
			}
			if rests := took(h.rest) > 0; rests != c.counts {
				t.Errorf("type %d: it rests: %v", c.kind, rests)
			}
			if _, err := src.ReadEvent(); err != io.EOF {
				t.Errorf("%v at the end", err)
			}
			if _, ok := src.(ial.Clock); ok {
				t.Error("it has a clock")
			}
		}
		h := newHush()
		if c, ok := h.feel(&timedHappenings{}).(ial.Clock); !ok || c.Now() != 7 {
			t.Error("it has no clock")
		}
	})
}

// What tells of the first flush does not hide what a screen can do besides.
var (
	_ gal.Lender   = (*firstFrame)(nil)
	_ gal.Hastener = (*firstFrame)(nil)
)
