package rgb565

import "image"

// A rounded shape is looked at in eight lines a row of pixels, each with its
// ends known to 1/64 of a pixel: 512 parts a pixel, of which 33 levels are kept.
const (
	subLines  = 8
	subUnit   = 64
	maxRadius = 1000 // pixels; squared in units it must fit into 32 bits
)

// rounded is a rectangle with round corners.
type rounded struct {
	box    image.Rectangle
	radius int // in 1/64 pixel, at most half the shorter side
}

// roundedRow is one row of pixels of a rounded rectangle: eight intervals
// [lo, width-lo) in 1/64 pixel from the left edge of the box.
type roundedRow struct {
	lo            [subLines]int
	width         int
	solid, solid1 int // pixels [solid, solid1) are wholly inside
}

// round makes the shape; a radius above half the shorter side makes a pill
// or a disc, also of odd size.
func round(r image.Rectangle, radius int) rounded {
	u := min(max(radius, 0), maxRadius) * subUnit
	return rounded{r, min(u, min(r.Dx(), r.Dy())*subUnit/2)}
}

// line computes the row y, in screen coordinates. It says false when y is
// above or below the shape.
func (s *rounded) line(y int, row *roundedRow) bool {
	if y < s.box.Min.Y || y >= s.box.Max.Y || s.box.Dx() <= 0 {
		return false
	}
	row.width = s.box.Dx() * subUnit
	top, most := (y-s.box.Min.Y)*subUnit, 0
	for i := range row.lo {
		v := top + i*(subUnit/subLines) + subUnit/subLines/2
		row.lo[i] = s.inset(min(v, s.box.Dy()*subUnit-v))
		most = max(most, row.lo[i])
	}
	row.solid = (most + subUnit - 1) / subUnit
	row.solid1 = (row.width - most) / subUnit
	return true
}

// inset is how far the shape's left edge stands in at a distance v from
// its top or bottom edge, both in 1/64 pixel.
func (s *rounded) inset(v int) int {
	d := s.radius - v
	if d <= 0 {
		return 0
	}
	return s.radius - int(isqrt(uint32(s.radius*s.radius-d*d)))
}

// level is the coverage of the pixel i from the left, 0..32.
func (row *roundedRow) level(i int) uint32 {
	if i >= row.solid && i < row.solid1 {
		return 32
	}
	left, sum := i*subUnit, 0
	for _, lo := range row.lo {
		sum += max(0, min(left+subUnit, row.width-lo)-max(left, lo))
	}
	return uint32(sum+8) >> 4
}

// isqrt is the square root of n, rounded to the nearest.
func isqrt(n uint32) uint32 {
	var root, rest uint32 = 0, n
	for bit := uint32(1) << 30; bit != 0; bit >>= 2 {
		if rest >= root+bit {
			rest -= root + bit
			root = root>>1 + bit
		} else {
			root >>= 1
		}
	}
	if rest > root {
		root++
	}
	return root
}

// RoundRect fills r with c, its corners rounded and anti-aliased. A radius
// of at least half the shorter side gives a pill, or in a square a disc.
func (m *Image) RoundRect(r image.Rectangle, radius int, c Color) {
	m.drawRounded(r, radius, 0, c)
}

// RoundRing draws the outline of a rounded rectangle: width pixels wide, inwards
// from the edge of r, whose corners have the radius given.
func (m *Image) RoundRing(r image.Rectangle, radius, width int, c Color) {
	if width > 0 {
		m.drawRounded(r, radius, width, c)
	}
}

// drawRounded draws a rounded rectangle without its inner part, which
// begins width pixels inside; a width of 0 leaves out nothing.
func (m *Image) drawRounded(r image.Rectangle, radius, width int, c Color) {
	clip := r.Intersect(m.Rect)
	if clip.Empty() {
		return
	}
	outer := round(r, radius)
	var inner rounded
	if width > 0 {
		inner.box = image.Rectangle{Min: r.Min.Add(image.Pt(width, width)), Max: r.Max.Sub(image.Pt(width, width))}
		inner.radius = max(outer.radius-width*subUnit, 0)
	}
	f := spread(c)
	var out, in roundedRow
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		outer.line(y, &out)
		if inner.line(y, &in) {
			ringRow(m.row(clip.Min.X, clip.Max.X, y), clip.Min.X-r.Min.X, &out, &in, width, f)
		} else {
			roundRow(m.row(clip.Min.X, clip.Max.X, y), clip.Min.X-r.Min.X, &out, f)
		}
	}
}

// roundRow draws f (spread) over dst, which begins x0 pixels into the row.
func roundRow(dst []Color, x0 int, row *roundedRow, f uint32) {
	a := min(max(row.solid-x0, 0), len(dst))
	b := min(max(row.solid1-x0, a), len(dst))
	for i := range dst[:a] {
		dst[i] = mix(spread(dst[i]), f, row.level(x0+i))
	}
	fillRow(dst[a:b], mix(f, f, 0))
	for i := b; i < len(dst); i++ {
		dst[i] = mix(spread(dst[i]), f, row.level(x0+i))
	}
}

// ringRow draws f (spread) where out is and in, width pixels further in, is not.
func ringRow(dst []Color, x0 int, out, in *roundedRow, width int, f uint32) {
	for i := range dst {
		x := x0 + i
		if x-width >= in.solid && x-width < in.solid1 {
			continue
		}
		dst[i] = mix(spread(dst[i]), f, out.level(x)-min(in.level(x-width), out.level(x)))
	}
}

// BlitRounded copies the pixels of src from sp on to r with the corners
// of r rounded off. src and m share no pixels.
func (m *Image) BlitRounded(r image.Rectangle, src *Image, sp image.Point, radius int) {
	clip, sp := clipBlit(m, r, src, sp)
	s := round(r, radius)
	var row roundedRow
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		s.line(y, &row)
		from := src.row(sp.X, sp.X+clip.Dx(), sp.Y+y-clip.Min.Y)
		blitRow(m.row(clip.Min.X, clip.Max.X, y), from, clip.Min.X-r.Min.X, &row)
	}
}

// blitRow copies from to dst, which begins x0 pixels into the row.
func blitRow(dst, from []Color, x0 int, row *roundedRow) {
	a := min(max(row.solid-x0, 0), len(dst))
	b := min(max(row.solid1-x0, a), len(dst))
	for i := range dst[:a] {
		dst[i] = mix(spread(dst[i]), spread(from[i]), row.level(x0+i))
	}
	copy(dst[a:b], from[a:b])
	for i := b; i < len(dst); i++ {
		dst[i] = mix(spread(dst[i]), spread(from[i]), row.level(x0+i))
	}
}
