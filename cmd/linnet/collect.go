package main

import (
	"context"
	"runtime"
	"runtime/metrics"
	"time"
)

// The garbage collector takes some 50 ms of a small board's processor. By itself it
// begins whenever the heap has grown by gcPercent, which is in the middle of things:
// while covers are made, files are read, a touch is answered. So it is told to begin
// when nobody has touched for a while, and long before it would by itself.
const (
	collectLook  = time.Second
	collectQuiet = 3 * time.Second
	collectGrown = 40 // per cent
)

// quietFor is how long ago somebody touched, or since h was made.
func (h *hush) quietFor() time.Duration {
	return time.Since(h.began) - time.Duration(h.touched.Load())
}

// worthCollecting says whether to collect a heap of so many bytes, of which so many
// were live when it was collected last.
func worthCollecting(quiet time.Duration, live, heap uint64) bool {
	return quiet >= collectQuiet && live > 0 && heap > live && heap-live >= live/100*collectGrown
}

// collectInQuiet collects garbage while nobody touches, until ctx ends.
func collectInQuiet(ctx context.Context, h *hush) {
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}}
	tick := time.NewTicker(collectLook)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		quiet := h.quietFor()
		if quiet < collectQuiet {
			continue
		}
		metrics.Read(samples)
		if worthCollecting(quiet, samples[0].Value.Uint64(), samples[1].Value.Uint64()) {
			runtime.GC()
		}
	}
}
