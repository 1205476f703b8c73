package bits

import (
	"math"
	"testing"
)

// Numbers round as the machine's do, on both sides of a half.
func TestRoundFloat(t *testing.T) {
	for _, f := range []float64{0, 0.25, 0.5, 0.75, 1, 1.49, 1.5, 2, 8000, 11025, 22254.545, 44100, 44100.4, 44100.5, 8388607.5, 16777216, 1 << 31, 1<<51 + 1, 1<<52 - 1} {
		if got := RoundFloat64(math.Float64bits(f)); got != int64(math.Round(f)) {
			t.Errorf("%v is %d", f, got)
		}
		if single := float32(f); f < 1<<51 {
			if got := RoundFloat32(math.Float32bits(single)); got != int64(math.Round(float64(single))) {
				t.Errorf("%v is %d in 32 bits", single, got)
			}
		}
	}
	for _, f := range []float64{-1, math.NaN(), math.Inf(1), math.Inf(-1), 1 << 52, 1e300} {
		if got := RoundFloat64(math.Float64bits(f)); got != 0 {
			t.Errorf("%v is %d", f, got)
		}
	}
}
