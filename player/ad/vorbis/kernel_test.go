package vorbis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/internal/vorbis"
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
		case 2, 3:
			x[i] = 0
		}
	}
	return x
}

// directBook is a book whose entries are their digits.
func directBook(t *testing.T, r *rand.Rand, dims int) *book {
	c := &vorbis.Codebook{
		Dims: dims, Lookup: 1, Base: 1 + r.IntN(7), Lengths: lengths(r, 2+r.IntN(300)),
		Min: vorbis.Float{Mantissa: -50}, Delta: vorbis.Float{Mantissa: 17},
	}
	if dims == 2 && r.IntN(2) == 0 {
		c.Base = 1 + r.IntN(200)
	}
	for range c.Base {
		c.Multiplicands = append(c.Multiplicands, uint16(r.Uint32()))
	}
	b, ok := newBook(c)
	b.setVectors(c, 3, false)
	if !ok || !b.direct {
		t.Fatalf("%+v", c)
	}
	return &b
}

// The kernels of this machine, which may be assembly, must give the bits of
// the generic ones, and leave the reader where they do.
func TestWordsKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for run := range 3000 {
		dims := 2 << r.IntN(3)
		b, stride := directBook(t, r, dims), 1+r.IntN(2)
		n := dims / 2 * r.IntN(30) * stride
		data := make([]byte, 4+r.IntN(60))
		for i := range data {
			data[i] = byte(r.Uint32() & r.Uint32())
		}
		var in [2]vorbis.Bits
		var out [2][]int32
		from := extremes(r, 2*n+3)
		for i, f := range []func(x, y []int32, stride int, b *book, r *vorbis.Bits) int{addWords, addWordsGeneric} {
			in[i].Reset(data)
			in[i].Read(run % 20)
			out[i] = slices.Clone(from)
			x, y := out[i][:n], out[i][n:2*n]
			if stride == 2 {
				y = out[i][1 : n+1]
			}
			out[i] = append(out[i], int32(f(x, y, stride, b, &in[i])))
		}
		if !slices.Equal(out[0], out[1]) || in[0].Next != in[1].Next || in[0].Cache != in[1].Cache || in[0].Have != in[1].Have {
			t.Fatalf("run %d, %d values a word, %d of %d, stride %d: not the generic one:\n%v\n%v", run, dims, n, len(data), stride, out[0], out[1])
		}
	}
}

func TestScaleKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 3000 {
		n, of := 1+r.IntN(300), 1+r.IntN(300)
		l := newLine(int32(r.IntN(256)), int32(r.IntN(256)), uint32(of))
		got := extremes(r, n+1)
		want, shift := slices.Clone(got), 3+r.IntN(17)
		scale(got[:min(n, of)], l, shift)
		scaleGeneric(want[:min(n, of)], l, shift)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v, %d values, shift %d: not the generic one", l, n, shift)
		}
	}
}

func TestDecoupleKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for n := range 200 {
		m, a := extremes(r, n+1), extremes(r, n+1)
		wantM, wantA := slices.Clone(m), slices.Clone(a)
		decouple(m[:n], a[:n])
		decoupleGeneric(wantM[:n], wantA[:n])
		if !slices.Equal(m, wantM) || !slices.Equal(a, wantA) {
			t.Fatalf("%d values: not the generic ones", n)
		}
	}
}
