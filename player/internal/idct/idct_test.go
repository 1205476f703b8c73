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
	Add(black[:], 8, &k, 63)
	k = *b
	Add(white[:], 8, &k, 63)
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
	// These begin at a border of 8, as kernels want it.
	want, got := make([]byte, 64), make([]byte, 64)
	for dc := -2048; dc < 2048; dc++ {
		for i := range want {
			want[i] = byte(i * 4)
		}
		copy(got, want)
		b, c := Block{0: int16(dc)}, Block{0: int16(dc)}
		Add(want, 8, &b, 63)
		Add(got, 8, &c, 0)
		if !bytes.Equal(got, want) {
			t.Fatalf("add %d: %v, want %v", dc, got, want)
		}
		if b != (Block{}) || c != b {
			t.Fatal("the block is not empty")
		}
		b[0], c[0] = int16(dc), int16(dc)
		Put(want, 8, &b, 63)
		Put(got, 8, &c, 0)
		if !bytes.Equal(got, want) || b != (Block{}) || c != b {
			t.Fatalf("put %d: %v, want %v", dc, got, want)
		}
	}
}

// sparse makes a block with coefficients in its first rows and columns only, and
// says where they are.
func sparse(random *rand.Rand, rows, columns, count, limit int) (b Block, used int) {
	for range count {
		at := 8*random.IntN(rows) + random.IntN(columns)
		b[at] = int16(random.IntN(2*limit+1) - limit)
		if b[at] != 0 {
			used |= at
		}
	}
	return b, used
}

// The kernels of this machine give what the generic ones do, for all that fits
// into a block, and write nothing beside it.
func TestKernels(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	sizes := []int{1, 2, 4, 8}
	const stride = 24
	got, want := make([]byte, 9*stride), make([]byte, 9*stride) // at borders of 8, as kernels want them
	for n := range 16000 {
		limit := []int{5, 300, 2048, 32767}[n%4]
		b, used := sparse(random, sizes[n>>2&3], sizes[n>>4&3], 1+random.IntN(1+n>>6&63), limit)
		if n%5 == 0 {
			used |= random.IntN(64) // more than there is
		}
		aligned := struct {
			_    [0]uint32
			g, w Block
		}{g: b, w: b}
		for i := range got {
			got[i] = byte(i*37 + n*11)
		}
		copy(want, got)
		at := 8
		if n%7 == 0 {
			at = 9 // where kernels do not want it
		}
		if n>>6&1 == 0 {
			Put(got[at:], stride, &aligned.g, used)
			putGeneric(want[at:], stride, &aligned.w, 63)
		} else {
			Add(got[at:], stride, &aligned.g, used)
			addGeneric(want[at:], stride, &aligned.w, 63)
		}
		if !bytes.Equal(got, want) || aligned.g != aligned.w || aligned.g != (Block{}) {
			t.Fatalf("block %v, used %#x:\n%v\nwant\n%v", b, used, got, want)
		}
	}
}
