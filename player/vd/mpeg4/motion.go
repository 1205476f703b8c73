package mpeg4

// readVector reads a vector's difference and adds it to its prediction,
// within the range of fcode (7.6.3).
func (d *Decoder) readVector(pred vector, fcode uint8) (vector, bool) {
	x, okx := d.readComponent(pred.x, fcode)
	y, oky := d.readComponent(pred.y, fcode)
	return vector{x, y}, okx && oky
}

func (d *Decoder) readComponent(pred int32, fcode uint8) (int32, bool) {
	c := motions[d.r.Peek(12)]
	if c == 0 {
		return pred, false
	}
	length, v := int(c&15), int32(c>>4)
	if v == 0 {
		d.r.Skip(length)
		return pred, true
	}
	size := uint(fcode-1) & 31
	rest := d.r.Bits(length + 1 + int(size)) // with the sign and the residual
	v = (v-1)<<size + int32(rest&(1<<size-1)) + 1
	if rest>>size&1 != 0 {
		v = -v
	}
	shift := 32 - (6 + size)
	return (pred + v) << shift >> shift, true
}

// candidates are, for each block, the three blocks whose vectors predict its:
// columns and rows to go, and the block there (figure 7-34).
var candidates = [4][3]struct{ x, y, block int }{
	{{-1, 0, 1}, {0, -1, 2}, {1, -1, 2}},
	{{0, 0, 0}, {0, -1, 3}, {1, -1, 2}},
	{{-1, 0, 3}, {0, 0, 0}, {0, 0, 1}},
	{{0, 0, 2}, {0, 0, 1}, {0, 0, 0}},
}

// predictVector is the median of a block's three neighbours (7.6.5). Those
// outside of the picture or the video packet count as none.
func (d *Decoder) predictVector(block int) vector {
	var v [3]vector
	known, last := 0, 0
	for i, c := range candidates[block] {
		x, at := d.x+c.x, d.at+c.x+c.y*d.columns
		if x < 0 || x >= d.columns || at < d.first {
			continue
		}
		v[i] = d.cur.macros[at].mv[c.block]
		known++
		last = i
	}
	if known == 1 {
		return v[last]
	}
	return vector{median(v[0].x, v[1].x, v[2].x), median(v[0].y, v[1].y, v[2].y)}
}

func median(a, b, c int32) int32 { return max(min(a, b), min(max(a, b), c)) }

// readMotion reads the vectors of a macroblock of a plane P.
func (d *Decoder) readMotion(m *macro) bool {
	fcode := d.plane.fcode[0]
	ok := true
	switch {
	case m.global: // it has none
	case m.four:
		for i := range 4 {
			var good bool
			m.mv[i], good = d.readVector(d.predictVector(i), fcode)
			ok = ok && good
		}
	case m.field:
		pred := d.predictVector(0)
		pred.y /= 2
		for i := range m.fieldMV {
			var good bool
			m.fieldMV[i], good = d.readVector(pred, fcode)
			ok = ok && good
		}
		m.average()
	default:
		var v vector
		v, ok = d.readVector(d.predictVector(0), fcode)
		m.mv = [4]vector{v, v, v, v}
	}
	return ok
}

// average sets what predicts others where a macroblock has a vector for each
// field.
func (m *macro) average() {
	x, y := m.fieldMV[0].x+m.fieldMV[1].x, m.fieldMV[0].y+m.fieldMV[1].y
	v := vector{x>>1 | x&1, y}
	m.mv = [4]vector{v, v, v, v}
}
