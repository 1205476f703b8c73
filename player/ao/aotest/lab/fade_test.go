//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab_test

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player"
	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/internal/asound"
	"linnet/player/media"
)

const (
	loudness = 1 << 22 // of 24 bits
	pitch    = 441.0
)

// sine is a wave in which a cut is far from silence at most times.
func sine(n int64) int32 {
	return int32(math.Round(loudness*math.Sin(2*math.Pi*pitch/tableRate*float64(n)))) << 8
}

// TestPauseDoesNotClick pauses at many places of a sine, and looks at each sample
// that a card of 24 bits played: before the pause and behind it the wave's own, in
// between a ramp down, silence and a ramp up, each sample of the wave once. A click
// is a large second difference: what a cut gives, and what a ramp does not.
func TestPauseDoesNotClick(t *testing.T) {
	const ramp = tableRate / 100
	for _, stepped := range []bool{false, true} {
		for i := range 30 {
			at := 700*ms + time.Duration(i)*1133*time.Microsecond
			heard := pausedSine(t, stepped, at)
			from, to := silence(heard)
			if from < ramp || from < int(at*tableRate/time.Second) || from > int((at+80*ms)*tableRate/time.Second) {
				t.Fatalf("pause at %v: silence at frame %d", at, from)
			}
			for n, v := range append(heard[:from:from], heard[to:]...) {
				part := 1.0
				if d := from - 1 - n; d >= 0 && d < ramp {
					part = float64(d) / ramp
				} else if d := n + 1 - from; d > 0 && d <= ramp {
					part = float64(d) / ramp
				}
				if want := float64(sine(int64(n))>>8) * part; math.Abs(float64(v)-want) > 2 {
					t.Fatalf("pause at %v, silence from frame %d to %d: frame %d of the wave is %d, want %.1f", at, from, to, n, v, want)
				}
			}
			if c := sharpest(heard); c > loudness/100 {
				t.Errorf("pause at %v: a click of %d, of %d", at, c, loudness)
			}
		}
	}
	cut := append(pausedSine(t, false, 700*ms)[:100*7+25], make([]int32, 10)...)
	if c := sharpest(cut); c < loudness/2 {
		t.Errorf("a wave that is cut off is as sharp as %d only", c)
	}
}

// pausedSine is what is heard of a second and a half with a pause, one channel.
func pausedSine(t *testing.T, stepped bool, at time.Duration) (heard []int32) {
	synctest.Test(t, func(t *testing.T) {
		h := lab.Board()
		h.Formats, h.Stepped = []int{asound.FormatS24}, stepped
		c := lab.NewCard(h)
		c.Ear = &lab.Ear{Keep: true}
		tr := track{format: media.AudioFormat{Rate: tableRate, Channels: 2, Bits: 24}, first: 1, frames: tableRate * 3 / 2, wave: sine}
		p := player.New(player.Config{Open: tracks(tr), Audio: asALSA.open(c)})
		defer p.Close()
		events, cancel := p.Subscribe()
		defer cancel()
		p.SetQueue([]string{"0"}, 0)
		time.Sleep(at)
		p.Pause()
		time.Sleep(500 * ms)
		p.Play()
		for e := range events {
			if e.Type == player.Finished {
				break
			}
		}
		c.Advance()
		for i := 0; i+8 <= len(c.Ear.Bytes); i += 8 {
			b := c.Ear.Bytes[i:]
			heard = append(heard, int32(uint32(b[0])|uint32(b[1])<<8|uint32(b[2])<<16)<<8>>8)
		}
		for len(heard) > 0 && heard[len(heard)-1] == 0 {
			heard = heard[:len(heard)-1]
		}
	})
	return heard
}

// silence is the longest stretch of it. Its first frame is the ramp's last.
func silence(p []int32) (from, to int) {
	begin := 0
	for i, v := range p {
		if v != 0 {
			if i-begin > to-from {
				from, to = begin, i
			}
			begin = i + 1
		}
	}
	return from + 1, to
}

// sharpest is the largest second difference.
func sharpest(p []int32) (most int32) {
	for i := 2; i < len(p); i++ {
		d := p[i] - 2*p[i-1] + p[i-2]
		most = max(most, d, -d)
	}
	return most
}
