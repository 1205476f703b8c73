package mpeg2

import "linnet/player/internal/mpegvideo"

// The macroblock's ways to be predicted (6.3.17.1), as motion types of frames
// and fields have them.
type motionType uint8

const (
	byFrame motionType = iota
	byField
	by16x8
	dualPrime
)

// A vector counts half pixels.
type vector struct{ x, y int32 }

// motion is what a macroblock says of its vectors in one direction.
type motion struct {
	v     [2]vector
	field [2]mpegvideo.Structure // the field that v[i] points into, where it does
}

// resetVectors is 7.6.3.4.
func (d *Decoder) resetVectors() { d.pmv = [2][2]vector{} }

// readMotion reads the vectors of one direction: 0 forward, 1 backward
// (6.2.5.2).
func (d *Decoder) readMotion(s int, how motionType) bool {
	m := &d.motion[s]
	frame := d.pic.Structure == mpegvideo.Frame
	if frame && how == byFrame {
		p, code := &d.pmv[s], &d.pic.FCode[s]
		x, okx := d.readComponent(p[0].x, code[0], s)
		y, oky := d.readComponent(p[0].y, code[1], s)
		p[0] = vector{x, y}
		p[1], m.v[0] = p[0], p[0]
		return okx && oky
	}
	ok := true
	switch {
	case how == dualPrime:
		ok = d.readVector(s, 0, frame)
		d.pmv[s][1] = d.pmv[s][0]
		m.v[0] = d.pmv[s][0]
		if frame {
			m.v[0].y >>= 1
		}
	case frame && how == byField:
		for i := range 2 {
			m.field[i] = mpegvideo.TopField + mpegvideo.Structure(d.r.Bits(1))
			ok = d.readVector(s, i, true) && ok
			m.v[i] = d.pmv[s][i]
			m.v[i].y >>= 1
		}
	case how == by16x8:
		for i := range 2 {
			m.field[i] = mpegvideo.TopField + mpegvideo.Structure(d.r.Bits(1))
			ok = d.readVector(s, i, false) && ok
			m.v[i] = d.pmv[s][i]
		}
	default:
		m.field[0] = mpegvideo.TopField + mpegvideo.Structure(d.r.Bits(1))
		ok = d.readVector(s, 0, false)
		d.pmv[s][1] = d.pmv[s][0]
		m.v[0] = d.pmv[s][0]
	}
	return ok
}

// readVector reads a vector and brings its predictor up to date (7.6.3.1). In
// frames, vectors of fields count lines of the field; their predictors count
// those of the frame.
func (d *Decoder) readVector(s, i int, fieldInFrame bool) bool {
	p := &d.pmv[s][i]
	dual := d.how == dualPrime
	x, okx := d.readComponent(p.x, d.pic.FCode[s][0], s)
	if dual {
		d.dual.x = d.readDual()
	}
	y := p.y
	if fieldInFrame {
		y >>= 1
	}
	y, oky := d.readComponent(y, d.pic.FCode[s][1], s)
	if dual {
		d.dual.y = d.readDual()
	}
	if fieldInFrame {
		y <<= 1
	}
	p.x, p.y = x, y
	return okx && oky
}

// readComponent reads motion_code and motion_residual and adds them to the
// prediction, within its range.
func (d *Decoder) readComponent(pred int32, fcode uint8, s int) (int32, bool) {
	c := motions[d.r.Peek(10)]
	if c == 0 {
		return pred, false
	}
	length, v := int(c&15), int32(c>>4)
	if v == 0 {
		d.r.Skip(length)
		return pred, true
	}
	size := uint(fcode-1) & 31
	rest := d.r.Bits(length + 1 + int(size)) // with the sign, and motion_residual
	v = (v-1)<<size + int32(rest&(1<<size-1)) + 1
	if rest>>size&1 != 0 {
		v = -v
	}
	full := d.pic.FullPel[s]
	if full {
		pred >>= 1
	}
	// The range is 32<<size wide: what is beyond it wraps around.
	shift := 32 - (5 + size)
	v = (pred + v) << shift >> shift
	if full {
		v <<= 1
	}
	return v, true
}

// readDual reads a dmvector (table B.11).
func (d *Decoder) readDual() int32 {
	if !d.r.Flag() {
		return 0
	}
	if d.r.Flag() {
		return -1
	}
	return 1
}

// dualVector derives the vector into the field of the other parity (7.6.3.6),
// which is distance fields away and shifted by below half lines.
func (d *Decoder) dualVector(v vector, distance, below int32) vector {
	scale := func(c int32) int32 {
		c *= distance
		if c > 0 {
			c++
		}
		return c >> 1
	}
	return vector{scale(v.x) + d.dual.x, scale(v.y) + d.dual.y + below}
}
