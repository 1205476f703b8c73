package mpeg4

import "linnet/player/internal/mc"

// A mover predicts blocks from one reference.
type mover struct {
	from    *frame
	average bool // with what is there
	down    bool // halves are rounded down
	quarter bool
}

// way is what becomes of what it predicts.
func (m *mover) way() mc.Way {
	switch {
	case m.average:
		return mc.Mean
	case m.down:
		return mc.Down
	}
	return mc.Up
}

// The planes that are predicted alike, from the first one on up to the
// second.
type planes struct{ first, behind int }

var (
	luma    = planes{0, 1}
	colours = planes{1, 3}
)

// move predicts width x height samples of planes at x and y, in samples, by a
// vector in half pixels, or in quarters for luma where there are such.
func (d *Decoder) move(m *mover, of planes, width, height, x, y int, v vector, quarter bool) {
	d.fetch(m, of, width, height, x, y, v, quarter, 1, 0, 0)
}

// fetch is move for lines of one field, where step is 2: to and from say which
// one is written and which is read.
func (d *Decoder) fetch(m *mover, of planes, width, height, x, y int, v vector, quarter bool, step, to, from int) {
	shift := uint(1)
	if quarter {
		shift = 2
	}
	sx, sy := x+int(v.x>>shift), y+int(v.y>>shift)
	small := min(of.first, 1)
	// How far a block may lead out: the border, without what the filters take.
	w, h, b := m.from.width>>small, m.from.height>>small, border*3/4>>small
	sx = max(-b, min(sx, w+b-width))
	if step == 2 {
		h, b = h/2, b/2
	}
	sy = max(-b, min(sy, h+b-height))
	line, origin := d.cur.Stride[small], d.cur.origin[small]
	stride := line * step
	at, near := origin+to*line+y*stride+x, origin+from*line+sy*stride+sx
	fx, fy := int(v.x)&(1<<shift-1), int(v.y)&(1<<shift-1)
	half := mc.Half(fx) | mc.Half(fy)<<1
	for i := of.first; i < of.behind; i++ {
		dst, src := d.cur.Planes[i][at:], m.from.Planes[i][near:]
		if !quarter || fx|fy == 0 {
			mc.Block(dst, src, stride, width, height, half, m.way())
			continue
		}
		for k := 0; k < width; k += height { // fields are predicted by 8x8
			d.q.move(dst[k:], src[k:], stride, height, height, fx, fy, m.down, m.average)
		}
	}
}

// toward is v/2, which rounds towards zero.
func toward(v vector) vector { return vector{v.x / 2, v.y / 2} }

// colour is the vector of colour for one of luma, in half pixels of each
// (7.6.2.1): quarters become halves.
func colour(v vector) vector { return vector{v.x>>1 | v.x&1, v.y>>1 | v.y&1} }

// one predicts a whole macroblock by one vector.
func (d *Decoder) one(m *mover, v vector) {
	ofColour := v
	if m.quarter {
		ofColour = d.quirks.halved(v)
		if (v.x|v.y)&3 != 0 {
			d.move(m, luma, 16, 16, 16*d.x, 16*d.y, v, true)
			d.move(m, colours, 8, 8, 8*d.x, 8*d.y, colour(ofColour), false)
			return
		}
		v = vector{v.x >> 1, v.y >> 1}
	}
	y, c := d.cur.moved(0, 16, 16*d.x, 16*d.y, v), d.cur.moved(1, 8, 8*d.x, 8*d.y, colour(ofColour))
	mc.Macroblock(&d.cur.View, &m.from.View, &y, &c, 16, m.way())
}

// sixteenths rounds the sum of four vectors to halves for colour (table 7-9).
var sixteenths = [16]int32{0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2}

// four predicts a macroblock by four vectors.
func (d *Decoder) four(m *mover, v *[4]vector) {
	sum := vector{}
	for i, v := range v {
		d.move(m, luma, 8, 8, 16*d.x+8*(i&1), 16*d.y+8*(i>>1), v, m.quarter)
		if m.quarter {
			v = toward(v)
		}
		sum.x += v.x
		sum.y += v.y
	}
	c := vector{sixteenths[sum.x&15] + sum.x>>3&^1, sixteenths[sum.y&15] + sum.y>>3&^1}
	d.move(m, colours, 8, 8, 8*d.x, 8*d.y, c, false)
}

// fields predicts each field of a macroblock by a vector of its own.
func (d *Decoder) fields(m *mover, v *[2]vector, from *[2]uint8) {
	for f, v := range v {
		d.fetch(m, luma, 16, 8, 16*d.x, 8*d.y, v, m.quarter, 2, f, int(from[f]))
		if m.quarter {
			v = vector{v.x / 2, v.y >> 1}
		}
		cut := v.y >> 1
		if v = colour(v); d.quirks.fieldHalves && !m.quarter {
			v.y = cut
		}
		d.fetch(m, colours, 8, 4, 8*d.x, 4*d.y, v, false, 2, f, int(from[f]))
	}
}
