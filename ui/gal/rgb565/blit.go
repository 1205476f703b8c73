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
