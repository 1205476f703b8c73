package flac

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// slowRestore is RFC 9639 clause 9.2.6; coefs begins with that of the oldest
// sample.
func slowRestore(s []int64, coefs []int32, shift uint) {
	for i := len(coefs); i < len(s); i++ {
		var sum int64
		for k, c := range coefs {
			sum += int64(c) * s[i-len(coefs)+k]
		}
		s[i] += sum >> shift
	}
}

func narrow(s []int64) []int32 {
	out := make([]int32, len(s))
	for i, v := range s {
		out[i] = int32(v)
	}
	return out
}

// Every predictor, in 32 bits where they are enough and in 64, on lengths about
// its own, gives what the definition does.
func TestPredictors(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for order := 1; order <= 32; order++ {
		for n := order; n < order+40; n++ {
			coefs := make([]int32, order)
			for i := range coefs {
				coefs[i] = r.Int32N(1<<9) - 1<<8
			}
			want := make([]int64, n)
			for i := range want {
				want[i] = r.Int64N(256) - 128
			}
			shift := uint(13) // more than the sum of the coefficients: no run-away
			in32, split, wide32, wide64 := narrow(want), narrow(want), narrow(want), slices.Clone(want)
			slowRestore(want, coefs, shift)
			restoreLPC(in32, coefs, shift)
			lpcWide(wide32, coefs, shift)
			lpcSplit(split, coefs, shift)
			lpcWide(wide64, coefs, shift)
			if !slices.Equal(in32, narrow(want)) || !slices.Equal(wide32, in32) || !slices.Equal(split, in32) || !slices.Equal(wide64, want) {
				t.Fatalf("order %d, %d samples: other than by definition", order, n)
			}
		}
	}
}

// The split sums are exact up to the widest samples and largest coefficients
// that they are for.
func TestSplit(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 2000 {
		order := 1 + round%32
		coefs := make([]int32, order)
		most := int32(1<<19-1) / int32(order)
		for i := range coefs {
			coefs[i] = min(most, 1<<14-1) * int32(1-2*r.IntN(2))
		}
		if !fits32(coefs, splitBits+1) {
			t.Fatal("too large")
		}
		want := make([]int64, order+1)
		for i := range want[:order] {
			want[i] = (1<<24 - r.Int64N(2)) * int64(2*r.IntN(2)-1)
			want[i] = min(want[i], 1<<24-1)
		}
		got := narrow(want)
		slowRestore(want, coefs, uint(9+round%6))
		lpcSplit(got, coefs, uint(9+round%6))
		if !slices.Equal(got, narrow(want)) {
			t.Fatalf("order %d: %d, want %d", order, got[order], want[order])
		}
	}
}

// One function an order and the one for all orders are the same.
func TestUnrolled(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for order := 1; order <= maxUnrolled; order++ {
		for n := order; n < order+20; n++ {
			coefs, a := make([]int32, order), make([]int32, n)
			for i := range coefs {
				coefs[i] = int32(r.Uint32()) >> 17
			}
			for i := range a {
				a[i] = int32(r.Uint32()) >> 16
			}
			b := slices.Clone(a)
			unrolled[order](a, coefs, uint(n%16))
			lpcLong(b, coefs, uint(n%16))
			if !slices.Equal(a, b) {
				t.Fatalf("order %d, %d samples: %v, %v", order, n, a, b)
			}
		}
	}
}

// The predictor of this machine, which may be assembly, is the generic one: for
// every order, and in sums that wrap around.
func TestPredictorKernelsAreTheGenericOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for round := range 4000 {
		order := 1 + round%maxOrder
		coefs, got := make([]int32, order), make([]int32, order+r.IntN(40)+round%2)
		for i := range coefs {
			coefs[i] = int32(r.Uint32()) >> (17 + r.IntN(8))
		}
		for i := range got {
			got[i] = int32(r.Uint32()) >> r.IntN(20)
		}
		want := slices.Clone(got)
		n := len(got) - round%2 // and nothing behind
		restoreLPC(got[:n], coefs, uint(round%16))
		restoreLPCGeneric(want[:n], coefs, uint(round%16))
		if !slices.Equal(got, want) {
			t.Fatalf("order %d, %d samples, shift %d: %v, want %v", order, n, round%16, got, want)
		}
	}
}

