package pcm

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

type filterFunc func(dst []int32, stride, n int, x, weights []int32, taps int, w *walk)

// The kernels of this machine, which may be assembly, must give the bits of
// the generic ones: for any number of taps and frames, with phases that wrap
// around, on samples at the limits, and on top of their own input.
func TestKernelsAreTheGenericOnes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for width, k := range map[int][2]filterFunc{1: {filter1, filter1Generic}, 2: {filter2, filter2Generic}} {
		for range 400 {
			taps, phases := 2*(1+rnd.IntN(20)), 1+rnd.IntN(5)
			n, stride := rnd.IntN(70), width+rnd.IntN(4)
			from := walk{
				at: int32(rnd.IntN(3)), phase: int32(taps * rnd.IntN(phases)),
				whole: int32(rnd.IntN(3)), part: int32(taps * rnd.IntN(phases)), size: int32(taps * phases),
			}
			x, weights := extremes(rnd, width*(3+3*n+taps)), make([]int32, taps*phases)
			for i := range weights {
				weights[i] = int32(rnd.IntN(1<<24) - 1<<23)
			}
			var got, want []int32
			dst := make([]int32, n*stride+width)
			if rnd.IntN(4) == 0 { // the output over the input, as it is used up
				dst = nil
			}
			var ends [2]walk
			for i, f := range k {
				in, out := slices.Clone(x), slices.Clone(dst)
				if dst == nil {
					out = in
				}
				if len(out) < n*stride+width {
					continue
				}
				ends[i] = from
				f(out, stride, n, in, weights, taps, &ends[i])
				if i == 0 {
					got = out
				} else {
					want = out
				}
			}
			if !slices.Equal(got, want) || ends[0] != ends[1] {
				t.Fatalf("%d channels, %d taps, %d frames, stride %d, from %+v: to %+v, want %+v", width, taps, n, stride, from, ends[0], ends[1])
			}
		}
	}
}

// extremes is random samples, many of them at the limits.
func extremes(rnd *rand.Rand, n int) []int32 {
	p := make([]int32, n)
	for i := range p {
		switch p[i] = int32(rnd.Uint32()); rnd.IntN(8) {
		case 0:
			p[i] = math.MaxInt32
		case 1:
			p[i] = math.MinInt32
		case 2:
			p[i] = 0
		}
	}
	return p
}

func TestScalingKernelsAreTheGenericOnes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for name, k := range map[string][2]func([]int32, int32){"scale": {scale, scaleGeneric}, "amplify": {amplify, amplifyGeneric}} {
		for n := range 200 {
			factor := int32(rnd.Uint32() >> rnd.IntN(32))
			got := extremes(rnd, n+1)
			want := slices.Clone(got)
			k[0](got[:n], factor) // and nothing behind
			k[1](want[:n], factor)
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %d samples by %d differ", name, n, factor)
			}
		}
	}
}

func TestResonanceKernelIsTheGenericOne(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	any32 := func() int32 { return int32(rnd.Uint32()) }
	for n := range 300 {
		stride := 1 + rnd.IntN(3)
		c := resonance{any32(), any32(), any32()}
		s := resonator{any32(), any32(), any32(), any32(), any32() & (1<<30 - 1), any32() & (1<<30 - 1)}
		if n%2 == 0 { // one as in use
			c = bandOf(4000, 44100, rnd.IntN(241)-120)
			s = resonator{}
		}
		got := extremes(rnd, stride*n+1)
		want, end := slices.Clone(got), s
		ring(got[:stride*n], stride, &c, &s)
		ringGeneric(want[:stride*n], stride, &c, &end)
		if !slices.Equal(got, want) || s != end {
			t.Fatalf("%d samples, stride %d, %+v: to %+v, want %+v", n, stride, c, s, end)
		}
	}
}

// At every place of the output in a word, up to its last byte and no further.
func TestStoringKernelsAreTheGenericOnes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 10))
	for size, k := range map[int][2]func([]byte, []int32){2: {storeS16, storeS16Generic}, 4: {storeS32, storeS32Generic}} {
		for n := range 100 {
			src := extremes(rnd, n)
			for at := range 4 {
				got, want := make([]byte, at+size*n+8), make([]byte, at+size*n+8)
				k[0](got[at:at+size*n], src)
				k[1](want[at:at+size*n], src)
				if !slices.Equal(got, want) {
					t.Fatalf("%d bytes each, %d samples, at %d: other than the generic form", size, n, at)
				}
			}
		}
	}
}
