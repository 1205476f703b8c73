package aac

import "linnet/player/internal/mdct"

const (
	// pow43Size is up to where the power is looked up.
	pow43Size = 1024
	powBits   = 18
	// lineBits and shortBits are how many bits of a line are behind the
	// point, by the length of its window. The transform of a long window
	// makes its sound larger by eight. Windowed, that of 2048 has its point at
	// 7+lineBits bits, and the overlap puts it at 16.
	lineBits  = 16 - mdct.Shift - 7
	shortBits = lineBits + 3
	// maxLoudness is the largest scale factor, in short windows, counted as in
	// long ones.
	maxLoudness = 255 + 4*(shortBits-lineBits)
	// maxLine is what lines are held at, some 30 dB above what full scale
	// gives.
	maxLine = 1<<30 - 1
)

// scale makes lines of the quantised values of all bands that have codebooks,
// clause 4.6.2.3: sign(x) * |x|^(4/3) * 2^((factor-100)/4).
func (c *channel) scale() {
	if c.sequence != eightShort {
		c.scaleLong()
		return
	}
	first := 0
	for g := range c.groups {
		for k := range c.maxBand {
			i := g*c.maxBand + k
			if b := c.book[i]; b == bookZero || b > bookEscape {
				continue
			}
			for w := range c.length[g] {
				at := (first + w) * shortLength
				requantize(c.spectrum[at+int(c.bands[k]):at+int(c.bands[k+1])], int(c.factor[i]), shortBits)
			}
		}
		first += c.length[g]
	}
}

// scaleLong is scale for a long window.
func (c *channel) scaleLong() {
	for k := 0; k < c.maxBand; k++ {
		done, at := scaleBands(&c.spectrum, c.bands[k:c.maxBand+1], c.book[k:c.maxBand], c.factor[k:c.maxBand])
		if k += done; k < c.maxBand { // the rest of one is left over
			requantize(c.spectrum[at:c.bands[k+1]], int(c.factor[k]), lineBits)
		}
	}
}

// requantize scales the values of one band in place. What comes out has so many
// bits behind the point.
func requantize(x []int32, factor, point int) {
	k, down := newRequantizer(factor + 4*(point-lineBits))
	if down >= 36 {
		clear(x)
		return
	}
	for len(x) > 0 {
		if k.limit > 0 {
			x = x[requantizeSmall(x, &k):]
		}
		if len(x) > 0 { // one of those that are large
			s := x[0] >> 31
			x[0] = int32(large(x[0]^s-s, k.m, max(down, -31))) ^ s - s
			x = x[1:]
		}
	}
}

// A requantizer says how values whose magnitude is up to limit become lines:
//
//	(upper(pow43[v], m) + half) >> down << up
//
// which is never above maxLine.
type requantizer struct {
	m, half, down, up uint32
	limit             int32
}

// newRequantizer is for a loudness, which is a scale factor as in long windows.
func newRequantizer(loudness int) (k requantizer, down int) {
	f := loudness - factorBias
	// pow43 times m, the upper half: 17 bits behind the point.
	down = powBits - 1 - lineBits - f>>2
	k = requantizer{m: quarter[f&3], limit: int32(limits[loudness])}
	if down > 0 {
		k.half, k.down = 1<<down>>1, uint32(down)
	} else {
		k.up = uint32(-down)
	}
	return k, down
}

// large is the power of v times m, down by so many bits, or up where that is
// below zero.
func large(v int32, m uint32, down int) uint32 {
	if v == 0 {
		return 0
	}
	y := upper(pow43[min(v, pow43Size)], m)
	if v > pow43Size {
		y = upper(powerOfEighth(v), m)
		down -= 4
	}
	switch {
	case down > 0:
		return min((y+1<<uint(down)>>1)>>uint(down), maxLine)
	case y > maxLine>>uint(-down):
		return maxLine
	}
	return y << uint(-down)
}

// powerOfEighth is (v/8)^(4/3), a sixteenth of v^(4/3), for v from 1024 to
// 8206: between values of the table, on the parabola through three of them. That
// is within 2^-20 of the power; a straight line would be within 2^-18.
func powerOfEighth(v int32) uint32 {
	i, t := min(max(v>>3, 1), pow43Size+1), uint32(v&7)
	before, at, behind := pow43[i-1], pow43[i], pow43[i+1]
	bend := behind - at - (at - before)
	return at + (behind-at)*t>>3 - bend*t*(8-t)>>7
}

// upper is the upper half of a product.
func upper(a, b uint32) uint32 { return uint32(uint64(a) * uint64(b) >> 32) }
