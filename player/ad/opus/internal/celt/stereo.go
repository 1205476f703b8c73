package celt

// stereo decodes a band of two channels as middle and side, RFC 6716 clause
// 4.3.4.4.
func (q *quantizer) stereo(x, y []int16, b, blocks int, low lower, keep []int16, fill uint) uint {
	n := len(x)
	if n == 1 {
		return q.single(x, y, keep)
	}
	all := fill
	var s split
	q.readSplit(&s, n, &b, blocks, blocks, q.f.size, true, &fill)
	var mask uint
	if n == 2 {
		mask = q.pair(x, y, b, blocks, low, keep, all, &s)
	} else {
		mask = q.both(x, y, b, blocks, low, keep, fill, &s)
		merge(x, y, s.mid)
	}
	if s.inverted {
		for j := range y {
			y[j] = -y[j]
		}
	}
	return mask
}

// both decodes the middle and the side.
func (q *quantizer) both(x, y []int16, b, blocks int, low lower, keep []int16, fill uint, s *split) uint {
	mid, side := q.share(b, s)
	before := q.left
	if mid >= side {
		mask := q.shape(x, mid, blocks, low, keep, unity, fill)
		side += q.spare(mid, before, s.theta != 0)
		return mask | q.shape(y, side, blocks, lower{}, nil, s.side, fill>>blocks)
	}
	mask := q.shape(y, side, blocks, lower{}, nil, s.side, fill>>blocks)
	mid += q.spare(side, before, s.theta != 16384)
	return mask | q.shape(x, mid, blocks, low, keep, unity, fill)
}

// pair decodes two coefficients of two channels: one of middle and side has a
// shape, and the other is at a right angle to it.
func (q *quantizer) pair(x, y []int16, b, blocks int, low lower, keep []int16, fill uint, s *split) uint {
	signed := 0
	if s.theta != 0 && s.theta != 16384 {
		signed = 1 << eighths
	}
	q.left -= s.cost + signed
	big, small := x, y
	if s.theta > 8192 {
		big, small = y, x
	}
	sign := int16(1)
	if signed != 0 && q.f.rc.Bits(1) != 0 {
		sign = -1
	}
	mask := q.shape(big, b-signed, blocks, low, keep, unity, fill)
	small[0], small[1] = -sign*big[1], sign*big[0]
	for j := range 2 {
		m, v := mul16(s.mid, int32(x[j])), mul16(s.side, int32(y[j]))
		x[j], y[j] = int16(m-v), int16(m+v)
	}
	return mask
}

// merge makes left and right of a middle of length 1 and a side that has its
// own length already.
func merge(x, y []int16, mid int32) {
	cross, side := correlate(x, y)
	cross = mulQ15(cross, mid)
	half := mid >> 1
	left, right := half*half+side-2*cross, half*half+side+2*cross
	const least = 161061 // 6e-4, Q28
	if left < least || right < least {
		copy(y, x)
		return
	}
	kl, kr := log2(left)>>1, log2(right)>>1
	gl, gr := reciprocalRoot(shift(left, (kl-7)<<1)), reciprocalRoot(shift(right, (kr-7)<<1))
	blend(x, y, &panorama{mid, gl, int32(max(kl, 7) + 1), gr, int32(max(kr, 7) + 1)})
}
