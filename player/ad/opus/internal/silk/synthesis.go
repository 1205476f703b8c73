package silk

// synthesize makes sound of the pulses and the parameters, RFC 6716 clause
// 4.2.7.9.
func (c *channel) synthesize(w *core, out []int16) {
	c.excite(w.pulses[:c.length])
	state := w.filter[:maxOrder+c.sublength]
	copy(state, c.short[:])
	for k := range c.subframes {
		at := k * c.sublength
		s := subframe{c: c, w: w, k: k, gain: w.control.gains[k], signal: c.ix.signal, adjust: 1 << 16}
		s.inverse = inverse(s.gain, 47)
		if s.gain != c.lastGain {
			s.adjust = quotient(c.lastGain, s.gain, 16)
			for i := range maxOrder {
				state[i] = mulWW(s.adjust, state[i])
			}
		}
		c.lastGain = s.gain
		s.afterLoss()
		rest := state[maxOrder:]
		copy(rest, c.excitation[at:])
		if s.signal == voiced {
			s.prepare(out)
			predictLong(rest, w.long[c.memory+at:], w.control.lags[k], &w.control.long[k], w.long[:])
		}
		filter(state, w.control.filters[k>>1][:c.order])
		scaleOut(out[at:][:c.sublength], rest, s.gain>>6)
		copy(state[:maxOrder], state[c.sublength:])
	}
	copy(c.short[:], state[:maxOrder])
}

// excite makes the excitation of the pulses: each away from 0 by an offset,
// with pseudorandom signs.
func (c *channel) excite(pulses []int16) {
	const adjust = 80 << 4
	offset := quantOffsets[c.ix.signal>>1][c.ix.offset] << 4
	seed := c.ix.seed
	for i, p := range pulses {
		seed = random(seed)
		e := int32(p) << 14
		if e > 0 {
			e -= adjust
		} else if e < 0 {
			e += adjust
		}
		e += offset
		if seed < 0 {
			e = -e
		}
		c.excitation[i] = e
		seed += int32(p)
	}
}

// scaleOut writes sound of samples with 14 bits behind the point and a gain
// with 10.
func scaleOut(out []int16, s []int32, gain int32) {
	s = s[:len(out)]
	for i, v := range s {
		out[i] = int16(sat16(round(mulWW(v, gain), 8)))
	}
}
