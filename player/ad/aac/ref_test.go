package aac

import (
	"math"
	"math/rand/v2"
	"testing"
)

// refPower is clause 4.6.2.3 as it stands, in units of a line's last place.
func refPower(v int32, factor, point int) float64 {
	x := math.Pow(math.Abs(float64(v)), 4./3) * math.Exp2(float64(factor-100)/4+float64(point))
	return math.Copysign(min(x, maxLine), float64(v))
}

// Lines are within half of their last place, or within a millionth; small
// values, whose power has 17 bits behind the point, within four.
func TestRequantize(t *testing.T) {
	for v := int32(-8206); v <= 8206; v++ {
		if v > 20 || v < -20 {
			v = min(v+71, 8206)
		}
		for _, factor := range []int{0, 40, 90, 100, 101, 102, 103, 120, 131, 150, 161, 180, 190, 200, 220, 255} {
			for _, point := range []int{lineBits, shortBits} {
				x := []int32{v}
				requantize(x, factor, point)
				want := refPower(v, factor, point)
				allowed := 0.51 + math.Abs(want)*1.2e-6
				if v > -8 && v < 8 {
					allowed = 0.51 + math.Abs(want)*8e-6
				}
				if e := math.Abs(float64(x[0]) - want); e > allowed {
					t.Fatalf("%d with factor %d: %d, want %.2f", v, factor, x[0], want)
				}
			}
		}
	}
}

// refWindow is a rising slope of n values, clause 4.6.11.3.2.
func refWindow(n int, kbd bool) []float64 {
	w := make([]float64, n)
	if !kbd {
		for i := range w {
			w[i] = math.Sin(math.Pi / float64(2*n) * (float64(i) + .5))
		}
		return w
	}
	alpha := 4.
	if n == shortLength {
		alpha = 6
	}
	kernel := make([]float64, n+1)
	all := 0.
	for i := range kernel {
		x := (float64(i) - float64(n)/2) / (float64(n) / 2)
		sum, term := 0., 1.
		for k := 1.; term > sum*1e-17; k++ {
			sum += term
			term *= math.Pow(math.Pi*alpha*math.Sqrt(1-x*x)/2/k, 2)
		}
		kernel[i] = sum
		all += sum
	}
	part := 0.
	for i := range w {
		part += kernel[i]
		w[i] = math.Sqrt(part / all)
	}
	return w
}

// refInverse is the transform of clause 4.6.11.3.1.
func refInverse(x []float64) []float64 {
	n := 2 * len(x)
	y := make([]float64, n)
	n0 := (float64(n)/2 + 1) / 2
	for i := range y {
		for k, v := range x {
			if v != 0 {
				y[i] += v * math.Cos(2*math.Pi/float64(n)*(float64(i)+n0)*(float64(k)+.5))
			}
		}
		y[i] *= 2 / float64(n)
	}
	return y
}

// refSynthesis is clause 4.6.11.3: blocks of 2048 windowed values overlap.
type refSynthesis struct {
	kbd     bool
	last    [frameLength]float64
	windows map[int]map[bool][]float64 // by length and shape
}

func newRefSynthesis() *refSynthesis {
	s := &refSynthesis{windows: map[int]map[bool][]float64{}}
	for _, n := range []int{frameLength, shortLength} {
		s.windows[n] = map[bool][]float64{false: refWindow(n, false), true: refWindow(n, true)}
	}
	return s
}

func (s *refSynthesis) frame(x []float64, sequence int, kbd bool) []float64 {
	long := [2][]float64{s.windows[frameLength][s.kbd], s.windows[frameLength][kbd]}
	short := [2][]float64{s.windows[shortLength][s.kbd], s.windows[shortLength][kbd]}
	block := make([]float64, 2*frameLength)
	const before = (frameLength - shortLength) / 2
	if sequence == eightShort {
		for w := range 8 {
			rise := short[1]
			if w == 0 {
				rise = short[0]
			}
			for i, v := range refInverse(x[w*shortLength : (w+1)*shortLength]) {
				if i < shortLength {
					v *= rise[i]
				} else {
					v *= short[1][2*shortLength-1-i]
				}
				block[before+w*shortLength+i] += v
			}
		}
	} else {
		for i, v := range refInverse(x) {
			j := 2*frameLength - 1 - i
			switch {
			case i < frameLength && sequence == longStop:
				v *= slope(short[0], i-before)
			case i < frameLength:
				v *= long[0][i]
			case sequence == longStart:
				v *= slope(short[1], j-before)
			default:
				v *= long[1][j]
			}
			block[i] = v
		}
	}
	out := make([]float64, frameLength)
	for i := range out {
		out[i] = s.last[i] + block[i]
	}
	copy(s.last[:], block[frameLength:])
	s.kbd = kbd
	return out
}

