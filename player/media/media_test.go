package media

import (
	"math/bits"
	"testing"
)

// Durations round so that counts of frames come back, on both sides of zero.
func TestFramesAndDuration(t *testing.T) {
	for _, rate := range []int{1, 8000, 11025, 44100, 48000, 192000, 999999999} {
		f := AudioFormat{Rate: rate}
		for _, n := range []int64{0, 1, 2, 1105, 1<<31 - 1, 1 << 32} {
			for _, n := range []int64{n, -n} {
				if got := f.Frames(f.Duration(n)); got != n {
					t.Errorf("%d Hz: %d frames come back as %d", rate, n, got)
				}
			}
		}
	}
}

// A mask becomes a layout that fits; the usual one is 0, so that formats compare
// equal.
func TestLayout(t *testing.T) {
	for _, c := range []struct {
		mask     uint32
		channels int
		want     Layout
	}{
		{0x3, 2, 0}, {0x33, 4, 0}, {0x603, 4, FrontLeft | FrontRight | SideLeft | SideRight}, {0x107, 4, FrontLeft | FrontRight | FrontCentre | BackCentre},
		{0, 4, 0}, {0x7, 4, 0}, {0x3f, 4, 0xf}, {0xffffffff, 2, 0}, {0xff, 8, 0xff}, {0x3ff, 10, 0x3ff}, {0x3, 0, 0}, {0x3, -1, 0},
	} {
		if got := NewLayout(c.mask, c.channels); got != c.want {
			t.Errorf("%#x for %d channels: %#x, want %#x", c.mask, c.channels, got, c.want)
		}
	}
	for n := range 12 {
		l := AudioFormat{Channels: n}.Speakers()
		if want := n; n > 8 && l != 0 || n <= 8 && bits.OnesCount32(uint32(l)) != want {
			t.Errorf("%d channels: %#x", n, l)
		}
	}
	if l := (AudioFormat{Channels: 4, Layout: 0x107}).Speakers(); l != 0x107 {
		t.Errorf("%#x", l)
	}
}
