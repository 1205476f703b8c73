package media

import "testing"

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
