package mdct

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var sizes = []int{64, 128, 256, 512, 1024, 2048, 4096, 8192}

// definition is the middle half of a block, a quarter of its size, at the
// given places, straight from the formula.
func definition(x []int32, places []int) []float64 {
	n := 2 * len(x)
	// The cosine repeats after 8n steps of its argument's unit, pi/4n.
	cos := make([]float64, 8*n)
	for i := range cos {
		cos[i] = math.Cos(math.Pi / float64(4*n) * float64(i))
	}
	y := make([]float64, len(places))
	for p, i := range places {
		for k, v := range x {
			if v != 0 {
				// 2*pi/n*(i'+1/2+n/4)*(k+1/2) with i' = i+n/4
				y[p] += float64(v) * cos[(2*(2*i+1+n)*(2*k+1))%(8*n)]
			}
		}
		y[p] /= 4
	}
	return y
}

// somePlaces are all of a short block, and of a long one the ends and some
// in between.
func somePlaces(n int) []int {
	var all []int
	for i := 0; i < n/2; i++ {
		if n > 512 && i >= 16 && i < n/2-16 {
			i += n / 200
		}
		all = append(all, min(i, n/2-1))
	}
	return all
}

func random(r *rand.Rand, n int, most int32) []int32 {
	x := make([]int32, n)
	for i := range x {
		x[i] = r.Int32N(2*most+1) - most
	}
	return x
}

// deviation is the largest and the root mean square difference of dst from
// want, in units of the last place, and its mean.
func deviation(dst []int32, want []float64, places []int) (most, rms, mean float64) {
	for p, i := range places {
		d := float64(dst[i]) - want[p]
		most = max(most, math.Abs(d))
		rms += d * d
		mean += d
	}
	return most, math.Sqrt(rms / float64(len(places))), mean / float64(len(places))
}

// With full scale at 2^26, what is lost is below -120 dB of it, even where it
// gathers most.
func TestError(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range sizes {
		tr, places := New(n), somePlaces(n)
		dst := make([]int32, n/2)
		var worst, sum, bias float64
		runs := max(1, 4096/n)
		for range runs {
			x := random(r, n/2, int32((1<<28)/math.Sqrt(float64(n))))
			tr.Inverse(dst, x)
			most, rms, mean := deviation(dst, definition(x, places), places)
			worst, sum, bias = max(worst, most), sum+rms*rms, bias+mean
		}
		rms := math.Sqrt(sum / float64(runs))
		db := 20 * math.Log10(rms/(1<<26))
		t.Logf("N %4d: rms %6.2f (%6.1f dB), most %6.1f, mean %.2f", n, rms, db, worst, bias/float64(runs))
		if db > -125 || 20*math.Log10(worst/(1<<26)) > -112 {
			t.Errorf("N %d: the error is %.1f (%.1f dB), at most %.1f", n, rms, db, worst)
		}
	}
}

// A single coefficient, and the extremes, and none.
func TestSingleLines(t *testing.T) {
	for _, n := range []int{64, 256, 2048} {
		tr, places := New(n), somePlaces(n)
		dst := make([]int32, n/2)
		if tr.Inverse(dst, make([]int32, n/2)); !silent(dst) {
			t.Errorf("N %d: silence sounds", n)
		}
		for _, k := range []int{0, 1, n/4 - 1, n / 4, n/2 - 1} {
			for _, v := range []int32{1 << 28, 1 - 1<<31} {
				x := make([]int32, n/2)
				x[k] = v
				tr.Inverse(dst, x)
				if most, _, _ := deviation(dst, definition(x, places), places); most > 64 {
					t.Errorf("N %d, line %d of %d: wrong by %.0f", n, k, v, most)
				}
			}
		}
	}
}

// The forward transform of overlapping windowed blocks comes back as it was.
func TestPerfectReconstruction(t *testing.T) {
	for _, n := range []int{64, 256} {
		t.Run(fmt.Sprint(n), func(t *testing.T) { reconstruct(t, n) })
	}
}

