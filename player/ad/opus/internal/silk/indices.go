package silk

import "linnet/player/ad/opus/internal/entropy"

// indices are a frame's side information, RFC 6716 clauses 4.2.7.3 to 4.2.7.7.
type indices struct {
	signal, offset int // types
	gains          [4]int
	frequency      [1 + maxOrder]int
	interpolation  int // of the frequencies, in quarters; 4 is none
	lag, contour   int
	periodicity    int
	long           [4]int
	scale          int
	seed           int32
}

// readIndices reads them. An active frame has speech.
func (c *channel) readIndices(rc *entropy.Decoder, active bool, how coding) {
	ix := &c.ix
	kind := 0
	if active {
		kind = rc.Symbol(activeTypeICDF[:], 8) + 2
	} else {
		kind = rc.Symbol(inactiveTypeICDF[:], 8)
	}
	ix.signal, ix.offset = kind>>1, kind&1
	if how == conditional {
		ix.gains[0] = rc.Symbol(deltaGainICDF[:], 8)
	} else {
		ix.gains[0] = rc.Symbol(gainICDF[ix.signal][:], 8) << 3
		ix.gains[0] += rc.Symbol(uniform8ICDF[:], 8)
	}
	for k := 1; k < c.subframes; k++ {
		ix.gains[k] = rc.Symbol(deltaGainICDF[:], 8)
	}
	c.readFrequency(rc)
	if ix.signal == voiced {
		c.readPitch(rc, how)
	}
	c.lastType = ix.signal
	ix.seed = int32(rc.Symbol(uniform4ICDF[:], 8))
}

func (c *channel) readFrequency(rc *entropy.Decoder) {
	ix, b := &c.ix, c.book
	ix.frequency[0] = rc.Symbol(b.baseICDF[ix.signal>>1*32:], 8)
	tables, _ := b.entry(ix.frequency[0])
	for i := range c.order {
		n := rc.Symbol(b.residualICDF[tables[i]:], 8)
		switch n {
		case 0:
			n -= rc.Symbol(extensionICDF[:], 8)
		case 8:
			n += rc.Symbol(extensionICDF[:], 8)
		}
		ix.frequency[i+1] = n - 4
	}
	ix.interpolation = 4
	if c.subframes == 4 {
		ix.interpolation = rc.Symbol(interpolationICDF[:], 8)
	}
}

// longGains are the filters of the long-term prediction, by periodicity, and
// their distributions.
var longGains = [3]struct {
	icdf    []uint8
	filters [][taps]int8
}{
	{ltpGain0ICDF[:], ltpGain0[:]}, {ltpGain1ICDF[:], ltpGain1[:]}, {ltpGain2ICDF[:], ltpGain2[:]},
}

func (c *channel) readPitch(rc *entropy.Decoder, how coding) {
	ix := &c.ix
	delta := 0
	if how == conditional && c.lastType == voiced {
		delta = rc.Symbol(pitchDeltaICDF[:], 8)
	}
	if delta > 0 {
		ix.lag = c.lastLag + delta - 9
	} else {
		ix.lag = rc.Symbol(pitchLagICDF[:], 8) * (c.kHz / 2)
		ix.lag += rc.Symbol(c.lowLagICDF(), 8)
	}
	c.lastLag = ix.lag
	ix.contour = rc.Symbol(c.contourICDF(), 8)
	ix.periodicity = rc.Symbol(ltpPeriodicityICDF[:], 8)
	for k := range c.subframes {
		ix.long[k] = rc.Symbol(longGains[ix.periodicity].icdf, 8)
	}
	ix.scale = 0
	if how == independent {
		ix.scale = rc.Symbol(ltpScaleICDF[:], 8)
	}
}

func (c *channel) lowLagICDF() []uint8 {
	switch c.kHz {
	case 8:
		return uniform4ICDF[:]
	case 12:
		return uniform6ICDF[:]
	}
	return uniform8ICDF[:]
}

func (c *channel) contourICDF() []uint8 {
	switch {
	case c.kHz == 8 && c.subframes == 4:
		return contourNBICDF[:]
	case c.kHz == 8:
		return contour10NBICDF[:]
	case c.subframes == 4:
		return contourICDF[:]
	}
	return contour10ICDF[:]
}

// contour is how a subframe's lag differs from the frame's.
func (c *channel) contour(k int) int {
	i := c.ix.contour
	switch {
	case c.kHz == 8 && c.subframes == 4:
		return int(contoursNB[k][i])
	case c.kHz == 8:
		return int(contours10NB[k][i])
	case c.subframes == 4:
		return int(contours[k][i])
	}
	return int(contours10[k][i])
}
