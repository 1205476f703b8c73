package rgb565

import "image"

// DrawMask draws c through a mask whose top left corner comes to at.
func (m *Image) DrawMask(at image.Point, mask *Mask, c Color) {
	d := at.Sub(mask.Rect.Min)
	r := mask.Rect.Add(d).Intersect(m.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		i := (y-at.Y)*mask.Stride + r.Min.X - at.X
		maskRow(m.row(r.Min.X, r.Max.X, y), mask.Pix[i:i+r.Dx()], c)
	}
}

// linear is the coverage curve of a glyph that needs none.
var linear = [16]uint8{0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255}

// DrawGlyph draws c through a bitmap of w x h pixels whose top left corner
// is (x, y). pix holds 4 bits of coverage a pixel, the left pixel in the high
// nibble, each row padded to a whole byte; when it is too short nothing is drawn.
// curve says which opacity, 0..255, a coverage means; nil is linear.
func (m *Image) DrawGlyph(x, y, w, h int, pix []byte, c Color, curve *[16]uint8) {
	stride := (w + 1) / 2
	box := image.Rectangle{Min: image.Point{X: x, Y: y}, Max: image.Point{X: x + w, Y: y + h}}
	r := box.Intersect(m.Rect)
	if r.Empty() || len(pix) < stride*h {
		return
	}
	if curve == nil {
		curve = &linear
	}
	for v := r.Min.Y; v < r.Max.Y; v++ {
		i := (v - y) * stride
		glyphRow(m.row(r.Min.X, r.Max.X, v), pix[i:i+stride], r.Min.X-x, c, curve)
	}
}
