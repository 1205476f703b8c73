package silk

// parameters makes a frame's filters of its indices.
func (c *channel) parameters(p *control, how coding) {
	c.dequantizeGains(p, how == conditional)
	frequency := c.book.decode(c.ix.frequency[:1+c.order])
	toFilter(&p.filters[1], &frequency, c.order)
	if c.first {
		c.ix.interpolation = 4
	}
	p.filters[0] = p.filters[1]
	if c.ix.interpolation < 4 {
		var between [maxOrder]int16
		for i := range c.order {
			old := int32(c.frequency[i])
			between[i] = int16(old + int32(c.ix.interpolation)*(int32(frequency[i])-old)>>2)
		}
		toFilter(&p.filters[0], &between, c.order)
	}
	c.frequency = frequency
	if c.losses > 0 {
		const softer = 63570 // 0.97, Q16
		expand(p.filters[0][:c.order], softer)
		expand(p.filters[1][:c.order], softer)
	}
	c.pitch(p)
}

// dequantizeGains makes the gains, RFC 6716 clause 4.2.7.4.
func (c *channel) dequantizeGains(p *control, conditional bool) {
	for k := range c.subframes {
		n := c.ix.gains[k]
		if k == 0 && !conditional {
			c.gain = max(n, c.gain-16)
		} else {
			n -= 4
			if double := 8 + c.gain; n > double {
				c.gain += 2*n - double
			} else {
				c.gain += n
			}
		}
		c.gain = max(0, min(c.gain, 63))
		p.gains[k] = exp2(min(mulWB(1907825, int32(c.gain))+2090, 3967))
	}
}

// pitch makes the lags and the filters of the long-term prediction, clause
// 4.2.7.6.
func (c *channel) pitch(p *control) {
	if c.ix.signal != voiced {
		clear(p.lags[:c.subframes])
		clear(p.long[:c.subframes])
		c.ix.periodicity, p.longGain = 0, 0
		return
	}
	for k := range c.subframes {
		lag := 2*c.kHz + c.ix.lag + c.contour(k)
		p.lags[k] = max(2*c.kHz, min(lag, 18*c.kHz))
		for i, v := range longGains[c.ix.periodicity].filters[c.ix.long[k]] {
			p.long[k][i] = int16(v) << 7
		}
	}
	p.longGain = ltpScales[c.ix.scale]
}