func reconstruct(t *testing.T, n int) {
	r := rand.New(rand.NewPCG(3, uint64(n)))
	sound := random(r, 3*n/2, 1<<27)
	h := n / 4
	window := make([]int32, n/2)
	for i := range h {
		sin, cos := math.Sincos(math.Pi / float64(n) * (float64(h-1-i) + 0.5))
		window[2*i], window[2*i+1] = int32(cos*(1<<31)), int32(sin*(1<<31))
	}
	tr := New(n)
	var blocks [2][]int32
	for b := range blocks {
		blocks[b] = make([]int32, n/2)
		tr.Inverse(blocks[b], forward(sound[b*n/2:], n))
	}
	dst := make([]int32, n)
	Overlap(dst, 2, blocks[0][h:], blocks[1][:h], window)
	for i := range n / 2 {
		if d := dst[2*i] - sound[n/2+i]; d < -1600 || d > 1600 {
			t.Fatalf("sample %d: %d, want %d", i, dst[2*i], sound[n/2+i])
		}
		if dst[2*i+1] != 0 {
			t.Fatalf("Overlap wrote between its stride at %d", i)
		}
	}
}

// forward is the windowed MDCT of n values with a sine window, so scaled that
// overlap gives back the values when Inverse's quarter is taken for whole.
func forward(s []int32, n int) []int32 {
	x := make([]int32, n/2)
	cos := make([]float64, 8*n)
	for i := range cos {
		cos[i] = math.Cos(math.Pi / float64(4*n) * float64(i))
	}
	for k := range x {
		var sum float64
		for i := range n {
			w := math.Sin(math.Pi / float64(n) * (float64(i) + 0.5))
			sum += w * float64(s[i]) * cos[((4*i+2+n)*(2*k+1))%(8*n)]
		}
		x[k] = int32(math.RoundToEven(sum / float64(2*n)))
	}
	return x
}

func TestOverlapClips(t *testing.T) {
	dst := make([]int32, 4)
	window := []int32{1 << 31 / 10 * 8, 1 << 31 / 10 * 6, 1<<31 - 1, 0}
	Overlap(dst, 1, []int32{1 << 30, 1 << 30}, []int32{-1 << 30, 1 << 30}, window)
	if want := []int32{1<<31 - 1, 1<<31 - 1, -1 << 31 / 10 * 8, 1<<31 - 1}; dst[1] != want[1] || dst[0] != want[0] {
		t.Errorf("%d", dst)
	}
	Flat(dst, 1, []int32{-1 << 26, 1 << 26, 5, -7})
	if want := []int32{-1 << 31, 1<<31 - 1, 160, -224}; !slices.Equal(dst, want) {
		t.Errorf("Flat: %d, want %d", dst, want)
	}
	Flat(dst, 2, []int32{1, 2})
	if want := []int32{32, 1<<31 - 1, 64, -224}; !slices.Equal(dst, want) {
		t.Errorf("Flat by twos: %d, want %d", dst, want)
	}
}

func TestNew(t *testing.T) {
	for n := range 8200 {
		if got, want := New(n) != nil, slices.Contains(sizes, n); got != want {
			t.Errorf("New(%d): a transform %v, want %v", n, got, want)
		}
	}
}

func TestAllocs(t *testing.T) {
	x, y := make([]int32, 1024), make([]int32, 1024)
	if n := testing.AllocsPerRun(10, func() { New(2048).Inverse(y, x) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// Any input ends without a panic, and the bits are those of every machine.
func TestGolden(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var sum uint32
	for _, n := range sizes {
		dst := make([]int32, n/2)
		New(n).Inverse(dst, random(r, n/2, 1<<30-1))
		for _, v := range dst {
			sum = sum<<5 - sum + uint32(v)
		}
	}
	const want = 0x2b74cf3
	if sum != want {
		t.Errorf("checksum %#x, want %#x", sum, want)
	}
}

func BenchmarkInverse(b *testing.B) {
	for _, n := range []int{256, 2048} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x, y, t := make([]int32, n/2), make([]int32, n/2), New(n)
			for b.Loop() {
				t.Inverse(y, x)
			}
		})
	}
}
