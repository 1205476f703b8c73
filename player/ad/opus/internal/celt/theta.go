package celt

import "linnet/player/ad/opus/internal/entropy"

// split is how two halves of a vector, or two channels, share length and bits.
type split struct {
	mid, side int32 // their lengths, Q15
	theta     int   // the angle, 16384 is a right one
	delta     int   // eighths of a bit that the second gets more
	cost      int   // of the angle, in eighths
	inverted  bool  // the second channel has the other sign
}

// readSplit reads into s, which is empty, the angle between two halves of n coefficients, RFC 6716
// clause 4.3.4.4. b is what they have, and fill which blocks may be filled by
// folding: both are updated.
func (q *quantizer) readSplit(s *split, n int, b *int, blocks, blocks0, size int, stereo bool, fill *uint) {
	pulseCap := logN[q.band] + size<<eighths
	offset := pulseCap>>1 - thetaOffset
	if stereo && n == 2 {
		offset = pulseCap>>1 - twoPhase
	}
	qn := angles(n, *b, offset, pulseCap, stereo)
	if stereo && q.band >= q.f.alloc.intensity {
		qn = 1
	}
	tell := q.f.rc.TellFraction()
	if qn != 1 {
		s.theta = int(entropy.Divide(uint32(q.readAngle(n, qn, stereo, blocks0))*16384, uint32(qn)))
	} else if stereo && *b > 2<<eighths && q.left > 2<<eighths {
		s.inverted = q.f.rc.Bit(2) && !q.noInversion
	}
	s.cost = q.f.rc.TellFraction() - tell
	*b -= s.cost
	mask := uint(1)<<blocks - 1
	switch s.theta {
	case 0:
		s.mid, s.delta = 32767, -16384
		*fill &= mask
	case 16384:
		s.side, s.delta = 32767, 16384
		*fill &= mask << blocks
	default:
		s.mid, s.side = exactCosine(int32(s.theta)), exactCosine(int32(16384-s.theta))
		s.delta = int(mul16Round(int32((n-1)<<7), exactLog2Tan(s.side, s.mid)))
	}
}

// angles is the number of steps of the angle, an even number, or 1.
func angles(n, b, offset, pulseCap int, stereo bool) int {
	m := 2*n - 1
	if stereo && n == 2 {
		m--
	}
	sum := b + m*offset
	if sum < 0 {
		return 1
	}
	qb := min(b-pulseCap-4<<eighths, int(entropy.Divide(uint32(sum), uint32(m))), 8<<eighths)
	if qb < 1<<eighths>>1 {
		return 1
	}
	qn := [8]int{16384, 17866, 19483, 21247, 23170, 25267, 27554, 30048}[qb&7] >> (14 - qb>>eighths)
	return (qn + 1) >> 1 << 1
}

// readAngle reads 0 to qn: even, in steps, or in a triangle.
func (q *quantizer) readAngle(n, qn int, stereo bool, blocks int) int {
	switch {
	case stereo && n > 2:
		return q.readSteps(qn)
	case stereo || blocks > 1:
		return int(q.f.rc.Uint(uint32(qn + 1)))
	}
	return q.readTriangle(qn)
}

// readSteps reads an angle of which those below a half are three times as
// likely.
func (q *quantizer) readSteps(qn int) int {
	half := qn / 2
	edge := 3 * (half + 1)
	ft := uint32(edge + half)
	at := int(q.f.rc.Decode(ft))
	if at < edge {
		x := at / 3
		q.f.rc.Update(uint32(3*x), uint32(3*x+3), ft)
		return x
	}
	q.f.rc.Update(uint32(at), uint32(at+1), ft)
	return half + 1 + at - edge
}

// readTriangle reads an angle of which the middle is most likely.
func (q *quantizer) readTriangle(qn int) int {
	half := qn >> 1
	ft := (half + 1) * (half + 1)
	at := int(q.f.rc.DecodeSquare(uint32(half + 1)))
	var x, size, low int
	if at < half*(half+1)>>1 {
		x = int(isqrt(uint32(8*at+1))-1) >> 1
		size, low = x+1, x*(x+1)>>1
	} else {
		x = (2*(qn+1) - int(isqrt(uint32(8*(ft-at-1)+1)))) >> 1
		size, low = qn+1-x, ft-(qn+1-x)*(qn+2-x)>>1
	}
	q.f.rc.Update(uint32(low), uint32(low+size), uint32(ft))
	return x
}
