package silk

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// TestFunctions holds what is approximated against its definition.
func TestFunctions(t *testing.T) {
	near := func(name string, x, got, want, tolerance float64) {
		t.Helper()
		if math.Abs(got-want) > tolerance {
			t.Fatalf("%s of %v: %v, want %v", name, x, got, want)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range rounds(20000) {
		a, b := int32(r.Uint32())>>r.IntN(31), int32(int16(r.Uint32()))
		if got, want := mulWB(a, b), int32(int64(a)*int64(b)>>16); got != want {
			t.Fatalf("mulWB(%d, %d) = %d, want %d", a, b, got, want)
		}
		c := int32(r.Uint32())
		clip := func(v int64) int32 { return int32(max(math.MinInt32, min(v, math.MaxInt32))) }
		if got, want := addSat(a, c), clip(int64(a)+int64(c)); got != want {
			t.Fatalf("addSat(%d, %d) = %d, want %d", a, c, got, want)
		}
		if got, want := subSat(a, c), clip(int64(a)-int64(c)); got != want {
			t.Fatalf("subSat(%d, %d) = %d, want %d", a, c, got, want)
		}
		n := r.IntN(20)
		if got, want := shlSat(a, n), clip(int64(a)<<n); got>>n != want>>n {
			t.Fatalf("shlSat(%d, %d) = %d, want %d", a, n, got, want)
		}
		x := 1 + r.Int32N(1<<31-1)>>r.IntN(30)
		f := float64(x)
		near("root", f, float64(root(x)), math.Sqrt(f), 2+math.Sqrt(f)/20)
		near("inverse", f, float64(inverse(x, 30)), math.Exp2(30)/f, 1+math.Exp2(30)/f/1000)
		p := r.Int32N(x)
		near("quotient", f, float64(quotient(p+1, x, 16)), 65536*float64(p+1)/f, 3)
		l := r.Int32N(3967)
		near("exp2", float64(l), float64(exp2(l)), math.Exp2(float64(l)/128), 1+math.Exp2(float64(l)/128)/100)
	}
}

// TestEnergy adds up squares.
func TestEnergy(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 1000 {
		x := make([]int16, 1+r.IntN(320))
		want := 0.0
		for i := range x {
			x[i] = int16(r.Int32()>>16) >> r.IntN(16)
			want += float64(x[i]) * float64(x[i])
		}
		sum, n := energy(x)
		if got := float64(sum) * math.Exp2(float64(n)); got > want || got < want-float64(len(x))*math.Exp2(float64(n)) || sum < 0 || sum >= 1<<30 {
			t.Fatalf("energy %d<<%d, want %v", sum, n, want)
		}
	}
}

// rounds is n, but fewer where floating point is computed.
func rounds(n int) int {
	if runtime.GOARCH == "arm" {
		return n / 5
	}
	return n
}

// TestFilters makes filters of random frequencies: each has its roots where the
// frequencies say, but for a few that were made softer, and it is stable.
func TestFilters(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	off, all := 0, 0
	for _, b := range []*codebook{&narrow, &wide} {
		for range rounds(500) {
			index := make([]int, 1+b.order)
			index[0] = r.IntN(32)
			for i := range b.order {
				index[i+1] = r.IntN(3) - 1
			}
			f := b.decode(index)
			last := int32(0)
			for i, v := range f[:b.order] {
				if int32(v)-last < int32(b.spacing[i]) {
					t.Fatalf("frequencies %v: too near at %d", f, i)
				}
				last = int32(v)
			}
			var a [maxOrder]int16
			toFilter(&a, &f, b.order)
			if inverseGain(a[:b.order]) == 0 {
				t.Fatalf("frequencies %v: unstable", f)
			}
			off += wrongRoots(a[:b.order], f[:b.order])
			all += b.order
		}
	}
	if off > all/100 {
		t.Errorf("%d of %d roots are elsewhere", off, all)
	}
}

// wrongRoots evaluates the sum or the difference of the filter and its mirror at
// each frequency, by turns, and counts where that is not 0.
func wrongRoots(a, f []int16) (wrong int) {
	n := len(a)
	poly := make([]float64, n+2)
	poly[0] = 1
	for i, v := range a {
		poly[i+1] = -float64(v) / 4096
	}
	for k, v := range f {
		w := math.Pi * float64(v) / 32768
		sign := 1.0
		if k%2 == 1 {
			sign = -1
		}
		re, im, size := 0.0, 0.0, 0.0
		for i := range poly {
			p := poly[i] + sign*poly[n+1-i]
			re += p * math.Cos(w*float64(i))
			im += p * math.Sin(w*float64(i))
			size += math.Abs(p)
		}
		if math.Hypot(re, im) > 0.05*size+0.05 {
			wrong++
		}
	}
	return wrong
}

// TestInverseGain compares with the power of the impulse response that a filter
// of two taps has.
func TestInverseGain(t *testing.T) {
	for _, a := range [][2]float64{{0, 0}, {0.9, 0}, {1.2, -0.5}, {-1.5, -0.7}, {0.1, -0.9}} {
		q := []int16{int16(a[0] * 4096), int16(a[1] * 4096)}
		power, y1, y2 := 0.0, 0.0, 0.0
		for i := range 5000 {
			y := float64(q[0])/4096*y1 + float64(q[1])/4096*y2
			if i == 0 {
				y = 1
			}
			power += y * y
			y1, y2 = y, y1
		}
		got := float64(inverseGain(q)) / (1 << 30)
		if math.Abs(got*power-1) > 0.001 {
			t.Errorf("%v: %v, want %v", a, got, 1/power)
		}
	}
	if inverseGain([]int16{8000, -4200}) != 0 {
		t.Error("an unstable filter has a gain")
	}
}

// TestWhiten undoes what filter does.
func TestWhiten(t *testing.T) {
	a := make([]int16, 10)
	copy(a, []int16{5000, -2500, 300, 100, -200})
	state := make([]int32, maxOrder+200)
	in := make([]int32, 200)
	for i := range in {
		in[i] = int32(3000*math.Sin(float64(i)*float64(i)/50)) << 14
		state[maxOrder+i] = in[i]
	}
	filter(state, a)
	sound, back := make([]int16, 200), make([]int16, 200)
	for i := range sound {
		sound[i] = int16(round(state[maxOrder+i], 14))
	}
	whiten(back, sound, a)
	for i := 10; i < 200; i++ {
		if d := int32(back[i]) - in[i]>>14; d < -6 || d > 6 {
			t.Fatalf("sample %d: %d, want %d", i, back[i], in[i]>>14)
		}
	}
}

// TestResample brings a tone to 48 kHz: it is the same tone, at its level, and
// all rates have about the same delay.
func TestResample(t *testing.T) {
	for _, kHz := range []int{8, 12, 16} {
		var r resampler
		r.init(kHz)
		var got []float64
		const w = 2 * math.Pi * 1.0 // 1 kHz
		for block := range 10 {
			in, out := make([]int16, 20*kHz), make([]int16, 960)
			for i := range in {
				in[i] = int16(10000 * math.Sin(w*float64(block*20*kHz+i)/float64(kHz)))
			}
			r.resample(out, in)
			for _, v := range out {
				got = append(got, float64(v))
			}
		}
		re, im, rest := 0.0, 0.0, 0.0
		tail := got[4800:]
		for i, v := range tail {
			re += v * math.Sin(w*float64(4800+i)/48)
			im += v * math.Cos(w*float64(4800+i)/48)
		}
		re, im = re*2/float64(len(tail)), im*2/float64(len(tail))
		for i, v := range tail {
			d := v - re*math.Sin(w*float64(4800+i)/48) - im*math.Cos(w*float64(4800+i)/48)
			rest += d * d / float64(len(tail))
		}
		if level := math.Hypot(re, im); math.Abs(level-10000) > 300 || math.Sqrt(rest) > 60 {
			t.Errorf("%d kHz: level %g, noise %g", kHz, level, math.Sqrt(rest))
		}
		delay := math.Atan2(-im, re) / w
		if delay < 0 {
			delay++ // a period, in ms
		}
		if math.Abs(delay-0.65) > 0.15 {
			t.Errorf("%d kHz: a delay of %.3f ms", kHz, delay)
		}
	}
}

// TestSeparate makes left and right of middle and side where nothing is
// predicted, one sample late.
func TestSeparate(t *testing.T) {
	var s stereo
	x, y := make([]int16, 162), make([]int16, 162)
	for i := 2; i < len(x); i++ {
		x[i], y[i] = int16(i*50), int16(-i*10)
	}
	s.separate(x, y, [2]int32{}, 8)
	for i := 2; i < 160; i++ {
		if x[i] != int16(i*40) || y[i] != int16(i*60) {
			t.Fatalf("sample %d: %d, %d", i, x[i], y[i])
		}
	}
	if s.mid != [2]int16{160 * 50, 161 * 50} || s.side != [2]int16{-1600, -1610} {
		t.Errorf("kept %v, %v", s.mid, s.side)
	}
}
