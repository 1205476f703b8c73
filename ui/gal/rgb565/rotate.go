package rgb565

import "image"

// tile is the side of the squares in which a surface is turned: the 16 pixels
// of a row are one line of a small cache, and 16 such lines stay in it while
// the square is written row by row.
const tile = 16

// Rotate copies the part r of src to m, turned clockwise by a number of
// quarters (1 to 3, others are taken modulo 4): the surface src as a
// whole becomes the surface m, so the pixel at src.Rect.Min goes to the top
// right corner of m after one quarter. What does not fit into m is left out.
// m and src share no pixels.
//
// m is written in its own order, each row from left to right, as memory of a
// display wants it, which is not cached.
func (m *Image) Rotate(src *Image, r image.Rectangle, quarters int) {
	t := turn(src.Rect.Size(), quarters)
	r = r.Intersect(src.Rect).Sub(src.Rect.Min)
	if r.Empty() {
		return
	}
	to := t.rect(r).Intersect(image.Rectangle{Max: m.Rect.Size()})
	for y := to.Min.Y; y < to.Max.Y; {
		below := min(y-y%tile+tile, to.Max.Y)
		for x := to.Min.X; x < to.Max.X; {
			right := min(x-x%tile+tile, to.Max.X)
			at := t.from(image.Pt(x, y))
			turnTile(m.Pix[y*m.Stride+x:], m.Stride, src.Pix, at.Y*src.Stride+at.X,
				t.across.Y*src.Stride+t.across.X, t.down.Y*src.Stride+t.down.X, right-x, below-y)
			x = right
		}
		y = below
	}
}

// Turned is where the part r of a surface of a size, whose corner is (0, 0), comes
// to when that is turned clockwise by a number of quarters.
func Turned(r image.Rectangle, size image.Point, quarters int) image.Rectangle {
	t := turn(size, quarters)
	return t.rect(r)
}

// turning says which pixel of a source comes to a place of the target, both
// counted from their corners: first + x*across + y*down.
type turning struct {
	size                image.Point // of the source
	quarters            int
	first, across, down image.Point
}

func turn(size image.Point, quarters int) turning {
	t := turning{size: size, quarters: quarters & 3, across: image.Pt(1, 0), down: image.Pt(0, 1)}
	w, h := size.X-1, size.Y-1
	switch t.quarters {
	case 1:
		t.first, t.across, t.down = image.Pt(0, h), image.Pt(0, -1), image.Pt(1, 0)
	case 2:
		t.first, t.across, t.down = image.Pt(w, h), image.Pt(-1, 0), image.Pt(0, -1)
	case 3:
		t.first, t.across, t.down = image.Pt(w, 0), image.Pt(0, 1), image.Pt(-1, 0)
	}
	return t
}

// from is where the pixel for a place of the target is taken from.
func (t *turning) from(p image.Point) image.Point {
	return t.first.Add(t.across.Mul(p.X)).Add(t.down.Mul(p.Y))
}

// rect is where a rectangle of the source comes to.
func (t *turning) rect(r image.Rectangle) image.Rectangle {
	w, h := t.size.X, t.size.Y
	switch t.quarters {
	case 1:
		return image.Rect(h-r.Max.Y, r.Min.X, h-r.Min.Y, r.Max.X)
	case 2:
		return image.Rect(w-r.Max.X, h-r.Max.Y, w-r.Min.X, h-r.Min.Y)
	case 3:
		return image.Rect(r.Min.Y, w-r.Max.X, r.Max.Y, w-r.Min.X)
	}
	return r
}