// slope is a rising slope that is 0 before it and 1 behind.
func slope(w []float64, i int) float64 {
	switch {
	case i < 0:
		return 0
	case i >= len(w):
		return 1
	}
	return w[i]
}

// All window sequences and shapes, as valid streams have them: the error is
// that of the transform, some thousandths of a 16-bit sample's last place.
func TestFilterBank(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	dec := newTestDecoder(t)
	c := &dec.channels[0]
	ref := newRefSynthesis()
	follows := map[int][]int{
		onlyLong: {onlyLong, longStart}, longStart: {eightShort}, eightShort: {eightShort, longStop}, longStop: {onlyLong, longStart},
	}
	sum, n := 0., 0
	for range 14 {
		next := follows[c.sequence]
		c.sequence, c.kbd = next[r.IntN(len(next))], r.IntN(2) == 0
		want := ref.frame(randomLines(r, c), c.sequence, c.kbd)
		out := make([]int32, 2*frameLength)
		dec.bank.synthesize(out, 2, c)
		for i, v := range want {
			e := float64(out[2*i])/(1<<16) - v
			if sum += e * e; math.Abs(e) > 0.05 {
				t.Fatalf("sequence %d, sample %d: %.3f, want %.3f", c.sequence, i, float64(out[2*i])/(1<<16), v)
			}
			n++
		}
	}
	if rms := math.Sqrt(sum / float64(n)); rms > 0.005 {
		t.Errorf("the error is %.4f of a 16-bit sample's last place", rms)
	}
}

// randomLines fills a channel's spectrum, and returns it as numbers: a few
// lines of some 60 dB.
func randomLines(r *rand.Rand, c *channel) []float64 {
	clear(c.spectrum[:])
	x := make([]float64, frameLength)
	for range 8 {
		i := r.IntN(frameLength)
		c.spectrum[i] = int32(math.Ldexp(r.NormFloat64(), 18+c.point()))
		x[i] = math.Ldexp(float64(c.spectrum[i]), -c.point())
		if c.sequence == eightShort {
			c.spectrum[i] /= 8
			x[i] = math.Ldexp(float64(c.spectrum[i]), -c.point())
		}
	}
	return x
}

// refTNS is clause 4.6.9.3 for one filter, upwards.
func refTNS(x []float64, coefs []int, bits int) {
	order := len(coefs)
	a := make([]float64, order+1)
	a[0] = 1
	for m := 1; m <= order; m++ {
		c := float64(coefs[m-1])
		f := (math.Exp2(float64(bits-1)) - .5) / (math.Pi / 2)
		if c < 0 {
			f = (math.Exp2(float64(bits-1)) + .5) / (math.Pi / 2)
		}
		k := math.Sin(c / f)
		b := append([]float64(nil), a...)
		for i := 1; i < m; i++ {
			b[i] = a[i] + k*a[m-i]
		}
		b[m] = k
		a = b
	}
	for n := range x {
		for i := 1; i <= min(order, n); i++ {
			x[n] -= a[i] * x[n-i]
		}
	}
}

// Random filters, up and down, over bands of a spectrum: the error is that of
// rounding each line, which the filter repeats as it does the lines, and a
// millionth of the largest line for that of its coefficients.
func TestTNS(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 60 {
		bits := 3 + round%2
		order := 1 + r.IntN(maxOrder)
		f := filter{order: order, down: r.IntN(2) == 0}
		coefs, k := make([]int, order), make([]int32, order)
		for i := range coefs {
			coefs[i] = int(r.NormFloat64() * float64(int(1)<<bits) / 6)
			coefs[i] = min(max(coefs[i], -1<<(bits-1)), 1<<(bits-1)-1)
			k[i] = reflection4[coefs[i]&15]
			if bits == 3 {
				k[i] = reflection3[coefs[i]&7]
			}
		}
		f.design(k)
		x := make([]int32, 50+r.IntN(200))
		want := make([]float64, len(x))
		for i := range x {
			x[i] = int32(r.NormFloat64() * (1 << 16))
		}
		at := func(n int) int {
			if f.down {
				return len(x) - 1 - n
			}
			return n
		}
		for n := range want {
			want[n] = float64(x[at(n)])
		}
		refTNS(want, coefs, bits)
		f.run(x)
		most, gain := 0., 0.
		for _, v := range want {
			most = max(most, math.Abs(v))
		}
		impulse := make([]float64, len(x))
		impulse[0] = 1
		refTNS(impulse, coefs, bits)
		for _, v := range impulse {
			gain += math.Abs(v)
		}
		for n, v := range want {
			if most > maxLine/2 {
				break // held on the way
			}
			if e := math.Abs(float64(x[at(n)]) - v); e > 0.51*gain+most*1e-6 {
				t.Fatalf("coefficients %v, line %d: %d, want %.1f (largest %.0f)", coefs, n, x[at(n)], v, most)
			}
		}
	}
}
