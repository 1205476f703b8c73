package spectrum

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"
)

func tone(hz, amplitude float64, rate int) []int16 {
	pcm := make([]int16, Size)
	for i := range pcm {
		pcm[i] = int16(amplitude * 32767 * math.Sin(2*math.Pi*hz*float64(i)/float64(rate)))
	}
	return pcm
}

// The transform against the definition, over noise.
func TestTransform(t *testing.T) {
	var a Analyser
	rng := rand.New(rand.NewPCG(1, 2))
	pcm := make([]int16, Size)
	for i := range pcm {
		pcm[i] = int16(rng.IntN(65536) - 32768)
	}
	a.Columns(make([]uint8, 39), pcm, 44100, 13)
	for k := range Size / 2 {
		var want complex128
		for i, v := range pcm {
			w := 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/Size)
			want += cmplx.Rect(float64(v)*w/Size, -2*math.Pi*float64(i*k)/Size)
		}
		got := complex(float64(a.re[k]), float64(a.im[k]))
		if cmplx.Abs(got-want) > 8 {
			t.Fatalf("line %d is %v, want %v", k, got, want)
		}
	}
}

// A tone stands where it belongs, as high as it is loud.
func TestTones(t *testing.T) {
	var a Analyser
	for _, rate := range []int{22050, 44100, 48000} {
		for _, hz := range []float64{500, 1000, 3000, 8000} {
			for _, db := range []float64{0, -20, -40} {
				cols := make([]uint8, 39)
				a.Columns(cols, tone(hz, math.Pow(10, db/20), rate), rate, 13)
				at := int(39 * math.Log2(hz/lowest) / math.Log2(highest/float64(lowest)))
				best := 0
				for i, c := range cols {
					if c > cols[best] {
						best = i
					}
				}
				want := 13 + int(db/stepDB)
				if best < at-2 || best > at+2 || int(cols[best]) < want-1 || int(cols[best]) > want {
					t.Errorf("%v Hz at %v dB, rate %d: column %d is %d high, want column %d, %d high: %v", hz, db, rate, best, cols[best], at, want, cols)
				}
			}
		}
	}
}

func TestSilenceAndExtremes(t *testing.T) {
	var a Analyser
	cols := make([]uint8, 39)
	a.Columns(cols, make([]int16, Size), 44100, 13)
	for i, c := range cols {
		if c != 0 {
			t.Errorf("silence lights column %d", i)
		}
	}
	pcm := make([]int16, Size)
	for i := range pcm {
		pcm[i] = math.MinInt16
		if i/3%2 == 0 {
			pcm[i] = math.MaxInt16
		}
	}
	for _, rate := range []int{0, 1, 8000, 192000} {
		a.Columns(cols, pcm, rate, 13)
		for i, c := range cols {
			if c > 13 {
				t.Errorf("column %d is %d high", i, c)
			}
		}
	}
}

func TestAllocs(t *testing.T) {
	var a Analyser
	cols, pcm := make([]uint8, 39), tone(440, 1, 44100)
	if n := testing.AllocsPerRun(100, func() { a.Columns(cols, pcm, 44100, 13) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A bar is as long as a tone is loud, and as long for a square of the same power.
func TestLevel(t *testing.T) {
	for _, c := range []struct {
		db   float64
		want int
	}{{0, 30}, {-1.5, 29}, {-3, 28}, {-15, 20}, {-30, 10}, {-43.5, 1}, {-60, 0}} {
		pcm := make([]int16, 2048)
		for i := range pcm {
			pcm[i] = int16(math.Round(math.Pow(10, c.db/20) * 32767 * math.Sin(float64(i)*math.Pi/32)))
		}
		if got := Level(pcm, 30); got != c.want {
			t.Errorf("a sine at %v dB is %d long, want %d", c.db, got, c.want)
		}
		for i := range pcm {
			pcm[i] = int16(math.Pow(10, c.db/20) * 32767 / math.Sqrt2 * float64(1-i&1*2))
		}
		if got := Level(pcm, 30); got != c.want {
			t.Errorf("a square as strong as a sine at %v dB is %d long, want %d", c.db, got, c.want)
		}
	}
	most := []int16{-32768, -32768, -32768}
	if got := Level(most, 30); got != 30 {
		t.Errorf("the most that there is is %d long", got)
	}
	if Level(nil, 30) != 0 || Level(make([]int16, 100), 30) != 0 {
		t.Error("silence has a length")
	}
	if n := testing.AllocsPerRun(10, func() { Level(most, 30) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
