package silk

// Concealment of lost frames: the last pitch goes on, and the last excitation
// in random order, both fading.

// plc is what is kept for it of the last frame.
type plc struct {
	kHz       int
	lag       int32 // Q8
	long      [taps]int16
	filter    [maxOrder]int16
	longGain  int32
	gains     [2]int32 // of the last two subframes, Q16
	sublength int
	subframes int
	seed      int32
	noise     int32 // scale, Q14

	wasLost bool
	energy  int32 // of the last concealed frame
	shift   int   // of that
}

func (p *plc) reset(length int) {
	p.lag = int32(length) << 7
	p.gains = [2]int32{1 << 16, 1 << 16}
	p.sublength, p.subframes = 20, 2
}

func (p *plc) follow(c *channel) {
	if p.kHz != c.kHz {
		p.reset(c.length)
		p.kHz = c.kHz
	}
}

// update takes in a frame that was decoded.
func (p *plc) update(c *channel, ctl *control) {
	p.follow(c)
	c.signal = c.ix.signal
	p.long = [taps]int16{}
	if c.ix.signal == voiced {
		p.keepPitch(c, ctl)
	} else {
		p.lag = int32(18*c.kHz) << 8
	}
	p.filter = ctl.filters[1]
	p.longGain = ctl.longGain
	copy(p.gains[:], ctl.gains[c.subframes-2:c.subframes])
	p.sublength, p.subframes = c.sublength, c.subframes
}

// keepPitch keeps that of the subframe of the last period which has the
// highest gain, within limits, as one tap.
func (p *plc) keepPitch(c *channel, ctl *control) {
	const least, most = 11469, 15565 // 0.7, 0.95
	last := c.subframes - 1
	gain := int32(0)
	for j := 0; j <= last && j*c.sublength < ctl.lags[last]; j++ {
		sum := int32(0)
		for _, b := range ctl.long[last-j] {
			sum += int32(b)
		}
		if sum > gain {
			gain, p.lag = sum, int32(ctl.lags[last-j])<<8
		}
	}
	switch {
	case gain < least:
		gain = int32(int16(gain)) * int32(int16(least<<10/max(gain, 1))) >> 10
	case gain > most:
		gain = int32(int16(gain)) * int32(int16(most<<14/gain)) >> 14
	}
	p.long[taps/2] = int16(gain)
}

// attenuation is that of the pitch, and of noise with and without a pitch, in
// the first frame and further ones, Q15.
var (
	pitchFade    = [2]int32{32440, 31130}
	voicedFade   = [2]int32{31130, 26214}
	unvoicedFade = [2]int32{32440, 29491}
)

// conceal makes a frame.
func (p *plc) conceal(c *channel, w *core, out []int16) {
	p.follow(c)
	if c.first {
		p.filter = [maxOrder]int16{}
	}
	gains := [2]int32{p.gains[0] >> 6, p.gains[1] >> 6}
	noise := p.quieter(c, w, gains)
	const softer = 64881 // 0.99, Q16
	expand(p.filter[:c.order], softer)
	a := p.filter
	n := min(c.losses, 1)
	fade := unvoicedFade[n]
	if c.signal == voiced {
		fade = voicedFade[n]
	}
	if c.losses == 0 {
		fade = p.firstNoise(c, fade)
	}
	p.whitenPast(c, w, a[:c.order])
	p.extend(c, w, noise, pitchFade[n], fade)

	state := w.filter[:maxOrder+c.length]
	copy(state, c.short[:])
	copy(state[maxOrder:], w.long[c.memory:][:c.length])
	filter(state, a[:c.order])
	scaleOut(out, state[maxOrder:], gains[1])
	copy(c.short[:], state[c.length:])
}

// quieter is the last part of that of the last two subframes' excitations which
// has less energy.
func (p *plc) quieter(c *channel, w *core, gains [2]int32) []int32 {
	var sum [2]int32
	var n [2]int
	for k := range 2 {
		x := w.white[:c.sublength]
		for i, e := range c.excitation[(c.subframes-2+k)*c.sublength:][:c.sublength] {
			x[i] = int16(sat16(mulWW(e, gains[k]) >> 8))
		}
		sum[k], n[k] = energy(x)
	}
	end := p.subframes * p.sublength
	if sum[0]>>n[1] < sum[1]>>n[0] {
		end = (p.subframes - 1) * p.sublength
	}
	return c.excitation[max(0, end-noiseSize):]
}

// noiseSize is how much of the excitation is noise.
const noiseSize = 128

// firstNoise sets the scale of the noise for a first lost frame, and may have
// it fade more.
func (p *plc) firstNoise(c *channel, fade int32) int32 {
	p.noise = 1 << 14
	if c.signal == voiced {
		for _, b := range p.long {
			p.noise -= int32(b)
		}
		p.noise = int32(int16(max(3277, int32(int16(p.noise))) * p.longGain >> 14))
		return fade
	}
	gain := inverseGain(p.filter[:c.order])
	gain = max(1<<22, min(gain, 1<<27)) << 3
	return mulWB(gain, fade) >> 14
}

// whitenPast fills the long-term state, Q14.
func (p *plc) whitenPast(c *channel, w *core, a []int16) {
	lag := int(round(p.lag, 8))
	start := c.memory - lag - c.order - taps/2
	whiten(w.white[start:c.memory], c.past[start:], a)
	scale := min(inverse(p.gains[1], 46), 1<<30-1)
	for i := start + c.order; i < c.memory; i++ {
		w.long[i] = mulWB(scale, int32(w.white[i]))
	}
}

// extend writes a frame of excitation to the long-term state.
func (p *plc) extend(c *channel, w *core, noise []int32, pitchFade, fade int32) {
	at := c.memory
	for range c.subframes {
		b := &p.long
		lag := int(round(p.lag, 8))
		for range c.sublength {
			past := w.long[at-lag-taps/2:][:taps]
			sum := int32(2)
			for j, g := range b {
				sum += mulWB(past[taps-1-j], int32(g))
			}
			p.seed = random(p.seed)
			w.long[at] = (sum + mulWB(noise[p.seed>>25&(noiseSize-1)], p.noise)) << 2
			at++
		}
		for j, g := range b {
			b[j] = int16(pitchFade * int32(g) >> 15)
		}
		if c.ix.signal != inactive {
			p.noise = int32(int16(p.noise * int32(int16(fade)) >> 15))
		}
		const drift = 655 // 1 %
		p.lag = min(p.lag+mulWB(p.lag, drift), int32(18*c.kHz)<<8)
	}
	lag := int(round(p.lag, 8))
	w.control.lags = [4]int{lag, lag, lag, lag}
}

// glue fades a decoded frame in where it is louder than the concealment before.
func (p *plc) glue(out []int16, losses int) {
	if losses > 0 {
		p.energy, p.shift = energy(out)
		p.wasLost = true
		return
	}
	if !p.wasLost {
		return
	}
	p.wasLost = false
	e, n := energy(out)
	if n > p.shift {
		p.energy >>= n - p.shift
	} else {
		e >>= p.shift - n
	}
	if e <= p.energy {
		return
	}
	lz := zeros(p.energy) - 1
	p.energy <<= lz
	e >>= max(24-lz, 0)
	gain := root(p.energy/max(e, 1)) << 4
	slope := (1<<16 - gain) / int32(len(out)) << 2
	for i, v := range out {
		out[i] = int16(mulWB(gain, int32(v)))
		if gain += slope; gain > 1<<16 {
			return
		}
	}
}
