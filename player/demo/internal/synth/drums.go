package synth

// drum is a skin: a sine that falls from one pitch to another, and the slap
// of what hits it.
func drum(high, low, ring, slap float64, seed random) []float64 {
	out := make([]float64, samples(ring*5))
	hz, level, noise := high, 0.9, slap
	hzFall, levelFall, noiseFall := fall(0.035), fall(ring), fall(0.012)
	soft := newLowpass(2500)
	var phase float64
	for t := range out {
		out[t] = level*sine.at(phase) + noise*soft.next(seed.next())
		hz = low + (hz-low)*hzFall
		level *= levelFall
		noise *= noiseFall
		phase += hz / Rate
		phase -= float64(int(phase))
	}
	for t := range samples(0.001) {
		out[t] *= float64(t) / float64(samples(0.001))
	}
	fadeOut(out, 0.02)
	return out
}

// brush is noise around a frequency that comes and goes: a shaker, a brush, a
// cymbal that is stroked.
func brush(hz, q, rise, ring float64, seed random) []float64 {
	out := make([]float64, samples(rise+ring*5))
	band, high := newBandpass(hz, q), newLowpass(hz/3)
	level, decay, n := 1.0, fall(ring), samples(rise)
	for t := range out {
		v := band.next(seed.next())
		v -= high.next(v)
		if t < n {
			out[t] = v * float64(t) / float64(n)
			continue
		}
		out[t] = v * level
		level *= decay
	}
	fadeOut(out, 0.01)
	return out
}

// block is a wood block.
func block(hz float64) []float64 {
	return strike([]partial{{1, 0.6, 0.03}, {1.47, 0.35, 0.02}, {2.71, 0.15, 0.01}}, hz, 0.25)
}

// chirp is a small bird: a whistle that jumps and slides, a few times.
func chirp(seed random) []float64 {
	out := make([]float64, samples(0.9))
	at := 0
	for at < len(out) {
		from, to := 3300+900*seed.next(), 4300+1300*seed.next()
		n := samples(0.05 + 0.03*seed.next())
		phase := 0.0
		for t := range min(n, len(out)-at) {
			x := float64(t) / float64(n)
			out[at+t] = 0.3 * sine.at(phase) * 4 * x * (1 - x)
			phase += (from + (to-from)*x*x) / Rate
			phase -= float64(int(phase))
		}
		at += n + samples(0.05+0.04*seed.next())
	}
	return out
}
