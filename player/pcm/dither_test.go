package pcm

import (
	"math"
	"slices"
	"testing"

	"linnet/player/media"
)

// The error of dithered rounding does not depend on the sound: its mean is 0
// and its power that of the shaped noise, 1/6 for the triangle and 1/12 for
// the rounding, times 1 and the squares of the three weights.
func TestDitheredErrorIsNoise(t *testing.T) {
	const n = 1 << 16
	want := (1 + (shape1*shape1+shape2*shape2+shape3*shape3)/float64(1<<20)) / 4
	for _, s := range []int32{0, 0x4000, 0x8000, 0x1234_5678, -0x1234_0001} {
		p := make([]int32, n)
		for i := range p {
			p[i] = s
		}
		NewDither(media.AudioFormat{Rate: 44100, Channels: 1, Bits: 16}).Apply(p)
		var sum, square float64
		for _, v := range p {
			if v&0xffff != 0 {
				t.Fatalf("%#x is not of 16 bits", v)
			}
			e := (float64(v) - float64(s)) / 65536
			sum += e
			square += e * e
		}
		if mean := sum / n; math.Abs(mean) > 0.01 {
			t.Errorf("%#x: mean error %v", s, mean)
		}
		if v := square / n; math.Abs(v/want-1) > 0.05 {
			t.Errorf("%#x: power %v, want %v", s, v, want)
		}
	}
}

// Where the ear is keenest there must be less noise than plain dither has.
func TestDitherIsShaped(t *testing.T) {
	p := make([]int32, 1<<13)
	NewDither(media.AudioFormat{Rate: 44100, Channels: 1, Bits: 16}).Apply(p)
	band := func(from, to float64) float64 {
		var power float64
		count := 0.0
		for hz := from; hz < to; hz += 397 {
			var re, im float64
			for i, v := range p {
				s, c := math.Sincos(2 * math.Pi * hz * float64(i) / 44100)
				re, im = re+float64(v)/65536*c, im+float64(v)/65536*s
			}
			power += (re*re + im*im) / float64(len(p))
			count++
		}
		return 10 * math.Log10(power/count/0.25)
	}
	low, high := band(2000, 5000), band(15000, 20000)
	t.Logf("against plain dither: %.1f dB from 2 to 5 kHz, %.1f dB from 15 to 20 kHz", low, high)
	if low > -6 || high < 6 {
		t.Error("the noise is not where it should be")
	}
}

func TestDitherKeepsToTheRange(t *testing.T) {
	p := make([]int32, 2000)
	for i := range p {
		p[i] = math.MaxInt32 ^ -int32(i/500%2)
	}
	NewDither(cd).Apply(p)
	for i, v := range p {
		if want := int32(math.MaxInt32 ^ -int32(i/500%2)); i%500 > 20 && math.Abs(float64(v)-float64(want)) > 8<<16 {
			t.Fatalf("sample %d is %#x", i, v)
		}
	}
	p = noise(1000)
	want := slices.Clone(p)
	NewDither(media.AudioFormat{Rate: 44100, Channels: 2, Bits: 24}).Apply(p)
	if !slices.Equal(p, want) {
		t.Error("24 bits were dithered")
	}
}
