package player

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"linnet/player/media"
)

// A device that tells its place in steps, or here and there, and runs at a rate that
// is not its own, has an even clock that goes as it does.
func TestEven(t *testing.T) {
	f := media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		ppm  int64
		tell func(frame int64) int64
	}{
		{0, func(n int64) int64 { return n }},
		{100, func(n int64) int64 { return n - n%441 }},
		{-300, func(n int64) int64 { return n + rng.Int64N(882) - 441 }},
	} {
		var e even
		start := time.Unix(0, 0)
		at, before, worst, jump := time.Duration(0), int64(0), int64(0), int64(0)
		for at < 20*time.Minute {
			step := time.Duration(rng.Int64N(15e6))
			at += step
			frame := int64(at) / 1000 * 44100 / 1e6
			frame += frame / 1000 * c.ppm / 1000
			got := e.look(c.tell(frame), start.Add(at), true, f)
			if at < 5*time.Second {
				before = got
				continue
			}
			worst = max(worst, got-frame, frame-got)
			gone := int64(step) / 1000 * 44100 / 1e6
			jump = max(jump, got-before-gone, gone-(got-before))
			before = got
		}
		if worst > f.Frames(12*time.Millisecond) || jump > f.Frames(300*time.Microsecond) {
			t.Errorf("%d ppm: up to %d frames from the device, and jumps of %d", c.ppm, worst, jump)
		}
	}
}

// A device that takes a good deal at once when it begins moves the clock on evenly, but
// soon.
func TestEvenLeap(t *testing.T) {
	f := media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}
	const leap = 48 * 90 // 90 ms
	var e even
	start, before := time.Unix(0, 0), int64(0)
	for n := range int64(100) {
		at := time.Duration(n) * 10 * time.Millisecond
		told := 480 * n
		if n > 1 {
			told += leap
		}
		got := e.look(told, start.Add(at), true, f)
		if n > 0 && (got-before < 480 || got-before > 480+180) {
			t.Errorf("at %v the clock moves by %d frames", at, got-before)
		}
		if off := told - got; at > 500*time.Millisecond && off > f.Frames(16*time.Millisecond) {
			t.Errorf("at %v the clock is %d frames behind", at, off)
		}
		before = got
	}
}

// After a pause, and where the device goes to another place, the clock is there at
// once.
func TestEvenJumps(t *testing.T) {
	f := media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}
	var e even
	at := time.Unix(5, 0)
	for n, c := range []struct {
		step    time.Duration
		told    int64
		running bool
		want    int64
	}{
		{0, 100, false, 100}, {time.Second, 100, false, 100}, {0, 100, true, 100}, {10 * time.Millisecond, 100, true, 576},
		{10 * time.Millisecond, 15000, true, 15000}, {20 * time.Millisecond, 15960, true, 15960}, {0, 15960, false, 15960},
		{time.Hour, 10000, true, 10000}, {2 * time.Second, 10048, true, 10048}, {10 * time.Millisecond, 10528, true, 10528},
	} {
		at = at.Add(c.step)
		if got := e.look(c.told, at, c.running, f); got != c.want {
			t.Errorf("step %d: at frame %d, want %d", n, got, c.want)
		}
	}
}

// Sound that waits for pictures goes by a clock that nobody sets, as by the network.
func TestHoldsByItsOwnClock(t *testing.T) {
	var h hold
	before := time.Now()
	h.set(1)
	until, left, after := h.now.Load().until, h.left(), time.Now()
	if !strings.Contains(until.String(), " m=") || until.Sub(before) < holdFor || until.Sub(after) > holdFor ||
		left > max(until.Sub(before), 0) || left < max(until.Sub(after), 0) {
		t.Errorf("until %v, %v left", until, left)
	}
}

// What stands still is where it was told, to the frame, and so is what begins again or
// was not looked at for long.
func TestEvenStands(t *testing.T) {
	f := media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}
	var e even
	at := time.Unix(0, 0)
	for i, c := range []struct {
		after   time.Duration
		told    int64
		running bool
		want    int64
	}{
		{0, 1000, true, 1000}, {10 * time.Millisecond, 1480 + 480, true, 1484}, {10 * time.Millisecond, 1500, false, 1500}, {10 * time.Millisecond, 1700, false, 1700},
		{10 * time.Millisecond, 1800, true, 1800}, {10 * time.Millisecond, 2280, true, 2280}, {follows, 2280, true, 2280}, {10 * time.Millisecond, 19000, true, 19000},
		{10 * time.Millisecond, 5000, true, 5000},
	} {
		at = at.Add(c.after)
		if got := e.look(c.told, at, c.running, f); got != c.want {
			t.Errorf("look %d: %d, want %d", i, got, c.want)
		}
	}
}
