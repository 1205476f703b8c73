package vorbis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"linnet/player/internal/vorbis"
)

// curve0 is the floor of clause 6.2.3, from its formulas.
func curve0(f *vorbis.Floor0, amplitude uint64, angles []float64, n int) []float64 {
	bark := func(x float64) float64 {
		return 13.1*math.Atan(.00074*x) + 2.24*math.Atan(.0000000185*x*x) + .0001*x
	}
	curve := make([]float64, n)
	for i := range curve {
		at := math.Floor(bark(float64(f.Rate)*float64(i)/float64(2*n)) * float64(f.MapSize) / bark(.5*float64(f.Rate)))
		w := math.Pi * min(float64(f.MapSize-1), at) / float64(f.MapSize)
		p, q := 1.0, 1.0
		for j, a := range angles {
			d := math.Cos(a) - math.Cos(w)
			if j%2 == 1 {
				p *= 4 * d * d
			} else {
				q *= 4 * d * d
			}
		}
		if len(angles)%2 == 1 {
			p, q = p*(1-math.Cos(w)*math.Cos(w)), q/4
		} else {
			p, q = p*(1-math.Cos(w))/2, q*(1+math.Cos(w))/2
		}
		full := math.Exp2(float64(f.AmplitudeBits)) - 1
		curve[i] = math.Exp(.11512925 * (float64(amplitude)*float64(f.AmplitudeOffset)/(full*math.Sqrt(p+q)) - float64(f.AmplitudeOffset)))
	}
	return curve
}

// The curve in integers is the formula's to a few parts in 100,000 of each
// line, wherever it is not below a 16-bit sample's last place by far.
func TestFloor0Curve(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	for run := range 60 {
		order := 1 + run%30
		f := &vorbis.Floor0{
			Order: order, Rate: []int{8000, 44100, 65535}[run%3], MapSize: []int{256, 100, 2048, 1}[run%4],
			AmplitudeBits: []int{6, 12, 40, 63}[run%4], AmplitudeOffset: []int{100, 140, 255}[run%3],
		}
		n := []int{32, 1024}[run%2]
		g := newFloor0(f, &vorbis.Setup{}, [2]int{64, 2048})
		var angles []float64
		for range order {
			angles = append(angles, math.Pi*r.Float64())
		}
		slices.Sort(angles)
		p := filter{amplitude: uint64(float64(uint64(1)<<f.AmplitudeBits-1) * (0.2 + 0.6*r.Float64()))}
		for i, a := range angles {
			p.cosines[i] = cosine(angle(int32(math.RoundToEven(a * (1 << lspBits)))))
		}
		x := make([]int32, n)
		for i := range x {
			x[i] = 1 << 16
		}
		g.apply(&p, x, 31+16-spectrumBits)
		moved := 0 // lines on another place of the map
		for i, want := range curve0(f, p.amplitude, angles, n) {
			got := float64(x[i]) / (1 << spectrumBits)
			want = min(want, 8)
			if d := math.Abs(got - want); d > 1e-4*want+1e-8 {
				moved++
			}
		}
		if moved > n/100 {
			t.Errorf("run %d, order %d: %d of %d lines are wrong", run, order, moved, n)
		}
	}
}

func TestCosine(t *testing.T) {
	for i := range 100000 {
		x := uint32(i) * 429497
		want := math.Cos(2 * math.Pi * float64(x) / (1 << 32))
		if d := float64(cosine(x))/(1<<cosBits) - want; math.Abs(d) > 1e-8 {
			t.Fatalf("cosine of %#x: off by %g", x, d)
		}
	}
}

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		x      int32
		factor uint32
		shift  int
		want   int32
	}{
		{5, 1 << 30, 30, 5}, {-5, 1 << 30, 31, -2}, {5, 1 << 30, 31, 3}, {1 << 30, 1<<31 - 1, 29, 1<<31 - 1}, {-1 << 30, 1<<31 - 1, -100, -1 << 31},
		{1, 1 << 30, 200, 0}, {-1, 1 << 30, 200, -1 + 1}, {0, 1 << 30, -5, 0}, {3, 1 << 30, 0, 1<<31 - 1},
	} {
		if got := times(c.x, c.factor, c.shift); got != c.want {
			t.Errorf("times(%d, %d, %d) is %d, want %d", c.x, c.factor, c.shift, got, c.want)
		}
	}
}
