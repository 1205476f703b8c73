package sdl

import (
	"image"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/ial"
)

func newQueue() *queue {
	q := new(queue)
	q.init()
	return q
}

func TestQueueMerges(t *testing.T) {
	q := newQueue()
	at := func(typ ial.Type, x int) ial.Event {
		return ial.Event{Type: typ, At: image.Pt(x, 0), When: time.Duration(x)}
	}
	key := func(k ial.Key, repeat bool) ial.Event { return ial.Event{Type: ial.KeyPress, Key: k, Repeat: repeat} }
	wheel := func(x, delta int) ial.Event { return ial.Event{Type: ial.Wheel, At: image.Pt(x, 0), Delta: delta} }
	for _, e := range []ial.Event{
		at(ial.PointerDown, 1), at(ial.PointerMove, 2), at(ial.PointerMove, 3), at(ial.PointerMove, 4), at(ial.PointerUp, 5),
		at(ial.PointerDown, 5), at(ial.PointerUp, 5),
		key(ial.KeyDown, false), key(ial.KeyDown, true), key(ial.KeyDown, true), key(ial.KeyUp, true), key(ial.KeyUp, false),
		wheel(1, 1), wheel(1, 2), wheel(2, -1), at(ial.Expose, 0), at(ial.Expose, 9),
	} {
		q.put(e)
	}
	want := []ial.Event{
		at(ial.PointerDown, 1), at(ial.PointerMove, 4), at(ial.PointerUp, 5), at(ial.PointerDown, 5), at(ial.PointerUp, 5),
		key(ial.KeyDown, false), key(ial.KeyUp, true), key(ial.KeyUp, false),
		wheel(1, 3), wheel(2, -1), at(ial.Expose, 9),
	}
	for i, w := range want {
		if got, err := q.ReadEvent(); err != nil || got != w {
			t.Errorf("event %d is %+v, %v, want %+v", i, got, err, w)
		}
	}
	if n := len(q.events); n != 0 {
		t.Errorf("%d events more", n)
	}
}

func TestQueueIsBounded(t *testing.T) {
	q := newQueue()
	for i := range 3 * maxEvents {
		q.put(ial.Event{Type: ial.KeyPress, Key: ial.Key(1 + i&1)})
	}
	q.put(ial.Event{Type: ial.Quit})
	if n := len(q.events); n != maxEvents+1 {
		t.Errorf("%d events wait", n)
	}
	if last := q.events[len(q.events)-1]; last.Type != ial.Quit {
		t.Error("the wish to quit was lost")
	}
}

func TestCloseUnblocksReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue()
		ended := make(chan error, 2)
		for range 2 {
			go func() {
				_, err := q.ReadEvent()
				ended <- err
			}()
		}
		synctest.Wait()
		if len(ended) != 0 {
			t.Fatal("an event out of nothing")
		}
		q.Close()
		for range 2 {
			if err := <-ended; err != io.EOF {
				t.Errorf("got %v", err)
			}
		}
		q.put(ial.Event{Type: ial.Quit})
		if _, err := q.ReadEvent(); err != io.EOF {
			t.Errorf("after Close: %v", err)
		}
	})
}
