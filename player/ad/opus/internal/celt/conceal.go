package celt

// Lost frames. The first ones go on with the last pitch, those later on with
// noise that fades to the noise that was always there.

// maxPeriod is how many samples concealment looks back.
const maxPeriod = 1024

// concealment is its working storage.
type concealment struct {
	half    [memory / 2]int16 // sound at half the rate
	quarter [2][memory / 4]int16
	corr    [(pitchMax - pitchMin) / 2]int32
	shift   int // of corr
	work    [maxPeriod + lpcOrder]int16
	past    [lpcOrder + maxPeriod]int16 // the last sound, and what excites it
	rest    [maxPeriod]int16
	excite  [longest + overlap + lpcOrder]int16
	tail    [overlap]int32
}

// lost makes a frame of its own.
func (d *Decoder) lost(f *frame) {
	if d.losses >= 5 || d.start != 0 || d.noise {
		d.lostNoise(f)
	} else {
		d.lostPitch(f)
	}
	d.losses++
}

func (d *Decoder) lostNoise(f *frame) {
	decay := int16(bit / 2)
	if d.losses == 0 {
		decay = bit + bit/2
	}
	for c := range d.channels {
		for i := d.start; i < d.end; i++ {
			e := &d.energy[c*bands+i]
			*e = max(d.background[c*bands+i], *e-decay)
		}
	}
	for c := range d.channels {
		for i := d.start; i < d.end; i++ {
			x := f.x[c*f.n+edges[i]<<f.size:][:width(i)<<f.size]
			for j := range x {
				d.rng = random(d.rng)
				x[j] = int16(int32(d.rng) >> 20)
			}
			normalize(x, unity)
		}
	}
	for c := range d.channels {
		d.sound[c].advance(f.n)
	}
	d.synthesize(f, d.channels)
}

func (d *Decoder) lostPitch(f *frame) {
	fade := int32(26214) // 0.8
	if d.losses == 0 {
		fade = unity
		d.pitch = d.conceal.pitchOf(d)
	}
	for c := range d.channels {
		d.extend(f, c, fade)
	}
}

// extend repeats the last period of a channel's excitation, faded, filters it,
// and leaves the half of a slope behind it.
func (d *Decoder) extend(f *frame, c int, fade int32) {
	s, lpc := d.sound[c].now(), &d.lpc[c]
	o := &d.conceal
	for i := range o.past {
		o.past[i] = int16(round(s[memory-len(o.past)+i], 12))
	}
	if d.losses == 0 {
		o.analyse(lpc)
	}
	n := min(2*d.pitch, maxPeriod)
	residual(o.rest[:n], o.past[maxPeriod-n:], lpc)
	copy(o.past[lpcOrder+maxPeriod-n:], o.rest[:n])
	decay := decayOf(o.past[lpcOrder+maxPeriod-n:])

	d.sound[c].advance(f.n)
	s = d.sound[c].now()
	out := s[memory-f.n:][:f.n+overlap]
	before := d.repeat(out, s, fade, decay, f.n)

	var last [lpcOrder]int16
	for i := range last {
		last[i] = int16(round(s[memory-f.n-1-i], 12))
	}
	excite(out, lpc, &last, o.excite[:])
	for i, v := range out {
		out[i] = saturate(v)
	}
	limit(out, before)
	d.slope(s)
}

// analyse makes the filter of the last sound.
func (o *concealment) analyse(lpc *[lpcOrder]int16) {
	var ac [lpcOrder + 1]int32
	autocorrelation(ac[:], o.past[lpcOrder:], Window[:], o.work[:])
	smooth(ac[:])
	predictor(lpc[:], ac[:])
	for {
		sum, g := int32(4096), int32(unity)
		for _, a := range lpc {
			sum += max(int32(a), -int32(a))
		}
		if sum < 65535 {
			return
		}
		for i, a := range lpc {
			g = mul16(32440, g) // 0.99
			lpc[i] = int16(mul16(int32(a), g))
		}
	}
}

// decayOf is how much the second half of x is quieter than the first, Q15.
func decayOf(x []int16) int32 {
	peak := int32(0)
	for _, v := range x {
		peak = max(peak, int32(v), -int32(v))
	}
	n := 0
	if peak > 0 {
		n = max(0, 2*log2(peak)-20)
	}
	half := len(x) / 2
	now, before := int32(1), int32(1)
	for i := range half {
		e := int32(x[len(x)-half+i])
		now += e * e >> n
		e = int32(x[len(x)-2*half+i])
		before += e * e >> n
	}
	now = min(now, before)
	return root(fraction(now>>1, before))
}

// repeat writes the last period of the excitation again and again, and returns
// the energy of the sound that it stands for.
func (d *Decoder) repeat(out []int32, s *[memory + overlap]int32, fade, decay int32, n int) (energy int32) {
	g := mul16(fade, decay)
	from := maxPeriod - d.pitch
	j := 0
	for i := range out {
		if j >= d.pitch {
			j -= d.pitch
			g = mul16(g, decay)
		}
		out[i] = mul16(g, int32(d.conceal.past[lpcOrder+from+j])) << 12
		v := int32(int16(round(s[memory-maxPeriod-n+from+j], 12)))
		energy += v * v >> 10
		j++
	}
	return energy
}

// limit makes out silent if it is much louder than what it repeats, and quieter
// if it is a little.
func limit(out []int32, before int32) {
	now := int32(0)
	for _, v := range out {
		v = int32(int16(round(v, 12)))
		now += v * v >> 10
	}
	switch {
	case before <= now>>2:
		clear(out)
	case before < now:
		ratio := root(fraction(before>>1+1, now+1))
		for i, v := range out {
			g := ratio
			if i < overlap {
				g = 32767 - mul16(int32(Window[i]), 32767-ratio)
			}
			out[i] = mulQ15(v, g)
		}
	}
}

// slope takes the postfilter out of the last samples and folds them, as the
// second half of a transform leaves them.
func (d *Decoder) slope(s *[memory + overlap]int32) {
	t := &d.conceal.tail
	copy(t[:], s[memory:])
	if d.now.gain != 0 {
		period := max(d.now.period, shortestPeriod)
		inverse := d.now
		inverse.gain = -inverse.gain
		g := inverse.taps()
		for i := range t {
			b := s[memory+i-period-2:][:5]
			t[i] = saturate(t[i] + mulQ15(b[2], g[0]) + mulQ15(b[1]+b[3], g[1]) + mulQ15(b[0]+b[4], g[2]))
		}
	}
	for i := range overlap / 2 {
		s[memory+i] = mulQ15(t[overlap-1-i], int32(Window[i])) + mulQ15(t[i], int32(Window[overlap-1-i]))
	}
}
