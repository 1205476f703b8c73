package celt

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"linnet/player/ad/opus/internal/entropy"
)

// TestInverse holds the transform against its definition, RFC 6716 clause
// 4.3.7: the middle of y[i] = sum X[k] cos(pi/n (i+1/2+n/2)(k+1/2)), with the
// slopes of two blocks mixed by the window.
func TestInverse(t *testing.T) {
	for size := range transforms {
		tr := &transforms[size]
		n := tr.n
		r := rand.New(rand.NewPCG(uint64(n), 3))
		x := make([]int32, n)
		for k := range x {
			x[k] = r.Int32N(1<<22) - 1<<21
		}
		before := make([]int32, overlap/2)
		for i := range before {
			before[i] = r.Int32N(1<<24) - 1<<23
		}
		out := make([]int32, n+overlap/2)
		copy(out, before)
		tr.inverse(out, x, 1, n, make([]complex32, n/2))
		half := n / 2
		// pi/n (i+1/2+n/2)(k+1/2) is a multiple of pi/4n. The sums are integers,
		// since not every machine has floating point.
		const one = 1 << 30
		cos := make([]int64, 8*n)
		for i := range cos {
			cos[i] = int64(math.Round(one * math.Cos(math.Pi/float64(4*n)*float64(i))))
		}
		y := make([]float64, n) // y[half:half+n] of the definition
		for i := range y {
			sum, step := int64(0), 2*(i+half)+1+n
			at := step % (8 * n) // (2k+1)*step
			for _, v := range x {
				sum += int64(v) * cos[at]
				if at += 2 * step; at >= 8*n {
					at %= 8 * n
				}
			}
			y[i] = float64(sum) / one
		}
		worst := 0.0
		for i := range n + overlap/2 {
			want := 0.0
			switch {
			case i < overlap:
				// The reference's own sign and order of the slope.
				a, b := 0.0, 0.0
				if i < overlap/2 {
					a, b = float64(before[i]), y[overlap/2-1-i]
					want = a*float64(Window[overlap-1-i]) - b*float64(Window[i])
				} else {
					a, b = float64(before[overlap-1-i]), y[i-overlap/2]
					want = a*float64(Window[overlap-1-i]) + b*float64(Window[i])
				}
				want /= 32768
			default:
				want = y[i-overlap/2]
			}
			worst = max(worst, math.Abs(float64(out[i])-want))
		}
		// Factors have 15 bits: a step of 2^21 sqrt(n) / 2^15 or so.
		if limit := 3 * 64 * math.Sqrt(float64(n)); worst > limit {
			t.Errorf("%d coefficients: off by %g, limit %g", n, worst, limit)
		}
	}
}

// TestInterleaved transforms coefficients of several blocks.
func TestInterleaved(t *testing.T) {
	x, y := make([]int32, 480), make([]int32, 120)
	for i := range y {
		y[i] = int32(i * i * 77)
		x[4*i+2] = y[i]
	}
	a, b := make([]int32, 180), make([]int32, 180)
	buf := make([]complex32, 60)
	transforms[0].inverse(a, x[2:], 4, 120, buf)
	transforms[0].inverse(b, y, 1, 120, buf)
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("sample %d: %d and %d", i, a[i], b[i])
		}
	}
}

// enumerate visits all vectors of k pulses in n places.
func enumerate(n, k int, visit func([]int32)) {
	if n == 0 {
		if k == 0 {
			visit(nil)
		}
		return
	}
	first := func(v int32, left int) {
		enumerate(n-1, left, func(rest []int32) { visit(append([]int32{v}, rest...)) })
	}
	first(0, k)
	for v := 1; v <= k; v++ {
		first(int32(v), k-v)
		first(int32(-v), k-v)
	}
}

// TestUnrank decodes every index: each vector comes once, with the right number
// of pulses and sum of squares, and there are as many as there should be.
func TestUnrank(t *testing.T) {
	for n := 2; n <= 7; n++ {
		for k := 1; k <= 7; k++ {
			all := map[[8]int32]bool{}
			enumerate(n, k, func(v []int32) {
				var key [8]int32
				copy(key[:], v)
				all[key] = true
			})
			total := arrangements(n, k) + arrangements(n, k+1)
			if int(total) != len(all) {
				t.Fatalf("%d pulses in %d places: %d vectors, want %d", k, n, total, len(all))
			}
			for i := range total {
				var key [8]int32
				sum := unrank(key[:n], k, i)
				if !all[key] {
					t.Fatalf("%d pulses in %d places, index %d: %v is wrong, or came before", k, n, i, key[:n])
				}
				delete(all, key)
				for _, v := range key {
					sum -= v * v
				}
				if sum != 0 {
					t.Fatalf("%v: sum of squares off by %d", key, sum)
				}
			}
		}
	}
}

// TestRotate turns without changing the length.
func TestRotate(t *testing.T) {
	for _, blocks := range []int{1, 2, 4} {
		x := make([]int16, 64)
		x[5], x[40] = 10000, -8000
		before := length(x)
		rotate(x, blocks, 3, spreadNormal)
		if after := length(x); math.Abs(after/before-1) > 0.002 {
			t.Errorf("%d blocks: length %g, was %g", blocks, after, before)
		}
		if x[5] == 10000 {
			t.Errorf("%d blocks: nothing was rotated", blocks)
		}
	}
}

func length(x []int16) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum)
}

