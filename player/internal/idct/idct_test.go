package idct

import (
	"bytes"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// definition is the transform as 13818-2, annex A, writes it.
func definition(b *Block) (out [64]float64) {
	c := func(k int) float64 {
		if k == 0 {
			return math.Sqrt2 / 2
		}
		return 1
	}
	for y := range 8 {
		for x := range 8 {
			sum := 0.
			for v := range 8 {
				for u := range 8 {
					sum += c(u) * c(v) * float64(b[8*v+u]) * math.Cos(float64((2*x+1)*u)*math.Pi/16) * math.Cos(float64((2*y+1)*v)*math.Pi/16)
				}
			}
			out[8*y+x] = sum / 4
		}
	}
	return out
}

// forward is the transform's inverse, rounded: what IEEE 1180 makes its
// blocks with.
func forward(s *[64]int) (b Block) {
	c := func(k int) float64 {
		if k == 0 {
			return math.Sqrt2 / 2
		}
		return 1
	}
	for v := range 8 {
		for u := range 8 {
			sum := 0.
			for y := range 8 {
				for x := range 8 {
					sum += float64(s[8*y+x]) * math.Cos(float64((2*x+1)*u)*math.Pi/16) * math.Cos(float64((2*y+1)*v)*math.Pi/16)
				}
			}
			b[8*v+u] = int16(max(-2048, min(math.Round(sum*c(u)*c(v)/4), 2047)))
		}
	}
	return b
}

// samples are the block's, limited to -255 and 255: they are added to black
// and to white.
func samples(b *Block) (out [64]int) {
	var black, white [64]byte
	for i := range white {
		white[i] = 255
	}
	k := *b
	Add(black[:], 8, &k)
	k = *b
	Add(white[:], 8, &k)
	for i := range out {
		out[i] = int(black[i]) + int(white[i]) - 255
	}
	return out
}

// TestIEEE1180 holds the transform to the limits of the standard, with its
// ranges of samples.
func TestIEEE1180(t *testing.T) {
	if runtime.GOARCH == "arm" {
		t.Skip("no floating point here: TestKernels ties this machine to those that run this test")
	}
	const blocks = 2000
	for _, span := range []struct{ low, high int }{{-256, 255}, {-5, 5}, {-300, 300}} {
		random := rand.New(rand.NewPCG(uint64(span.high), 1180))
		var sum, square [64]float64
		peak := 0.
		for range blocks {
			var s [64]int
			for i := range s {
				s[i] = span.low + random.IntN(span.high-span.low+1)
			}
			b := forward(&s)
			want := definition(&b)
			got := samples(&b)
			for i := range want {
				w := max(-255, min(math.Round(want[i]), 255))
				d := float64(got[i]) - w
				sum[i] += d
				square[i] += d * d
				peak = max(peak, math.Abs(d))
			}
		}
		all, mean := 0., 0.
		for i := range sum {
			all += square[i] / blocks
			mean += sum[i] / blocks
			if square[i]/blocks > 0.06 || math.Abs(sum[i]/blocks) > 0.015 {
				t.Errorf("%v: sample %d: mean square error %.4f, mean error %.4f", span, i, square[i]/blocks, sum[i]/blocks)
			}
		}
		if peak > 1 || all/64 > 0.02 || math.Abs(mean/64) > 0.0015 {
			t.Errorf("%v: peak %v, mean square error %.4f, mean error %.5f", span, peak, all/64, mean/64)
		}
	}
}

// A block of one coefficient is the same both ways, and blocks are left
// empty.
func TestDC(t *testing.T) {
	for dc := -2048; dc < 2048; dc++ {
		b := Block{0: int16(dc)}
		var want, got [64]byte
		for i := range want {
			want[i] = byte(i * 4)
		}
		got = want
		Add(want[:], 8, &b)
		AddDC(got[:], 8, int16(dc))
		if got != want {
			t.Fatalf("add %d: %v, want %v", dc, got, want)
		}
		if b != (Block{}) {
			t.Fatal("the block is not empty")
		}
		b[0] = int16(dc)
		Put(want[:], 8, &b)
		PutDC(got[:], 8, int16(dc))
		if got != want || b != (Block{}) {
			t.Fatalf("put %d: %v, want %v", dc, got, want)
		}
	}
}

// The kernels of this machine give what the generic ones do, for all that fits
// into a block, and write nothing beside it.
func TestKernels(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	for n := range 20000 {
		var b Block
		limit := []int{5, 300, 2048, 32767}[n%4]
		for range 1 + random.IntN(1+n%64) {
			b[random.IntN(1+random.IntN(64))] = int16(random.IntN(2*limit+1) - limit)
		}
		const stride = 24
		got := make([]byte, 9*stride) // which begins at a border of 8, as kernels want it
		for i := range got {
			got[i] = byte(random.Uint32())
		}
		want := bytes.Clone(got)
		var aligned struct {
			_    [0]uint32
			g, w Block
		}
		g, w := &aligned.g, &aligned.w
		*g, *w = b, b
		switch {
		case n%2 == 0:
			Put(got[8:], stride, g)
			putGeneric(want[8:], stride, w)
		case n%8 == 1: // and where they do not have it
			Add(got[9:], stride, g)
			addGeneric(want[9:], stride, w)
		default:
			Add(got[8:], stride, g)
			addGeneric(want[8:], stride, w)
		}
		if !bytes.Equal(got, want) || *g != *w || *g != (Block{}) {
			t.Fatalf("block %v:\n%v\nwant\n%v", b, got, want)
		}
	}
}
