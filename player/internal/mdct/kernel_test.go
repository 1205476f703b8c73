package mdct

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// extremes is random numbers, many of them at the limits or zero.
func extremes(r *rand.Rand, n int) []int32 {
	x := make([]int32, n)
	for i := range x {
		x[i] = int32(r.Uint32()) >> r.IntN(32)
		switch r.IntN(12) {
		case 0:
			x[i] = math.MinInt32
		case 1:
			x[i] = math.MaxInt32
		}
	}
	return x
}

// The kernels of this machine, which may be assembly, must give the bits of
// the generic ones, and touch nothing behind.
func TestTransformKernelsAreTheGenericOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, n := range sizes {
		tr := New(n)
		for range 5 {
			x, got := extremes(r, n/2), extremes(r, n/2+3)
			want := slices.Clone(got)
			check := func(name string) {
				if !slices.Equal(got, want) {
					t.Fatalf("N %d: %s is not the generic one", n, name)
				}
			}
			rotateIn(got[:n/2], x, tr.rot, tr.place)
			rotateInGeneric(want[:n/2], x, tr.rot, tr.place)
			check("rotateIn")
			fourier(got[:n/2], tr.plan)
			fourierGeneric(want[:n/2], tr.plan)
			check("fourier")
			rotateOut(got[:n/2], tr.rot)
			rotateOutGeneric(want[:n/2], tr.rot)
			check("rotateOut")
		}
	}
}

func TestOverlapKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		h, stride := 2+2*r.IntN(40), 1+r.IntN(8)
		prev, cur, window := extremes(r, h), extremes(r, h), extremes(r, 2*h)
		for i, w := range window {
			window[i] = w & math.MaxInt32
		}
		got := extremes(r, 2*h*stride+1)
		want := slices.Clone(got)
		overlap(got, (h-1)*stride, h*stride, stride, prev, cur, window)
		overlapGeneric(want, (h-1)*stride, h*stride, stride, prev, cur, window)
		if !slices.Equal(got, want) {
			t.Fatalf("h %d, stride %d: not the generic one", h, stride)
		}
	}
}
