package main

import (
	"sync/atomic"
	"time"

	"linnet/ui/ial"
)

// A touch is answered within 50 ms, of which what is drawn may take half: on a board
// with one core there is no room for anybody else. Lowering the priority of who can
// wait is no way out; see the package library.
const (
	// hushFor is how long work that can wait rests when somebody touched: until the
	// touch is answered, and for the next one.
	hushFor = 250 * time.Millisecond
	// hushMost is how long it rests at most, where somebody touches on and on.
	hushMost = time.Second
	// hushStep is how often it looks whether the covers that go before it are there.
	hushStep = 20 * time.Millisecond
)

// hush has work that can wait rest while somebody waits for an answer: covers are
// made and files are read for the library in short steps, with a rest between them
// that mostly takes no time. nil never rests.
type hush struct {
	began   time.Time
	touched atomic.Int64 // when, since began; 0: never
	covers  atomic.Int32 // that are being made
}

func newHush() *hush { return &hush{began: time.Now()} }

// touch notes that somebody touched.
func (h *hush) touch() { h.touched.Store(max(int64(time.Since(h.began)), 1)) }

// rest waits until nobody has touched for a while.
func (h *hush) rest() {
	if h == nil {
		return
	}
	for end := hushMost; end > 0; {
		last := h.touched.Load()
		wait := hushFor - (time.Since(h.began) - time.Duration(last))
		if last == 0 || wait <= 0 {
			return
		}
		wait = min(wait, end)
		end -= wait
		time.Sleep(wait)
	}
}

// cover notes that a cover is being made, until done is called.
func (h *hush) cover() (done func()) {
	if h == nil {
		return func() {}
	}
	h.covers.Add(1)
	return func() { h.covers.Add(-1) }
}

// restBehind is rest for what covers go before, too: somebody waits for them.
func (h *hush) restBehind() {
	if h == nil {
		return
	}
	h.rest()
	for end := hushMost; h.covers.Load() > 0 && end > 0; end -= hushStep {
		time.Sleep(hushStep)
	}
}

// felt is a source whose touches are noted before anybody acts on them.
type felt struct {
	ial.Source
	h *hush
}

// feel returns src with its touches noted. It has a clock where src has one.
func (h *hush) feel(src ial.Source) ial.Source {
	f := felt{src, h}
	if c, ok := src.(ial.Clock); ok {
		return struct {
			felt
			ial.Clock
		}{f, c}
	}
	return f
}

// ReadEvent is of ial.Source.
func (f felt) ReadEvent() (ial.Event, error) {
	e, err := f.Source.ReadEvent()
	switch e.Type {
	case ial.PointerDown, ial.PointerUp, ial.KeyPress, ial.Wheel:
		if err == nil {
			f.h.touch()
		}
	}
	return e, err
}
