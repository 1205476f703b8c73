package rgb565

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The kernels of this machine, which may be assembly, must give the bits of
// the generic ones: for any length, wherever a row begins, and no pixel
// beside.

// pixels are random, with some at the ends of what a channel can be.
func pixels(rnd *rand.Rand, n int) []Color {
	p := make([]Color, n)
	for i := range p {
		switch p[i] = Color(rnd.Uint32()); rnd.IntN(6) {
		case 0:
			p[i] = 0
		case 1:
			p[i] = 0xFFFF
		}
	}
	return p
}

// coverages are bytes of which many are nothing or all.
func coverages(rnd *rand.Rand, n int) []uint8 {
	p := make([]uint8, n)
	for i := range p {
		switch p[i] = uint8(rnd.Uint32()); rnd.IntN(4) {
		case 0:
			p[i] = 0
		case 1:
			p[i] = 255
		}
	}
	return p
}

// sameRow runs two kernels on copies of a row that begins at an even or odd
// pixel and has others around it.
func sameRow(t *testing.T, rnd *rand.Rand, what string, n int, got, want func(dst []Color)) {
	t.Helper()
	begin := 2 + rnd.IntN(2)
	a := pixels(rnd, begin+n+3)
	b := slices.Clone(a)
	got(a[begin : begin+n])
	want(b[begin : begin+n])
	if !slices.Equal(a, b) {
		t.Fatalf("%s, %d pixels from %d on: %04x, want %04x", what, n, begin, a, b)
	}
}

func TestRowKernelsAreTheGenericOnes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for round := range 30 {
		for n := range 70 {
			c, f, l := pixels(rnd, 1)[0], spread(pixels(rnd, 1)[0]), rnd.Uint32N(33)
			src, mask, x0 := pixels(rnd, n+1)[round&1:], coverages(rnd, n+2), rnd.IntN(5)
			if round%3 == 0 {
				clear(mask[n/3 : n/3+n/2])
			}
			var curve [16]uint8
			copy(curve[:], coverages(rnd, 16))
			if round%2 == 0 {
				curve = linear
			}
			row := coverages(rnd, (x0+n+1)/2+1)
			if round%5 == 0 {
				clear(row)
			}
			sameRow(t, rnd, "fill", n, func(d []Color) { fillRow(d, c) }, func(d []Color) { fillRowGeneric(d, c) })
			sameRow(t, rnd, "blend", n, func(d []Color) { blendRow(d, f, l) }, func(d []Color) { blendRowGeneric(d, f, l) })
			sameRow(t, rnd, "mix", n, func(d []Color) { mixRow(d, src, l) }, func(d []Color) { mixRowGeneric(d, src, l) })
			sameRow(t, rnd, "mask", n, func(d []Color) { maskRow(d, mask, c) }, func(d []Color) { maskRowGeneric(d, mask, c) })
			sameRow(t, rnd, "glyph", n, func(d []Color) { glyphRow(d, row, x0, c, &curve) }, func(d []Color) { glyphRowGeneric(d, row, x0, c, &curve) })
		}
	}
}

// TestEveryLevelOfARow has every channel value under every other at each level.
func TestEveryLevelOfARow(t *testing.T) {
	under, over := make([]Color, 64*64), make([]Color, 64*64)
	for v := range under {
		under[v] = Color(v%32<<11 | v%64<<5 | v/2%32)
		over[v] = Color(v/64%32<<11 | v/64<<5 | v/128)
	}
	for l := range uint32(33) {
		a, b := slices.Clone(under), slices.Clone(under)
		mixRow(a, over, l)
		mixRowGeneric(b, over, l)
		if !slices.Equal(a, b) {
			t.Fatalf("mixed at level %d, it differs", l)
		}
		for _, f := range over[:64] {
			copy(a, under)
			copy(b, under)
			blendRow(a, spread(f), l)
			blendRowGeneric(b, spread(f), l)
			if !slices.Equal(a, b) {
				t.Fatalf("%04x blended at level %d differs", f, l)
			}
		}
	}
}

func TestTurningKernelIsTheGenericOne(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 4000 {
		w, h := 1+rnd.IntN(17), 1+rnd.IntN(17)
		stride, size := w+rnd.IntN(5), 24+rnd.IntN(9)
		src := pixels(rnd, size*size)
		// A step across goes over lines, down within one, or the other way.
		across, down := size*(1-2*rnd.IntN(2)), 1-2*rnd.IntN(2)
		if rnd.IntN(4) == 0 {
			across, down = down, across
		}
		place := func(step, n int) int { // of a line or a pixel so that all n steps stay in the square
			i := rnd.IntN(size - n + 1)
			if step < 0 {
				i += n - 1
			}
			return i
		}
		at := 0
		if down == 1 || down == -1 {
			at = place(across, w)*size + place(down, h)
		} else {
			at = place(down, h)*size + place(across, w)
		}
		begin := rnd.IntN(3)
		a := pixels(rnd, begin+h*stride+3)
		b := slices.Clone(a)
		turnTile(a[begin:], stride, src, at, across, down, w, h)
		turnTileGeneric(b[begin:], stride, src, at, across, down, w, h)
		if !slices.Equal(a, b) {
			t.Fatalf("%dx%d, stride %d from %d on, across %d, down %d differ", w, h, stride, begin, across, down)
		}
	}
}

func TestScalingKernelIsTheGenericOne(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 4000 {
		var t2 [2]taps
		for i := range t2 {
			t2[i] = taps{first: rnd.IntN(9), n: 1 + rnd.IntN(12), head: rnd.Uint32() >> rnd.IntN(32), mid: rnd.Uint32() >> rnd.IntN(32), tail: rnd.Uint32() >> rnd.IntN(32)}
		}
		x, y := &t2[0], &t2[1]
		stride := x.n + rnd.IntN(9)
		pix := coverages(rnd, (y.n-1)*stride+x.n)
		if got, want := boxSum(pix, stride, x, y), boxSumGeneric(pix, stride, x, y); got != want {
			t.Fatalf("%d by %d samples, %+v, %+v: %d, want %d", x.n, y.n, *x, *y, got, want)
		}
	}
}
