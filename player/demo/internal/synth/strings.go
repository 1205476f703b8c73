package synth

import "math"

// str is a plucked string and the hand that plucks it.
type str struct {
	bright  float64 // cutoff in hertz of the pluck's noise
	where   float64 // the plucked point, as a share of the string
	ring    float64 // seconds to fall by 60 dB
	damping float64 // 0 to 0.5: how fast the treble dies
	body    float64 // share of the sound that a wooden body colours
}

// play is a note of the string, after Karplus and Strong: noise that goes
// round a line of one period and loses its treble on the way. bend, when not
// nil, is the factor by which a hand behind the bridge raises the pitch at a
// time in seconds.
func (s str) play(hz, seconds float64, seed random, bend func(float64) float64) []float64 {
	period := Rate/hz - s.damping // the filter's own delay
	burst := s.burst(period, seed)
	loss := math.Pow(0.001, 1/(hz*s.ring))
	out := make([]float64, samples(seconds))
	delay, last := period, 0.0
	for t := range out {
		if bend != nil && t%16 == 0 {
			delay = period / bend(float64(t)/Rate)
		}
		v := tap(out, t, delay)
		out[t] = loss * ((1-s.damping)*v + s.damping*last)
		last = v
		if t < len(burst) {
			out[t] += burst[t]
		}
	}
	s.resonate(out)
	fadeOut(out, 0.05)
	return out
}

// burst is a period of noise, without the harmonics that have a node where
// the string is plucked.
func (s str) burst(period float64, seed random) []float64 {
	n := int(period) + 1
	b := make([]float64, n+int(s.where*period))
	soft, softer := newLowpass(s.bright), newLowpass(s.bright)
	sum := 0.0
	for i := range n {
		b[i] = softer.next(soft.next(seed.next()))
		sum += b[i] * b[i]
	}
	scale := 0.35 / math.Sqrt(sum/float64(n)+1e-12)
	for i := len(b) - 1; i >= 0; i-- {
		if j := i - int(s.where*period); j >= 0 {
			b[i] -= b[j]
		}
		b[i] *= scale
	}
	return b
}

// resonate adds what a body of wood does: two broad peaks.
func (s str) resonate(out []float64) {
	if s.body == 0 {
		return
	}
	air, top := newBandpass(105, 3), newBandpass(215, 3)
	for t, v := range out {
		out[t] = v + s.body*(air.next(v)+top.next(v))
	}
}

// tap reads y, delay samples before t, by a cubic through four samples; delay
// is at least 2.
func tap(y []float64, t int, delay float64) float64 {
	whole := int(delay)
	f := delay - float64(whole)
	i := t - whole
	if i < 2 {
		return 0
	}
	a, b, c, d := y[i+1], y[i], y[i-1], y[i-2]
	return -f*(1-f)*(2-f)/6*a + (1+f)*(1-f)*(2-f)/2*b + (1+f)*f*(2-f)/2*c - (1+f)*f*(1-f)/6*d
}
