package bits

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Every parameter, long and short runs, from every offset, into lengths from
// nothing on, up to and over the end of the data.
func TestRice(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for k := range MaxRice + 1 {
		for round := range 60 {
			data := sparse(random, random.IntN(200), 1+round%7)
			r, slow := NewReader(data), &slowReader{data: data}
			for !r.Over() {
				start := random.IntN(9)
				r.Bits(start)
				slow.bits(start)
				dst := make([]int32, random.IntN(20))
				r.Rice(dst, k)
				for i, got := range dst {
					want := slow.rice(k)
					if slow.pos > 8*len(data) {
						break
					}
					if got != want {
						t.Fatalf("parameter %d, code %d up to bit %d of %d: %d, want %d", k, i, slow.pos, 8*len(data), got, want)
					}
				}
				if slow.pos < 8*len(data) && r.Pos() != slow.pos {
					t.Fatalf("parameter %d: at bit %d, want %d", k, r.Pos(), slow.pos)
				}
				if slow.pos > 8*len(data) && !r.Over() {
					t.Fatalf("parameter %d: the end was not noticed", k)
				}
				if len(dst) == 0 && start == 0 && r.Left() <= 0 {
					break
				}
			}
		}
	}
}

// The folding of signs, on the largest number.
func TestRiceExtremes(t *testing.T) {
	for _, c := range []struct {
		data []byte
		k    int
		want int32
	}{
		{[]byte{0x80, 0, 0, 0}, 30, 0},
		{[]byte{0x80, 0, 0, 2}, 30, -1},
		{[]byte{0x80, 0, 0, 4}, 30, 1},
		{[]byte{0xff, 0xff, 0xff, 0xff}, 30, -1 << 29},
		{[]byte{0x1f, 0xff, 0xff, 0xff, 0xc0}, 30, -1 << 31},
		{[]byte{0x1f, 0xff, 0xff, 0xff, 0x80}, 30, 1<<31 - 1},
	} {
		r := NewReader(c.data)
		var dst [1]int32
		if r.Rice(dst[:], c.k); dst[0] != c.want || r.Over() {
			t.Errorf("% x: %d, want %d; over %v", c.data, dst[0], c.want, r.Over())
		}
	}
}

// The kernels of this machine, which may be assembly, are the generic form: for
// data at every place in a word, read from every bit of it.
func TestRiceKernelsAreTheGenericOne(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for k := range MaxRice + 1 {
		for round := range 400 {
			data := sparse(random, 8+random.IntN(300), round%5)[round%4:]
			got := NewReader(data)
			got.SeekTo(random.IntN(64))
			want := got
			n := random.IntN(1 + max(got.Left(), 0)/(k+1)/(1+round%4))
			a, b := make([]int32, n+1), make([]int32, n+1)
			rice(&got, a[:n], uint(k))
			riceGeneric(&want, b[:n], uint(k))
			if want.Over() {
				if !got.Over() {
					t.Fatalf("parameter %d: the end was not noticed", k)
				}
				continue
			}
			if !slices.Equal(a, b) || got.Pos() != want.Pos() {
				t.Fatalf("parameter %d, %d codes of % x: %v, want %v", k, n, data, a, b)
			}
		}
	}
}

func BenchmarkRice(b *testing.B) {
	data := sparse(rand.New(rand.NewPCG(1, 1)), 4096, 1)
	dst := make([]int32, 4096)
	b.SetBytes(int64(len(dst)))
	for range b.N {
		r := NewReader(data)
		r.Rice(dst, 5)
	}
}
