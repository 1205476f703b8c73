package aac

import (
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/internal/bits"
)

// slowly is readAll without a kernel.
func slowly(x []int32, r *bits.Reader, table []uint32, kind int) (ok bool) {
	ok = true
	for n := 0; len(x) > 0 && ok; x = x[n:] {
		n, ok = readWord(x, r, table, kind)
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
		book, n, skip := run%12, 4*(1+rnd.IntN(20)), rnd.IntN(40)
		table, kind := scaleBook[:], single
		if book > 0 {
			table, kind = books[book], kinds[book]
		}
		a, b := bits.NewReader(data), bits.NewReader(data)
		a.Bits(skip % 33)
		b.Bits(skip % 33)
		got, want := make([]int32, n), make([]int32, n)
		gotOK, wantOK := readAll(got, &a, table, kind), slowly(want, &b, table, kind)
		if gotOK != wantOK || a.Over() != b.Over() || gotOK && !a.Over() && (!slices.Equal(got, want) || a.Pos() != b.Pos() || a.Peek(32) != b.Peek(32)) {
			t.Fatalf("run %d, book %d, %d bytes, %d lines: %v\n%v, at %d\nwant %v\n%v, at %d", run, book, len(data), n, gotOK, got, a.Pos(), wantOK, want, b.Pos())
		}
		c := bits.NewReader(data)
		read += readWords(got, &c, table, kind)
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

func TestScaleKernelIsTheGenericOne(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 28))
	for run := range 2000 {
		n := 1 + r.IntN(49)
		books, factors := make([]uint8, n), make([]int16, n)
		for i := range books {
			books[i], factors[i] = uint8(r.IntN(16)), int16(r.IntN(256))
			if run%2 == 0 {
				factors[i] = int16(100 + r.IntN(70))
			}
		}
		var got [frameLength]int32
		for i := range got {
			got[i] = int32(r.Uint32()) >> (18 + r.IntN(14))
			if run%4 < 2 {
				got[i] >>= 8
			}
		}
		want := got
		done, at := scaleBands(&got, long48[:n+1], books, factors)
		wantDone, wantAt := scaleBandsGeneric(&want, long48[:n+1], books, factors)
		if done != wantDone || at != wantAt || got != want {
			t.Fatalf("%v, %v: %d bands and at %d, want %d and %d; %v", books, factors, done, at, wantDone, wantAt, got == want)
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