// TestResolution undoes the changes of resolution.
func TestResolution(t *testing.T) {
	q := quantizer{Decoder: New(1)}
	for _, stride := range []int{2, 4, 8, 16} {
		for _, ordered := range []bool{false, true} {
			x := make([]int16, 6*stride)
			for i := range x {
				x[i] = int16(i * 100)
			}
			q.deinterleave(x, 6, stride, ordered)
			q.interleave(x, 6, stride, ordered)
			for i, v := range x {
				if v != int16(i*100) {
					t.Fatalf("stride %d: %v", stride, x)
				}
			}
			haar(x, 6, stride)
			haar(x, 6, stride)
			for i, v := range x {
				if d := int(v) - i*100; d < -2 || d > 2 {
					t.Fatalf("stride %d, twice: %d is %d", stride, i*100, v)
				}
			}
		}
	}
}

// TestNormalize makes vectors of length 1, Q14.
func TestNormalize(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := 2; n <= 176; n += 3 {
		x := make([]int16, n)
		for i := range x {
			x[i] = int16(r.IntN(2000) - 1000)
		}
		normalize(x, unity)
		if l := length(x); math.Abs(l-16384) > 16384*0.003+float64(n)/8 {
			t.Errorf("%d coefficients: length %g", n, l)
		}
	}
}

// TestFunctions holds what is approximated against package math.
func TestFunctions(t *testing.T) {
	near := func(name string, x, got, want, tolerance float64) {
		t.Helper()
		if math.Abs(got-want) > tolerance {
			t.Fatalf("%s of %v: %v, want %v", name, x, got, want)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	rounds := 20000
	if runtime.GOARCH == "arm" {
		rounds = 3000 // of floating point that is computed
	}
	for range rounds {
		a, b := int32(r.Uint32())>>r.IntN(31), int32(int16(r.Uint32()))
		if got, want := mulQ15(a, b), int32(int64(a)*int64(b)>>15); got != want {
			t.Fatalf("mulQ15(%d, %d) = %d, want %d", a, b, got, want)
		}
		x := 1 + r.Int32N(1<<30-1)>>r.IntN(30)
		f := float64(x)
		near("root", f, float64(root(x)), math.Sqrt(f), 1+math.Sqrt(f)/2000)
		near("reciprocal", f, float64(reciprocal(x)), math.Exp2(31)/f, 1+math.Exp2(31)/f/4000)
		n := 16384 + r.Int32N(49152)
		near("reciprocalRoot", float64(n), float64(reciprocalRoot(n)), 16384/math.Sqrt(float64(n)/65536), 40)
		e := r.Int32N(20000) - 10000
		near("Exp2", float64(e), float64(Exp2(e)), 65536*math.Exp2(float64(e)/1024), 4+65536*math.Exp2(float64(e)/1024)/1000)
		c := r.Int32N(1 << 18)
		near("cosine", float64(c), float64(cosine(c)), 32768*math.Cos(math.Pi/2*float64(c)/32768), 4)
		p := r.Int32N(x)
		near("fraction", f, float64(fraction(p, x))/math.Exp2(31), float64(p)/f, 1e-4)
		i := r.Uint32()>>r.IntN(32) | 1
		if g := uint64(isqrt(i)); g*g > uint64(i) || (g+1)*(g+1) <= uint64(i) {
			t.Fatalf("isqrt(%d) = %d", i, g)
		}
		th := 64 + r.Int32N(16384-127) // what 256 steps give
		near("exactCosine", float64(th), float64(exactCosine(th)), 32768*math.Cos(math.Pi/2*float64(th)/16384), 12)
		tan := math.Log2(math.Tan(math.Pi/2*float64(th)/16384)) * 2048
		near("exactLog2Tan", float64(th), float64(exactLog2Tan(exactCosine(16384-th), exactCosine(th))), tan, 40+float64(2048)/float64(min(th, 16384-th)))
	}
}

// TestAllocation shares out bits: no band has more than its limit, and all
// together not more than there are.
func TestAllocation(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	data := make([]byte, 1275)
	var rc entropy.Decoder
	for range 2000 {
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		channels := 1 + r.IntN(2)
		d := New(channels)
		d.Configure(channels, r.IntN(2)*17, []int{19, 21}[r.IntN(2)])
		d.f = frame{rc: &rc, size: r.IntN(4)}
		n := 10 + r.IntN(1265)
		rc.Init(data[:n])
		var limits, boosts [bands]int
		for i := range limits {
			limits[i] = (int(caps[2*d.f.size+channels-1][i]) + 64) * channels * (width(i) << d.f.size) >> 2
		}
		total := n << 6 >> r.IntN(6)
		d.allocate(&d.f, &boosts, &limits, r.IntN(11), total)
		sum := d.f.alloc.balance
		for i := d.start; i < d.end; i++ {
			if d.f.alloc.pulses[i] < 0 || d.f.alloc.fine[i] < 0 || d.f.alloc.pulses[i] > limits[i] {
				t.Fatalf("band %d: %d eighths, limit %d, and %d bits", i, d.f.alloc.pulses[i], limits[i], d.f.alloc.fine[i])
			}
			sum += d.f.alloc.pulses[i] + channels*d.f.alloc.fine[i]<<eighths
		}
		if sum > total || d.f.alloc.coded <= d.start || d.f.alloc.coded > d.end {
			t.Fatalf("%d eighths of %d, %d bands", sum, total, d.f.alloc.coded)
		}
	}
}
