package synth

// partial is one of the sines that a struck bar consists of.
type partial struct {
	ratio, level float64
	ring         float64 // seconds to a 1/e
}

var (
	glockenspiel = []partial{{1, 0.6, 1.1}, {2.76, 0.22, 0.45}, {5.40, 0.12, 0.18}, {8.93, 0.05, 0.07}}
	musicBox     = []partial{{1, 0.55, 1.3}, {2.002, 0.2, 0.8}, {3.01, 0.1, 0.35}, {6.27, 0.06, 0.1}}
)

// strike is a bar that is struck.
func strike(partials []partial, hz, seconds float64) []float64 {
	out := make([]float64, samples(seconds))
	for _, p := range partials {
		level, decay, phase := p.level, fall(p.ring), 0.0
		if hz*p.ratio > 16000 {
			continue
		}
		for t := range out {
			out[t] += level * sine.at(phase)
			level *= decay
			phase += hz * p.ratio / Rate
			phase -= float64(int(phase))
		}
	}
	for t := range samples(0.002) {
		out[t] *= float64(t) / float64(samples(0.002))
	}
	fadeOut(out, 0.1)
	return out
}

// electricPiano is a tine: a sine that another of the same pitch modulates,
// and a short high one for the hammer. It wanders from side to side.
func electricPiano(hz, seconds, hard float64) stereo {
	n := samples(seconds)
	out := newStereo(n)
	index, indexDecay := 0.28*hard, fall(0.5)
	level, decay := 0.5, fall(1.2)
	tine, tineDecay := 0.1*hard, fall(0.06)
	var phase, ring, sway float64
	for t := range n {
		body := sine.at(phase + index*sine.at(phase) + 1)
		v := level*body + tine*sine.at(ring)
		side := 0.35 * sine.at(sway)
		out.l[t], out.r[t] = v*(1-side), v*(1+side)
		phase += hz / Rate
		phase -= float64(int(phase))
		ring += 7 * hz / Rate
		ring -= float64(int(ring))
		sway += 1.7 / Rate
		index *= indexDecay
		level *= decay
		tine *= tineDecay
	}
	for t := range samples(0.004) {
		a := float64(t) / float64(samples(0.004))
		out.l[t] *= a
		out.r[t] *= a
	}
	fadeOut(out.l, 0.12)
	fadeOut(out.r, 0.12)
	return out
}
