package mpeg4

import (
	"math/bits"

	reader "linnet/player/internal/bits"
)

// maxPoints is how many points global motion may have.
const maxPoints = 3

// readTrajectory reads how far the sprite's points move, in half pixels
// (6.2.5.4).
func (l *layer) readTrajectory(r *reader.Reader) (moves [maxPoints]vector) {
	for i := range l.points {
		moves[i].x = readWarp(r)
		moves[i].y = readWarp(r)
	}
	return moves
}

// readWarp reads a component: its length (table B-33), itself, and a marker.
func readWarp(r *reader.Reader) (v int32) {
	n := 0
	switch r.Bits(2) {
	case 1:
		n = 1 + int(r.Bits(1))
	case 2:
		n = 3 + int(r.Bits(1))
	case 3:
		for n = 5; n < 14 && r.Flag(); n++ {
		}
		if n == 14 {
			r.Skip(1)
		}
	}
	if n > 0 {
		if v = int32(r.Bits(n)); v>>(n-1) == 0 {
			v -= 1<<n - 1
		}
	}
	r.Skip(1)
	return v
}

// A plain is a place in the reference that depends linearly on one in the
// picture: (base + across*column + down*line) >> shift, in parts of a sample.
type plain struct{ base, across, down int64 }

func (p plain) at(x, y int) int64 { return p.base + p.across*int64(x) + p.down*int64(y) }

// A warp is a picture's global motion (7.8.4): where a sample of luma or colour
// comes from.
type warp struct {
	luma, chroma [2]plain // columns and lines
	shift        [2]uint  // of luma's plains and of colour's
	parts        uint     // a sample has 1<<parts parts
}

// setWarp makes the warp for a picture's moves, by as many points as the layer
// has: they stand at the picture's top left, top right and bottom left corner.
func (d *Decoder) setWarp(moves *[maxPoints]vector) {
	l, w := &d.layer, &d.warp
	w.parts = l.accuracy + 1
	s := int64(1) << w.parts
	half := s / 2
	x0, y0 := half*int64(moves[0].x), half*int64(moves[0].y)
	if l.points < 2 {
		*w = warp{parts: w.parts,
			luma:   [2]plain{{x0, s, 0}, {y0, 0, s}},
			chroma: [2]plain{{x0>>1 | x0&1, s, 0}, {y0>>1 | y0&1, 0, s}},
		}
		return
	}
	// Sixteenths, of which a part has r; the corners are moved to a width and
	// height that are powers of two.
	r := 16 / s
	width, height := int64(l.width), int64(l.height)
	alpha, beta := log(l.width), log(l.height)
	wide, high := int64(1)<<alpha, int64(1)<<beta
	x1, y1 := half*(2*width+int64(moves[0].x+moves[1].x)), half*int64(moves[0].y+moves[1].y)
	x1 = 16*wide + nearest64((width-wide)*r*x0+wide*(r*x1-16*width), width)
	y1 = nearest64((width-wide)*r*y0+wide*r*y1, width)
	ax, ay := x1-r*x0, y1-r*y0
	dx, dy := -ay, ax // two points turn and scale
	shift := alpha + 4 - w.parts
	scale := wide
	if l.points == 3 {
		x2, y2 := half*int64(moves[0].x+moves[2].x), half*(2*height+int64(moves[0].y+moves[2].y))
		x2 = nearest64((height-high)*r*x0+high*r*x2, height)
		y2 = 16*high + nearest64((height-high)*r*y0+high*(r*y2-16*height), height)
		ax, ay = ax*high, ay*high
		dx, dy = (x2-r*x0)*wide, (y2-r*y0)*wide
		shift += beta
		scale *= high
	}
	round := int64(1) << shift >> 1
	w.luma = [2]plain{{x0<<shift + round, ax, dx}, {y0<<shift + round, ay, dy}}
	w.shift[0] = shift
	// Colour's samples lie between luma's.
	centre := func(a, b, c int64) plain {
		return plain{a + b + 2*scale*r*c - 16*scale + 4*round, 4 * a, 4 * b}
	}
	w.chroma = [2]plain{centre(ax, dx, x0), centre(ay, dy, y0)}
	w.shift[1] = shift + 2
}

// log is the power of two that is n or the next above it.
func log(n int) uint { return uint(bits.Len(uint(n - 1))) }

// nearest64 divides, with halves away from zero.
func nearest64(v, by int64) int64 {
	if v < 0 {
		return -((-v + by/2) / by)
	}
	return (v + by/2) / by
}

// global predicts a macroblock by the picture's global motion, and returns the
// vector that stands for it where others are predicted.
func (d *Decoder) global(m *mover) vector {
	v := d.warpBlock(m, 0, 16)
	d.warpBlock(m, 1, 8)
	d.warpBlock(m, 2, 8)
	down := d.layer.accuracy + 8 // sums of 256 parts to halves
	if m.quarter {
		down--
	}
	most := int64(16) << d.plane.fcode[0]
	x := max(-most, min(roundHalf(v[0], down), most-1))
	y := max(-most, min(roundHalf(v[1], down), most-1))
	return vector{int32(x), int32(y)}
}

// roundHalf is v >> n, with halves away from zero.
func roundHalf(v int64, n uint) int64 {
	if v > 0 {
		return (v + 1<<n>>1) >> n
	}
	return (v + 1<<n>>1 - 1) >> n
}

// warpBlock predicts size x size samples of plane i, and returns how far they
// moved in all, in parts.
func (d *Decoder) warpBlock(m *mover, i, size int) (moved [2]int64) {
	w := &d.warp
	lines, shift := &w.luma, w.shift[0]
	width, height := m.from.width, m.from.height
	if i > 0 {
		lines, shift = &w.chroma, w.shift[1]
		width, height = width/2, height/2
	}
	stride, origin := d.cur.Stride[min(i, 1)], d.cur.origin[min(i, 1)]
	dst, src := d.cur.Planes[i][origin+size*d.y*stride+size*d.x:], m.from.Planes[i]
	mask := int64(1)<<w.parts - 1
	round := int32(1) << (2*w.parts - 1)
	if m.down {
		round--
	}
	for y := range size {
		px, py := lines[0].at(size*d.x, size*d.y+y), lines[1].at(size*d.x, size*d.y+y)
		for x := range size {
			fx, fy := px>>shift, py>>shift
			px, py = px+lines[0].across, py+lines[1].across
			moved[0] += fx - int64(size*d.x+x)<<w.parts
			moved[1] += fy - int64(size*d.y+y)<<w.parts
			left, right := inside(fx>>w.parts, width), inside(fx>>w.parts+1, width)
			top, bottom := origin+inside(fy>>w.parts, height)*stride, origin+inside(fy>>w.parts+1, height)*stride
			rx, ry := int32(fx&mask), int32(fy&mask)
			s := int32(mask) + 1
			sum := (s-ry)*((s-rx)*int32(src[top+left])+rx*int32(src[top+right])) +
				ry*((s-rx)*int32(src[bottom+left])+rx*int32(src[bottom+right]))
			dst[x] = byte((sum + round) >> (2 * w.parts))
		}
		dst = dst[min(stride, len(dst)):]
	}
	return moved
}

// inside is the sample of n that stands for one at v: that at the edge where v
// is outside.
func inside(v int64, n int) int { return int(max(0, min(v, int64(n-1)))) }
