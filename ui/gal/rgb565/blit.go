package rgb565

import "image"

// Blit copies the pixels of src from sp on to r. Where r reaches out of m or
// its origin out of src nothing is drawn. src may share pixels with m (be m,
// or a Sub of the same surface): the copy is as if src had been saved first.
func (m *Image) Blit(r image.Rectangle, src *Image, sp image.Point) {
	r, sp = clipBlit(m, r, src, sp)
	if r.Empty() {
		return
	}
	w := r.Dx()
	if r.Min.Y > sp.Y { // from the last row up, so that moving down overwrites nothing
		for y := r.Dy() - 1; y >= 0; y-- {
			copy(m.row(r.Min.X, r.Max.X, r.Min.Y+y), src.row(sp.X, sp.X+w, sp.Y+y))
		}
		return
	}
	for y := range r.Dy() {
		copy(m.row(r.Min.X, r.Max.X, r.Min.Y+y), src.row(sp.X, sp.X+w, sp.Y+y))
	}
}

// clipBlit clips r to m, and to src when sp is laid on r.Min.
func clipBlit(m *Image, r image.Rectangle, src *Image, sp image.Point) (image.Rectangle, image.Point) {
	d := r.Min.Sub(sp)
	r = r.Intersect(m.Rect).Intersect(src.Rect.Add(d))
	return r, r.Min.Sub(d)
}

// Rotate copies the part r of src to m, turned clockwise by a number of
// quarters (1 to 3, others are taken modulo 4): the surface src as a
// whole becomes the surface m, so the pixel at src.Rect.Min goes to the top
// right corner of m after one quarter. What does not fit into m is left out.
// m and src share no pixels.
func (m *Image) Rotate(src *Image, r image.Rectangle, quarters int) {
	r = r.Intersect(src.Rect)
	if r.Empty() {
		return
	}
	t := turn(src.Rect, m, quarters)
	r = t.clip(r)
	if r.Empty() {
		return
	}
	// Tiles keep both the rows read and the columns written in a small cache.
	const tile = 16
	for y := r.Min.Y; y < r.Max.Y; y += tile {
		for x := r.Min.X; x < r.Max.X; x += tile {
			t.copy(src, image.Rect(x, y, min(x+tile, r.Max.X), min(y+tile, r.Max.Y)))
		}
	}
}

// turning says where in m.Pix a pixel of the source lands: at
// base + x*dx + y*dy, with x and y counted from the source's corner.
type turning struct {
	m            *Image
	from         image.Rectangle
	base, dx, dy int
	quarters     int
}

// turn prepares a rotation of the surface from onto m.
func turn(from image.Rectangle, m *Image, quarters int) turning {
	w, h, s := from.Dx(), from.Dy(), m.Stride
	t := turning{m: m, from: from, quarters: quarters & 3}
	switch t.quarters {
	case 0:
		t.base, t.dx, t.dy = 0, 1, s
	case 1:
		t.base, t.dx, t.dy = h-1, s, -1
	case 2:
		t.base, t.dx, t.dy = (h-1)*s+w-1, -1, -s
	case 3:
		t.base, t.dx, t.dy = (w-1)*s, -s, 1
	}
	return t
}

// clip narrows r, in the source, to what lands within m.
func (t turning) clip(r image.Rectangle) image.Rectangle {
	w, h := t.m.Rect.Dx(), t.m.Rect.Dy()
	fw, fh := t.from.Dx(), t.from.Dy()
	var in image.Rectangle
	switch t.quarters {
	case 0:
		in = image.Rect(0, 0, w, h)
	case 1: // target column fh-1-y < w, target row x < h
		in = image.Rect(0, max(fh-w, 0), h, max(fh, w))
	case 2:
		in = image.Rect(max(fw-w, 0), max(fh-h, 0), max(fw, w), max(fh, h))
	case 3: // target column y < w, target row fw-1-x < h
		in = image.Rect(max(fw-h, 0), 0, max(fw, h), w)
	}
	return r.Intersect(in.Add(t.from.Min))
}

// copy turns one tile.
func (t turning) copy(src *Image, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		i := t.base + (r.Min.X-t.from.Min.X)*t.dx + (y-t.from.Min.Y)*t.dy
		for _, c := range src.row(r.Min.X, r.Max.X, y) {
			t.m.Pix[i] = c
			i += t.dx
		}
	}
}