// So is the one for wide samples.
func TestWidePredictorKernelsAreTheGenericOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for round := range 4000 {
		order := 1 + round%maxOrder
		coefs, got := make([]int32, order), make([]int32, order+r.IntN(20)+round%2)
		for i := range coefs {
			coefs[i] = int32(r.Uint32()) >> (17 + r.IntN(8))
		}
		for i := range got {
			got[i] = int32(r.Uint32()) >> r.IntN(20)
		}
		want := slices.Clone(got)
		n := len(got) - round%2 // and nothing behind
		restoreWide(got[:n], coefs, uint(round%16), 32)
		restoreWideGeneric(want[:n], coefs, uint(round%16), 32)
		if !slices.Equal(got, want) {
			t.Fatalf("order %d, %d samples, shift %d: %v, want %v", order, n, round%16, got, want)
		}
	}
}

func anySamples(r *rand.Rand, n int) []int32 {
	s := make([]int32, n)
	for i := range s {
		s[i] = int32(r.Uint32()) >> r.IntN(31)
	}
	return s
}

// The other kernels of this machine are the generic ones, too.
func TestStereoKernelsAreTheGenericOnes(t *testing.T) {
	type stereo = func(out, a, b []int32, up uint)
	r := rand.New(rand.NewPCG(11, 12))
	for name, k := range map[string][2]stereo{
		"left, right": {leftRight, leftRightGeneric}, "left, side": {leftSide, leftSideGeneric},
		"side, right": {sideRight, sideRightGeneric}, "mid, side": {midSide, midSideGeneric},
	} {
		for n := range 60 {
			for _, up := range []uint{1, 8, 12, 16, 24, 28} {
				a, b := anySamples(r, n), anySamples(r, n)
				got, want := make([]int32, 2*n+1), make([]int32, 2*n+1)
				k[0](got[:2*n], a, b, up)
				k[1](want[:2*n], a, b, up)
				if !slices.Equal(got, want) {
					t.Fatalf("%s, %d frames, shift %d: %v, want %v", name, n, up, got, want)
				}
			}
		}
	}
}

func TestFixedKernelsAreTheGenericOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for order := range 5 {
		for n := order; n < order+60; n++ {
			got := anySamples(r, n+1)
			want := slices.Clone(got)
			restoreFixed32(got[:n], order)
			restoreFixed(want[:n], order)
			if !slices.Equal(got, want) {
				t.Fatalf("order %d, %d samples: %v, want %v", order, n, got, want)
			}
		}
	}
}

func TestFixed(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for order, coefs := range [][]int32{{}, {1}, {-1, 2}, {1, -3, 3}, {-1, 4, -6, 4}} {
		for n := order; n < order+20; n++ {
			want := make([]int64, n)
			for i := range want {
				want[i] = r.Int64N(1<<32) - 1<<31
			}
			a, b := narrow(want), slices.Clone(want)
			slowRestore(want, coefs, 0)
			restoreFixed(a, order)
			restoreFixed(b, order)
			// 32 bits wrap around, 64 do not come to that in so few samples.
			if !slices.Equal(a, narrow(want)) || !slices.Equal(b, want) {
				t.Fatalf("order %d, %d samples: other than by definition", order, n)
			}
		}
	}
}

// The limit is exact: sums at it fit, and above it do not.
func TestFits32(t *testing.T) {
	for _, c := range []struct {
		coefs []int32
		width int
		want  bool
	}{
		{[]int32{32767, 32768}, 16, true},
		{[]int32{32768, 32768}, 16, false},
		{[]int32{-32768, 32767}, 16, true},
		{[]int32{0}, 32, true},
		{[]int32{1}, 32, false},
		{[]int32{255}, 24, true},
		{[]int32{200, -56}, 24, false},
	} {
		if got := fits32(c.coefs, c.width); got != c.want {
			t.Errorf("%v with %d bits: %v", c.coefs, c.width, got)
		}
	}
}

func BenchmarkLPC(b *testing.B) {
	s := make([]int32, 4096)
	for _, order := range []int{4, 8, 12, 32} {
		coefs := make([]int32, order)
		b.Run(string(rune('0'+order/10))+string(rune('0'+order%10)), func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for range b.N {
				restoreLPC(s, coefs, 9)
			}
		})
	}
}
