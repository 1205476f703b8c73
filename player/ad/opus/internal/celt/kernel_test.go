package celt

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Each kernel gives the bits of its generic twin, whatever it is given.

// extremes are numbers at which something overflows, or is rounded the other
// way.
var extremes = []int32{math.MinInt32, math.MinInt32 + 1, -1 << 16, -1<<15 - 1, -1, 0, 1, 1 << 15, 1<<16 - 1, 1 << 30, math.MaxInt32 - 1, math.MaxInt32}

// fill writes random numbers of a size, or extreme ones.
func fill(r *rand.Rand, x []int32, shift int) {
	for i := range x {
		if shift < 0 {
			x[i] = extremes[r.IntN(len(extremes))]
		} else {
			x[i] = int32(r.Uint32()) >> shift
		}
	}
}

func fillComplex(r *rand.Rand, x []complex32, shift int) {
	for i := range x {
		var v [2]int32
		fill(r, v[:], shift)
		x[i] = complex32{v[0], v[1]}
	}
}

// shifts are the sizes that numbers are tried with.
var shifts = []int{-1, 0, 3, 9, 17, 24}

func same[T comparable](t *testing.T, name string, got, want []T) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s: %v at %d of %d, want %v", name, got[i], i, len(want), want[i])
		}
	}
}

func TestRotateKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, tr := range transforms {
		for _, shift := range shifts {
			for _, stride := range []int{1, 2, 4, 8} {
				for range 4 {
					m := tr.n / 2
					low := r.IntN(m + 1)
					high := low + r.IntN(m-low+1)
					src := make([]int32, stride*(tr.n-1)+1)
					fill(r, src, shift)
					got, want := make([]complex32, m+2), make([]complex32, m+2)
					rotateIn(got[1:m+1], src, stride, tr.rotate, low, high)
					rotateInGeneric(want[1:m+1], src, stride, tr.rotate, low, high)
					same(t, fmt.Sprintf("rotateIn of %d, stride %d, from %d to %d", tr.n, stride, low, high), got, want)
				}
			}
			buf := make([]complex32, tr.n/2)
			fillComplex(r, buf, shift)
			got, want := make([]int32, tr.n+2), make([]int32, tr.n+2)
			p := rotateOut(got[1:tr.n+1], buf, tr.rotate)
			q := rotateOutGeneric(want[1:tr.n+1], buf, tr.rotate)
			same(t, "rotateOut", append(got, int32(p)), append(want, int32(q)))

			x := make([]int32, overlap+2)
			fill(r, x, shift)
			y := slices.Clone(x)
			p, q = mix(x[1:overlap+1], slopes[:]), mixGeneric(y[1:overlap+1], slopes[:])
			same(t, "mix", append(x, int32(p)), append(y, int32(q)))
		}
	}
}

func TestFFTKernels(t *testing.T) {
	type stage struct {
		name            string
		kernel, generic func(x []complex32)
	}
	with := func(name string, kernel, generic func([]complex32, []twiddle), factors []twiddle) stage {
		return stage{name, func(x []complex32) { kernel(x, factors) }, func(x []complex32) { generic(x, factors) }}
	}
	r := rand.New(rand.NewPCG(2, 2))
	for _, tr := range transforms {
		stages := []stage{
			with("radix3", radix3, radix3Generic, tr.three),
			with("radix5", radix5, radix5Generic, tr.five),
			{"fours", fours, foursGeneric},
		}
		if tr.eights {
			stages = append(stages, stage{"eights", eights, eightsGeneric})
		}
		if tr.four != nil {
			stages = append(stages, with("radix4", radix4, radix4Generic, tr.four))
		}
		for _, s := range stages {
			for _, shift := range shifts {
				got := make([]complex32, tr.n/2+2)
				fillComplex(r, got, shift)
				want := slices.Clone(got)
				s.kernel(got[1 : tr.n/2+1])
				s.generic(want[1 : tr.n/2+1])
				same(t, fmt.Sprintf("%s of %d", s.name, tr.n), got, want)
			}
		}
	}
}
