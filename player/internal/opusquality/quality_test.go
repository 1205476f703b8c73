package opusquality

import (
	"math"
	"testing"
)

func tone(n, channels int, level, noise float64) []int16 {
	x := make([]int16, n*channels)
	seed := uint32(1)
	for i := range x {
		seed = seed*1664525 + 1013904223
		x[i] = int16(level*math.Sin(0.05*float64(i/channels)) + noise*(float64(seed>>8)/(1<<23)-1))
	}
	return x
}

// What is the same is perfect, a little noise is worse, much of it fails.
func TestMeasure(t *testing.T) {
	for channels := 1; channels <= 2; channels++ {
		want := tone(4800, channels, 8000, 0)
		last := 100.1
		for _, noise := range []float64{0, 3, 30, 3000} {
			q := Measure(want, tone(4800, channels, 8000, noise), channels)
			if q >= last || noise == 0 && q != 100 || noise == 3 && q < 90 || noise == 3000 && q >= 0 {
				t.Errorf("%d channels, noise of %v: %v, before %v", channels, noise, q, last)
			}
			last = q
		}
		if q := Measure(want, want[:len(want)-channels], channels); q >= 0 {
			t.Errorf("a shorter one: %v", q)
		}
	}
}

// A spectrum is the power of the windowed sound.
func TestSpectra(t *testing.T) {
	x := make([]int16, 480)
	for i := range x {
		x[i] = int16(math.Round(10000 * math.Cos(2*math.Pi*24*float64(i)/480)))
	}
	s := spectra(x, 1, 1)[0]
	if got, want := math.Sqrt(s.power[24]), 10000.0*480/4; math.Abs(got/want-1) > 0.01 {
		t.Errorf("amplitude %v, want %v", got, want)
	}
	if s.power[60] > 200000 {
		t.Errorf("power %v where nothing is", s.power[60])
	}
}
