package celt

// The search for the pitch of what was heard before a loss.

const (
	pitchMin = 100
	pitchMax = 720
)

// pitchOf finds the period of the last sound of all channels.
func (c *concealment) pitchOf(d *Decoder) int {
	x := c.half[:]
	c.downsample(d)
	return pitchMax - c.search(x[pitchMax/2:], x, memory-pitchMax, pitchMax-pitchMin)
}

// downsample writes the sound, mixed, at half the rate, with a flat spectrum,
// to half.
func (c *concealment) downsample(d *Decoder) {
	peak := int32(1)
	for ch := range d.channels {
		for _, v := range d.sound[ch].now()[:memory] {
			peak = max(peak, v, -v)
		}
	}
	n := max(0, log2(peak)-10) + d.channels - 1
	x := c.half[:]
	clear(x)
	for ch := range d.channels {
		s := d.sound[ch].now()
		x[0] += int16((s[1]>>1 + s[0]) >> 1 >> n)
		for i := 1; i < len(x); i++ {
			x[i] += int16(((s[2*i-1]+s[2*i+1])>>1 + s[2*i]) >> 1 >> n)
		}
	}
	c.flatten(x)
}

// flatten filters x by its own prediction, made softer, and a zero.
func (c *concealment) flatten(x []int16) {
	var ac [5]int32
	autocorrelation(ac[:], x, nil, c.work[:])
	smooth(ac[:])
	var lpc [4]int16
	predictor(lpc[:], ac[:])
	g := int32(32767)
	for i := range lpc {
		g = mul16(29491, g) // 0.9
		lpc[i] = int16(mul16(int32(lpc[i]), g))
	}
	const zero = 26214 // 0.8
	b := [5]int32{int32(lpc[0]) + 3277}
	for i := range lpc {
		b[i+1] = mul16(zero, int32(lpc[i]))
		if i < 3 {
			b[i+1] += int32(lpc[i+1])
		}
	}
	var past [5]int32
	for i, v := range x {
		sum := int32(v) << 12
		for j := range past {
			sum += int32(int16(b[j])) * past[j]
		}
		past = [5]int32{int32(v), past[0], past[1], past[2], past[3]}
		x[i] = int16(round(sum, 12))
	}
}

// search finds the lag below lags with which the n/2 samples of x are most like
// those in y, in two steps of resolution; lags count samples of the full rate.
func (c *concealment) search(x, y []int16, n, lags int) int {
	best := c.searchCoarse(x, y, n, lags)
	corr := c.corr[:lags/2]
	peak := int32(1)
	for i := range corr {
		corr[i] = 0
		if abs(i-2*best[0]) > 2 && abs(i-2*best[1]) > 2 {
			continue
		}
		sum := int32(0)
		for j, v := range x[:n/2] {
			sum += int32(v) * int32(y[i+j]) >> c.shift
		}
		corr[i] = max(-1, sum)
		peak = max(peak, sum)
	}
	at := bestTwo(corr, y, n/2, c.shift+1, peak)[0]
	return 2*at - c.refine(corr, at)
}

// searchCoarse searches at a quarter of the rate.
func (c *concealment) searchCoarse(x, y []int16, n, lags int) [2]int {
	a, b := c.quarter[0][:n/4], c.quarter[1][:(n+lags)/4]
	peak := int32(1)
	for j := range a {
		a[j] = x[2*j]
		peak = max(peak, int32(a[j]), -int32(a[j]))
	}
	for j := range b {
		b[j] = y[2*j]
		peak = max(peak, int32(b[j]), -int32(b[j]))
	}
	c.shift = max(0, log2(peak)-11)
	for j := range a {
		a[j] >>= c.shift
	}
	for j := range b {
		b[j] >>= c.shift
	}
	c.shift *= 2
	corr := c.corr[:lags/4]
	peak = 1
	for i := range corr {
		corr[i] = dot(a, b[i:][:len(a)])
		peak = max(peak, corr[i])
	}
	return bestTwo(corr, b, n/4, 0, peak)
}

// refine is the half step towards the higher neighbour, if it is much higher
// than the other.
func (c *concealment) refine(corr []int32, at int) int {
	if at <= 0 || at >= len(corr)-1 {
		return 0
	}
	const most = 22938 // 0.7
	before, here, behind := corr[at-1], corr[at], corr[at+1]
	switch {
	case behind-before > mulQ15(here-before, most):
		return 1
	case before-behind > mulQ15(here-behind, most):
		return -1
	}
	return 0
}

// bestTwo finds the two lags with the highest correlation for the energy of
// the n samples of y there. peak is the highest of all.
func bestTwo(corr []int32, y []int16, n, yshift int, peak int32) (at [2]int) {
	at = [2]int{0, 1}
	num, den := [2]int32{-1, -1}, [2]int32{}
	xshift := log2(peak) - 14
	energy := int32(1)
	square := func(j int) int32 { return int32(y[j]) * int32(y[j]) >> yshift }
	for j := range n {
		energy += square(j)
	}
	for i, v := range corr {
		if v > 0 {
			v = int32(int16(shift(v, xshift)))
			v = mul16(v, v)
			if mulQ15(den[1], v) > mulQ15(energy, num[1]) {
				if mulQ15(den[0], v) > mulQ15(energy, num[0]) {
					num[1], den[1], at[1] = num[0], den[0], at[0]
					num[0], den[0], at[0] = v, energy, i
				} else {
					num[1], den[1], at[1] = v, energy, i
				}
			}
		}
		energy = max(1, energy+square(i+n)-square(i))
	}
	return at
}

func abs(x int) int { return max(x, -x) }
