package silk

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Each kernel gives the bits of its generic twin, whatever it is given.

func fill(r *rand.Rand, x []int32, shift int) {
	extremes := []int32{math.MinInt32, math.MinInt32 + 1, -1 << 16, -1, 0, 1, 1<<16 - 1, 1 << 30, math.MaxInt32}
	for i := range x {
		if shift < 0 {
			x[i] = extremes[r.IntN(len(extremes))]
		} else {
			x[i] = int32(r.Uint32()) >> shift
		}
	}
}

func fill16(r *rand.Rand, x []int16) {
	extreme := r.IntN(2) == 0
	for i := range x {
		x[i] = int16(r.Uint32())
		if extreme {
			x[i] = []int16{-32768, 32767, 0, -1}[r.IntN(4)]
		}
	}
}

func same[T comparable](t *testing.T, name string, got, want []T) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s: %v at %d of %d, want %v", name, got[i], i, len(want), want[i])
		}
	}
}

func TestPredictionKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, shift := range []int{-1, 0, 2, 4, 8, 16} {
		for _, n := range []int{0, 1, 40, 80, 320} {
			for _, taps := range []int{12, 16} {
				coefs := make([]int32, taps)
				for i := range coefs {
					coefs[i] = int32(r.Uint32()) >> r.IntN(5) &^ 0xffff
				}
				got := make([]int32, maxOrder+n+1)
				fill(r, got, shift)
				want := slices.Clone(got)
				predictShort(got[:maxOrder+n], coefs, int32(taps/2))
				predictShortGeneric(want[:maxOrder+n], coefs, int32(taps/2))
				same(t, "predictShort", got, want)
			}
			coefs := make([]int32, 5)
			for i := range coefs {
				coefs[i] = int32(r.Uint32()) &^ 0xffff
			}
			for _, lag := range []int{10, 16, 200} {
				// next lies behind past, lag in front of it
				state := make([]int32, 5+lag+n+1)
				x := make([]int32, n+1)
				fill(r, state, shift)
				fill(r, x, shift)
				s, y := slices.Clone(state), slices.Clone(x)
				predictPitch(x[:n], state[5+lag:][:n], state, coefs)
				predictPitchGeneric(y[:n], s[5+lag:][:n], s, coefs)
				same(t, "predictPitch", append(x, state...), append(y, s...))
			}
			for _, taps := range []int{10, 16} {
				a, in := make([]int32, taps), make([]int16, n+taps)
				for i := range a {
					a[i] = int32(int16(r.Uint32()))
				}
				fill16(r, in)
				got, want := make([]int16, n+1), make([]int16, n+1)
				whitenBy(got[:n], in, a)
				whitenByGeneric(want[:n], in, a)
				same(t, "whitenBy", got, want)
			}
		}
	}
}

func TestResampleKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	var s, u [6]int32
	for range 100 {
		n := r.IntN(160)
		in := make([]int16, n)
		fill16(r, in)
		got, want := make([]int16, 2*n+1), make([]int16, 2*n+1)
		double(got, in, &s)
		doubleGeneric(want, in, &u)
		same(t, "double", got, want)
		same(t, "its state", s[:], u[:])
	}
	for _, kHz := range []int{8, 12, 16} {
		var c resampler
		c.init(kHz)
		for n := 0; n <= 10*kHz; n += kHz {
			buf := make([]int16, 8+2*n)
			fill16(r, buf)
			got, want := make([]int16, 481), make([]int16, 481)
			i, j := interpolateAll(got, buf, c.step), interpolateAllGeneric(want, buf, c.step)
			same(t, "interpolateAll", append(got, int16(i)), append(want, int16(j)))
			if i != 48*n/kHz {
				t.Errorf("%d samples of %d at %d kHz", i, n, kHz)
			}
		}
	}
}
