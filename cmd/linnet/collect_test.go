package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestWorthCollecting(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		quiet      time.Duration
		live, heap uint64
		want       bool
	}{
		{time.Minute, 3 * mb, 5 * mb, true},
		{time.Minute, 3 * mb, 4 * mb, false},
		{time.Minute, 3 * mb, 2 * mb, false}, // swept since
		{collectQuiet - 1, 3 * mb, 9 * mb, false},
		{collectQuiet, 3 * mb, 9 * mb, true},
		{time.Minute, 0, 9 * mb, false}, // never collected
	} {
		if got := worthCollecting(c.quiet, c.live, c.heap); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestCollectsInQuiet: what is garbage is collected, but not before nobody has touched
// for a while.
func TestCollectsInQuiet(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	h := newHush()
	h.touch()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		collectInQuiet(ctx, h)
	}()
	cycles := func() uint32 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.NumGC
	}
	was := cycles()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	garbage = make([]byte, m.HeapAlloc)
	garbage = nil
	for began := time.Now(); cycles() == was; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("nothing is collected")
		}
	}
	if quiet := h.quietFor(); quiet < collectQuiet {
		t.Errorf("it collects %v after a touch", quiet)
	}
	cancel()
	<-done
}

var garbage []byte
