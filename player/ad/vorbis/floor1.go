package vorbis

import (
	"linnet/player/internal/vorbis"
)

// floor1 is what decoding needs to know of a floor of type 1.
type floor1 struct {
	*vorbis.Floor1
	top       int                        // what heights are below
	width     int                        // bits of the first two heights
	neighbour [vorbis.MaxPoints][2]uint8 // the nearest points among those before, to the left and to the right
	part      [vorbis.MaxPoints]uint32   // of the way between them, with 32 bits of fraction, rounded up
}

func newFloor1(f *vorbis.Floor1) *floor1 {
	g := &floor1{Floor1: f, top: [...]int{256, 128, 86, 64}[f.Multiplier-1], width: [...]int{8, 7, 7, 6}[f.Multiplier-1]}
	for i := 2; i < len(f.X); i++ {
		g.neighbour[i] = neighbours(f.X[:i], f.X[i])
		low, high := f.X[g.neighbour[i][0]], f.X[g.neighbour[i][1]]
		g.part[i] = uint32((uint64(f.X[i]-low)<<32 + uint64(high-low) - 1) / uint64(high-low))
	}
	return g
}

// neighbours are the places in xs of the values next below and above x,
// clauses 9.2.4 and 9.2.5.
func neighbours(xs []uint16, x uint16) [2]uint8 {
	low, high := 0, 1
	for i, v := range xs {
		if v < x && v > xs[low] {
			low = i
		}
		if v > x && v < xs[high] {
			high = i
		}
	}
	return [2]uint8{uint8(low), uint8(high)}
}

// points are the heights of a floor in one channel. A point that is not used
// lies on the line between its neighbours.
type points struct {
	y    [vorbis.MaxPoints]int32
	used [vorbis.MaxPoints]bool
}

// read reads the heights of a floor, clause 7.2.3, and says whether there is
// one.
func (f *floor1) read(p *points, d *Decoder) bool {
	r := &d.bits
	if !r.Flag() {
		return false
	}
	p.y[0], p.y[1] = int32(r.Read(f.width)), int32(r.Read(f.width))
	at := 2
	for _, number := range f.Partitions {
		c := &f.Classes[number]
		choice := uint32(0)
		if c.Subclasses > 0 {
			choice = d.books[c.Master].decode(r)
		}
		for range c.Dims {
			p.y[at] = 0
			if b := c.Books[choice&(1<<c.Subclasses-1)]; b >= 0 {
				p.y[at] = int32(d.books[b].decode(r))
			}
			choice >>= c.Subclasses
			at++
		}
	}
	if r.Over() {
		return false
	}
	f.unwrap(p)
	return true
}

// unwrap makes heights of what was read, which is by how much each is off
// the line between its neighbours, clause 7.2.4 step 1.
func (f *floor1) unwrap(p *points) {
	top := int32(f.top)
	p.used[0], p.used[1] = true, true
	p.y[0], p.y[1] = min(p.y[0], top-1), min(p.y[1], top-1)
	for i := 2; i < len(f.X); i++ {
		low, high := f.neighbour[i][0], f.neighbour[i][1]
		line := between(p.y[low], p.y[high], f.part[i])
		v := p.y[i]
		if p.used[i] = v != 0; v == 0 {
			p.y[i] = line
			continue
		}
		p.used[low], p.used[high] = true, true
		p.y[i] = max(0, min(line+offset(v, line, top-line), top-1))
	}
}

// offset is what a value stands for where there is room for low below and
// for high above: alternating signs while both have room.
func offset(v, low, high int32) int32 {
	room := 2 * min(low, high)
	switch {
	case v >= room && high > low:
		return v - low
	case v >= room:
		return high - v - 1
	case v&1 != 0:
		return -(v + 1) >> 1
	}
	return v >> 1
}

// between is the height at a part of the way from y0 to y1, clause 9.2.6. The
// part being rounded up by less than 2^-32, and heights and places being as
// small as they are, this is what a division gives.
func between(y0, y1 int32, part uint32) int32 {
	if y1 < y0 {
		return y0 - int32(uint64(uint32(y0-y1))*uint64(part)>>32)
	}
	return y0 + int32(uint64(uint32(y1-y0))*uint64(part)>>32)
}

// apply multiplies a residue with the floor, clause 7.2.4 step 2: straight
// lines, in decibels, between the points that are used. shift brings the
// product to the spectrum's fraction.
func (f *floor1) apply(p *points, x []int32, shift int) {
	m := int32(f.Multiplier)
	left, y := 0, p.y[0]*m
	for _, i := range f.Sorted[1:] {
		if !p.used[i] {
			continue
		}
		right, next := int(f.X[i]), p.y[i]*m
		drawLine(x, left, right, y, next, shift)
		left, y = right, next
		if left >= len(x) {
			return
		}
	}
	drawLine(x, left, len(x), y, y, shift)
}

// drawLine multiplies x from left up to right with the floor on the line
// between two heights, clause 9.2.7, as far as x goes.
func drawLine(x []int32, left, right int, y0, y1 int32, shift int) {
	if left >= right || left >= len(x) {
		return
	}
	scale(x[left:min(right, len(x))], newLine(y0, y1, uint32(right-left)), shift)
}

// A line begins at y and climbs by slope at each value of x, which has 32 bits
// of fraction. Its height is rounded towards y: the fraction begins with 0, or
// for a line that falls with all but 2^-32.
type line struct {
	y        int32
	fraction uint32
	slope    int64
}

// newLine is the line from y0 to y1, 256 at most, over dx values of x. The slope
// is rounded up, by less than 2^-32 of the height or of 1, which is so little
// that at none of them the height is another one than by the steps of clause
// 9.2.7.
func newLine(y0, y1 int32, dx uint32) line {
	height := uint32(max(y0-y1, y1-y0))
	slope := int64(0)
	if height >= dx {
		whole := height / dx
		height -= whole * dx
		slope = int64(whole) << 32
	}
	switch {
	case dx < uint32(len(inverses)):
		slope += int64(height * inverses[dx])
	case dx < 1<<10:
		slope += int64(height * ((1<<32-1)/dx + 1))
	case height > 0:
		slope += int64((uint64(height)<<32 + uint64(dx) - 1) / uint64(dx))
	}
	if y1 < y0 {
		return line{y0, 1<<32 - 1, -slope}
	}
	return line{y0, 0, slope}
}
