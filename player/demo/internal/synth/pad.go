package synth

// pad is a chord of soft strings: of each note two detuned voices, one to
// each side.
func pad(chord []int, seconds, bright float64) stereo {
	n := samples(seconds)
	out := newStereo(n)
	for i, p := range chord {
		detune := 1.0016 + 0.0004*float64(i%3)
		bow(out.l, hertz(p)*detune, bright, 0.13*float64(i))
		bow(out.r, hertz(p)/detune, bright, 0.29+0.17*float64(i))
	}
	rise, end := samples(min(0.9, seconds/3)), samples(min(1.4, seconds/2))
	for t := range n {
		a := min(1, float64(t)/float64(rise), float64(n-t)/float64(end))
		a = a * a * (3 - 2*a) / float64(len(chord))
		out.l[t] *= a
		out.r[t] *= a
	}
	return out
}

// bow adds one voice: the first harmonics of a saw, the upper ones soft.
func bow(out []float64, hz, bright, phase float64) {
	levels := []float64{}
	for k, level := 1.0, 1.0; k <= 9 && hz*k < 9000; k++ {
		levels = append(levels, level/k)
		level *= bright
	}
	sway := phase
	for t := range out {
		phase += hz * (1 + 0.0009*sine.at(sway)) / Rate
		phase -= float64(int(phase))
		sway += 0.6 / Rate
		for k, level := range levels {
			out[t] += 0.3 * level * sine.at(phase*float64(k+1))
		}
	}
}

// bass is a round plucked bass.
func bass(hz, seconds float64) []float64 {
	out := make([]float64, samples(seconds))
	level, decay := 1.0, fall(0.9)
	second, secondDecay := 0.5, fall(0.25)
	var phase float64
	for t := range out {
		out[t] = 0.6 * level * (sine.at(phase) + second*sine.at(2*phase) + 0.3*second*sine.at(3*phase))
		level *= decay
		second *= secondDecay
		phase += hz / Rate
		phase -= float64(int(phase))
	}
	for t := range samples(0.006) {
		out[t] *= float64(t) / float64(samples(0.006))
	}
	fadeOut(out, 0.06)
	return out
}
