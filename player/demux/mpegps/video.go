package mpegps

import (
	"time"

	"linnet/player/internal/mpegvideo"
)

// ticks are the clock's in a second.
const ticks = 90000

// A film cuts the video stream into access units, and gives each its time.
type film struct {
	stream int
	id     byte
	cutter mpegvideo.Cutter
	order  mpegvideo.Order
	seq    mpegvideo.Sequence
	known  bool
	config []byte // its bytes

	// The last picture whose time the stream told: ticks, and its place in
	// the order of display, in fields.
	time, index int64
	anchored    bool
	end         int64 // of the pictures so far, in ticks behind the file's beginning
	until       int64 // units that begin before this place of the file are left out
}

func (f *film) reset() {
	f.cutter.Reset()
	f.order = mpegvideo.Order{Progressive: f.seq.Progressive}
	f.anchored, f.until, f.end = false, 0, 0
}

// describe takes a unit that begins with a sequence header.
func (f *film) describe(unit []byte) {
	if f.seq, f.known = mpegvideo.Describe(unit); f.known {
		f.config = mpegvideo.SequenceHeader(unit)
	}
}

// stamp returns when the unit's picture is shown, in ticks behind the file's
// beginning.
func (f *film) stamp(u *mpegvideo.AccessUnit, begin int64) int64 {
	index := f.order.Index(u)
	if u.Time != mpegvideo.NoTime {
		f.time, f.index, f.anchored = u.Time-begin, index, true
	}
	at := f.time + f.span(index-f.index)
	f.end = max(f.end, at+f.span(2))
	return at
}

// span is how long n fields last, in ticks.
func (f *film) span(n int64) int64 {
	r := f.seq.Video.Rate
	if !r.Known() {
		return n * ticks / 50
	}
	return n * ticks * int64(r.Den) / (2 * int64(r.Num))
}

// nanoseconds converts ticks.
func nanoseconds(t int64) int64 { return t * (int64(time.Second) / 10000) / (ticks / 10000) }
