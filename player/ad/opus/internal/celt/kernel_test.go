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

func TestSynthesisKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, n := range []int{0, 5, 120, 720} {
		for _, shift := range []int{-1, 0, 2, 3, 4, 9, 17} {
			for _, delay := range []int{17, 18, 19, 23, 100, 1024} {
				got := make([]int32, delay+n+2)
				fill(r, got, shift)
				want := slices.Clone(got)
				g := [3]int32{r.Int32N(1 << 14), r.Int32N(1 << 14), r.Int32N(1 << 14)}
				combSteady(got[1:delay+n+1], delay, &g)
				combSteadyGeneric(want[1:delay+n+1], delay, &g)
				same(t, fmt.Sprintf("combSteady of %d, delay %d, size %d", n, delay, shift), got, want)
			}
		}
	}
	for _, shift := range []int{-1, 0, 2, 3, 4, 9, 17} {
		for range 20 {
			got := make([]int32, 1200)
			fill(r, got, shift)
			want := slices.Clone(got)
			f := fader{from: 17 + r.IntN(1000), to: 17 + r.IntN(1000)}
			for i := range 3 {
				f.fromGain[i], f.toGain[i] = r.Int32N(1<<14), r.Int32N(1<<14)
			}
			at := 1 + max(f.from, f.to)
			combFade(got, at, &f)
			combFadeGeneric(want, at, &f)
			same(t, fmt.Sprintf("combFade from %d to %d, size %d", f.from, f.to, shift), got, want)
		}
	}
	for _, n := range []int{4, 120, 240} {
		for _, shift := range []int{-1, 2, 4, 6, 9, 17} {
			src := make([]int32, n)
			fill(r, src, shift)
			for i, v := range src {
				src[i] = saturate(v)
			}
			memory := r.Int32() - 1<<30
			got, want := make([]int16, 2*n+2), make([]int16, 2*n+2)
			a := deemphasizeMono(got[1:], src, memory)
			b := deemphasizeGeneric(want[1:], 1, src, memory)
			same(t, fmt.Sprintf("deemphasizeMono of %d, size %d", n, shift), append(got, int16(a>>16), int16(a)), append(want, int16(b>>16), int16(b)))
			for stride := 1; stride <= 2; stride++ {
				a = deemphasizeAdding(got[1:], stride, src, memory)
				b = deemphasizeAddingGeneric(want[1:], stride, src, memory)
				same(t, fmt.Sprintf("deemphasizeAdding of %d, size %d", n, shift), append(got, int16(a>>16), int16(a)), append(want, int16(b>>16), int16(b)))
			}
			a = deemphasizeStereo(got[1:], src, memory)
			b = deemphasizeGeneric(want[1:], 2, src, memory)
			same(t, fmt.Sprintf("deemphasizeStereo of %d, size %d", n, shift), append(got, int16(a>>16), int16(a)), append(want, int16(b>>16), int16(b)))
		}
	}
}

// shape16 is a vector of n numbers with a length of 1, Q14: even, or of one
// number.
func shape16(r *rand.Rand, n int) []int16 {
	x := make([]int16, n)
	if r.IntN(3) == 0 {
		x[r.IntN(n)] = []int16{16384, -16384}[r.IntN(2)]
		return x
	}
	sum := int64(0)
	for i := range x {
		x[i] = int16(r.IntN(4001) - 2000)
		sum += int64(x[i]) * int64(x[i])
	}
	length := int(math.Sqrt(float64(sum))) + 1
	for i, v := range x {
		x[i] = int16(int(v) * 16384 / length)
	}
	return x
}

func TestBandKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 3000 {
		n, at := 1+r.IntN(180), r.IntN(2)
		what := fmt.Sprintf("%d numbers from %d", n, at)
		// a copy at the same place with something around it
		around := func(x []int16) []int16 { return append(append(make([]int16, at), x...), 7) }
		x, y := shape16(r, n), shape16(r, n)

		a, b := correlate(around(x)[at:][:n], y)
		c, d := correlateGeneric(x, y)
		same(t, "correlate of "+what, []int32{a, b}, []int32{c, d})

		factor, shift := r.Int32N(32768), 1+r.IntN(15)
		p := panorama{r.Int32N(32768), factor, int32(8 + r.IntN(8)), r.Int32N(32768), int32(8 + r.IntN(8))}
		l, m := around(x), around(y)
		v, w := slices.Clone(l), slices.Clone(m)
		blend(l[at:][:n], m[at:][:n], &p)
		blendGeneric(v[at:][:n], w[at:][:n], &p)
		same(t, "blend of "+what, append(l, m...), append(v, w...))

		big, want := make([]int32, n+1), make([]int32, n+1)
		scaleBand(big, around(x)[at:][:n], factor, 2*shift)
		scaleBandGeneric(want, x, factor, 2*shift)
		same(t, fmt.Sprintf("scaleBand by %d>>%d of %s", factor, 2*shift, what), big, want)

		l, v = make([]int16, n+1), make([]int16, n+1)
		attenuate(l, around(x)[at:][:n], factor)
		attenuateGeneric(v, x, factor)
		same(t, "attenuate of "+what, l, v)

		for i := range big {
			big[i] = r.Int32N(257) - 128
		}
		weigh(l, big[:n], factor, shift)
		weighGeneric(v, big[:n], factor, shift)
		same(t, fmt.Sprintf("weigh by %d>>%d of %s", factor, shift, what), l, v)

		l = around(x)
		v = slices.Clone(l)
		amplify(l[at:][:n], factor, shift)
		amplifyGeneric(v[at:][:n], factor, shift)
		same(t, fmt.Sprintf("amplify by %d>>%d of %s", factor, shift, what), l, v)

		for _, stride := range []int{1, 2, 4, 8} {
			l = around(x)
			v = slices.Clone(l)
			haar(l[at:][:n], n/stride, stride)
			haarGeneric(v[at:][:n], n/stride, stride)
			same(t, fmt.Sprintf("haar of stride %d of %s", stride, what), l, v)

			l, v = make([]int16, 200), make([]int16, 200)
			gather(l[1:][:n/stride], around(x)[at:], stride)
			gatherGeneric(v[1:][:n/stride], around(x)[at:], stride)
			same(t, fmt.Sprintf("gather of stride %d of %s", stride, what), l, v)
			scatter(l[1:], around(x)[at:][:n/stride], stride)
			scatterGeneric(v[1:], around(x)[at:][:n/stride], stride)
			same(t, fmt.Sprintf("scatter of stride %d of %s", stride, what), l, v)
		}

		angle := r.Float64() * math.Pi / 2
		cos, sin := int32(32767*math.Cos(angle)), int32(32767*math.Sin(angle))
		distance := 1 + r.IntN(min(n, 12))
		if r.IntN(2) == 0 {
			distance = 1
		}
		l = around(x)
		v = slices.Clone(l)
		rotatePairs(l[at:][:n], distance, cos, sin)
		rotatePairsGeneric(v[at:][:n], distance, cos, sin)
		same(t, fmt.Sprintf("rotatePairs at %d of %s", distance, what), l, v)
	}
}

// TestPulseKernel takes vectors of every number of places and pulses that are
// used.
func TestPulseKernel(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	limits := []int{0, 0, 128, 128, 128, 128, 95, 53, 36, 27, 23, 18, 17, 15, 13}
	for n := 2; n <= 176; n++ {
		for k := 1; k <= 128; k++ {
			if lo := min(n, k+1); lo >= len(limits) || max(n, k+1) > limits[lo] || n < 128 && k+1 > limits[min(n, len(limits)-1)] && n < len(limits) {
				continue
			}
			total := arrangements(n, k) + arrangements(n, k+1)
			for try := range 10 {
				i := r.Uint32N(total)
				if try < 2 {
					i = uint32(try) * (total - 1)
				}
				got, want := make([]int32, n+2), make([]int32, n+2)
				a, b := unrank(got[1:n+1], k, i), unrankGeneric(want[1:n+1], k, i)
				same(t, fmt.Sprintf("unrank of %d pulses in %d places, index %d", k, n, i), append(got, a), append(want, b))
			}
		}
	}
}
