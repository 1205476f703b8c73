package pcm

import (
	"math"
	"slices"
	"testing"
)

func TestDecibels(t *testing.T) {
	for h := -9600; h <= 4200; h += 7 {
		want := math.Pow(10, float64(h)/2000) * (1 << 24)
		if got := float64(Decibels(h)); math.Abs(got-want) > 1+want/(1<<22) {
			t.Errorf("%d: %v, want %v", h, got, want)
		}
	}
	if Decibels(0) != Unity || Decibels(-1e6) != Decibels(-9600) || Decibels(1e6) != Decibels(4200) {
		t.Error("wrong at 0 or beyond the ends")
	}
}

func TestFactor(t *testing.T) {
	p := noise(1000)
	want := slices.Clone(p)
	if Unity.Apply(p); !slices.Equal(p, want) {
		t.Error("unity changes samples")
	}
	p = []int32{1 << 20, -1 << 20, math.MaxInt32, math.MinInt32, 1 << 30, -1 << 30}
	(4 * Unity).Apply(p)
	if want := []int32{1 << 22, -1 << 22, math.MaxInt32, math.MinInt32, math.MaxInt32, math.MinInt32}; !slices.Equal(p, want) {
		t.Errorf("times 4: %v", p)
	}
}

// What is limited by a peak brings that peak to full scale and no higher.
func TestFactorBelowPeak(t *testing.T) {
	for _, c := range []struct {
		f    Factor
		peak int
		want Factor
	}{
		{2 * Unity, 0, 2 * Unity},
		{2 * Unity, 1 << 23, 2 * Unity},
		{2 * Unity, 1 << 24, Unity},
		{Unity, 1 << 25, Unity / 2},
		{Unity / 4, 1 << 25, Unity / 4},
		{Decibels(4200), 1<<30 - 1, Unity / 64},
	} {
		if got := c.f.Below(c.peak); got != c.want {
			t.Errorf("%d below %d: %d, want %d", c.f, c.peak, got, c.want)
		}
	}
}
