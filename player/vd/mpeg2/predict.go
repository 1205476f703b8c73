package mpeg2

import (
	"linnet/player/internal/mc"
	"linnet/player/internal/mpegvideo"
)

// predict forms the macroblock's prediction (7.6.4 to 7.6.7).
func (d *Decoder) predict(directions uint8) {
	average := false
	if d.pic.Structure == mpegvideo.Frame && d.how == byFrame {
		for i := range d.refs {
			if directions&(forward<<i) != 0 {
				d.fetch(&d.dst, &d.refs[i][mpegvideo.Frame], 16, 16*d.y, d.motion[i].v[0], average)
				average = true
			}
		}
		return
	}
	if directions&forward != 0 {
		d.predictFrom(0, false)
		average = true
	}
	if directions&backward != 0 {
		d.predictFrom(1, average)
	}
}

// predictFrom does so for one direction.
func (d *Decoder) predictFrom(s int, average bool) {
	m := &d.motion[s]
	frame := d.pic.Structure == mpegvideo.Frame
	switch {
	case d.how == dualPrime && frame:
		d.dualFrame(m)
	case d.how == dualPrime:
		same, other := d.pic.Structure, other(d.pic.Structure)
		d.fetch(&d.dst, d.reference(s, same), 16, 16*d.y, m.v[0], false)
		below := int32(1)
		if same == mpegvideo.TopField {
			below = -1
		}
		d.fetch(&d.dst, d.reference(s, other), 16, 16*d.y, d.dualVector(m.v[0], 1, below), true)
	case frame && d.how == byField:
		for i := range 2 {
			d.fetch(&d.fields[i], &d.refs[s][m.field[i]], 8, 8*d.y, m.v[i], average)
		}
	case d.how == by16x8:
		for i := range 2 {
			d.fetch(&d.dst, d.reference(s, m.field[i]), 8, 16*d.y+8*i, m.v[i], average)
		}
	default:
		d.fetch(&d.dst, d.reference(s, m.field[0]), 16, 16*d.y, m.v[0], average)
	}
}

// dualFrame predicts each field from both fields of the reference.
func (d *Decoder) dualFrame(m *motion) {
	for i := range 2 {
		same := mpegvideo.TopField + mpegvideo.Structure(i)
		d.fetch(&d.fields[i], &d.refs[0][same], 8, 8*d.y, m.v[0], false)
		distance, below := int32(1), int32(1)
		if same == mpegvideo.TopField {
			below = -1
		}
		if (same == mpegvideo.TopField) != d.pic.TopFirst {
			distance = 3
		}
		d.fetch(&d.fields[i], &d.refs[0][other(same)], 8, 8*d.y, d.dualVector(m.v[0], distance, below), true)
	}
}

func other(s mpegvideo.Structure) mpegvideo.Structure {
	return mpegvideo.TopField + mpegvideo.BottomField - s
}

// reference is the field that a vector of a field picture points into: the
// second field of a frame is predicted from its first one, too (7.6.2.1).
func (d *Decoder) reference(s int, field mpegvideo.Structure) *view {
	if s == 0 && d.second && d.pic.Type == mpegvideo.P && field != d.pic.Structure {
		return &d.own
	}
	return &d.refs[s][field]
}

// fetch predicts the macroblock's height lines of luma from line y of dst on,
// and the colour that belongs to them. Vectors of colour are rounded towards zero
// (7.6.3.7).
func (d *Decoder) fetch(dst, src *view, height, y int, v vector, average bool) {
	luma := nearest(src.Stride[0], 16*d.x, y, src.width-16, src.height-height, v)
	colour := nearest(src.Stride[1], 8*d.x, y>>1, src.width>>1-8, (src.height-height)>>1, vector{v.x / 2, v.y / 2})
	way := mc.Up
	if average {
		way = mc.Mean
	}
	mc.Macroblock(&dst.View, &src.View, &luma, &colour, height, way)
}

// nearest says how the block at x and y of a plane is predicted. Vectors that lead
// out of the picture, which no stream may have, are held at its edge: at the last
// column and line where a block may begin.
func nearest(stride, x, y, lastX, lastY int, v vector) mc.Move {
	sx := max(0, min(2*x+int(v.x), 2*lastX))
	sy := max(0, min(2*y+int(v.y), 2*lastY))
	return mc.Move{To: y*stride + x, From: sy>>1*stride + sx>>1, Half: uint32(sx&1 | sy&1<<1)}
}
