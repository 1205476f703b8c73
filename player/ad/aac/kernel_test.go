package aac

import (
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/internal/bits"
)

// slowLines is readLines without a kernel.
func slowLines(r *bits.Reader, x []int32, book int) (ok bool) {
	ok = true
	for n := 0; len(x) > 0 && ok; x = x[n:] {
		n, ok = readWord(x, r, books[book], kinds[book])
	}
	return ok
}

// Words that a kernel reads are those that are read one at a time, and the
// reader stands where it would.
func TestWordsKernel(t *testing.T) {
	rnd := rand.New(rand.NewPCG(21, 22))
	read := 0
	for run := range 20000 {
		data := make([]byte, rnd.IntN(80))
		few := rnd.IntN(2) == 0
		for i := range data {
			if data[i] = byte(rnd.Uint32()); few {
				data[i] &= byte(rnd.Uint32())
			}
		}
		book, n, skip := 1+run%11, 4*(1+rnd.IntN(20)), rnd.IntN(40)
		a, b := bits.NewReader(data), bits.NewReader(data)
		a.Bits(skip % 33)
		b.Bits(skip % 33)
		got, want := make([]int32, n), make([]int32, n)
		gotOK, wantOK := readLines(&a, got, uint8(book)), slowLines(&b, want, book)
		if gotOK != wantOK || a.Over() != b.Over() || gotOK && !a.Over() && (!slices.Equal(got, want) || a.Pos() != b.Pos() || a.Peek(32) != b.Peek(32)) {
			t.Fatalf("run %d, book %d, %d bytes, %d lines: %v\n%v, at %d\nwant %v\n%v, at %d", run, book, len(data), n, gotOK, got, a.Pos(), wantOK, want, b.Pos())
		}
		c := bits.NewReader(data)
		read += readWords(got, &c, books[book], kinds[book])
	}
	t.Logf("%d lines read by a kernel", read)
}

// The kernels of this machine, which may be assembly, must give the bits of
// the generic ones.
func TestRequantizeKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	for range 2000 {
		n := r.IntN(40)
		x := make([]int32, n+1)
		for i := range x {
			x[i] = int32(r.Uint32()) >> (18 + r.IntN(14))
		}
		k := requantizer{m: quarter[r.IntN(4)], limit: int32(1) << r.IntN(11)}
		if r.IntN(2) == 0 {
			k.down = uint32(1 + r.IntN(30))
			k.half = 1 << k.down >> 1
		} else {
			k.up = uint32(r.IntN(8))
		}
		got, want := slices.Clone(x), slices.Clone(x)
		end, wantEnd := requantizeSmall(got[:n], &k), requantizeSmallGeneric(want[:n], &k)
		if end != wantEnd || !slices.Equal(got, want) {
			t.Fatalf("%v with %+v: to %d, %v; want %d, %v", x, k, end, got, wantEnd, want)
		}
	}
}

func TestMidSideKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(25, 26))
	for run := range 300 {
		l, s := make([]int32, 4*(run%30)+4), make([]int32, 4*(run%30)+4)
		for i := range l {
			l[i], s[i] = clamp(int32(r.Uint32())>>r.IntN(3)), clamp(int32(r.Uint32())>>r.IntN(30))
		}
		n := len(l) - 4
		wantL, wantS := slices.Clone(l), slices.Clone(s)
		midSide(l[:n], s[:n])
		midSideGeneric(wantL[:n], wantS[:n])
		if !slices.Equal(l, wantL) || !slices.Equal(s, wantS) {
			t.Fatalf("run %d: not the generic ones", run)
		}
		if slices.Min(l) < ^maxLine || slices.Max(l) > maxLine {
			t.Fatalf("run %d: beyond the range", run)
		}
	}
}
