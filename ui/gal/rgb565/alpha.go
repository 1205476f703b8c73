package rgb565

import "image"

// BlitAlpha draws the pixels of src from sp on over r with an opacity of
// 0..255, clipped as Blit does. src and m share no pixels.
func (m *Image) BlitAlpha(r image.Rectangle, src *Image, sp image.Point, alpha uint8) {
	l := level(alpha)
	switch l {
	case 0:
		return
	case 32:
		m.Blit(r, src, sp)
		return
	}
	r, sp = clipBlit(m, r, src, sp)
	for y := range r.Dy() {
		mixRow(m.row(r.Min.X, r.Max.X, r.Min.Y+y), src.row(sp.X, sp.X+r.Dx(), sp.Y+y), l)
	}
}

// Bits is a coverage map of one bit a pixel, the left pixel in the highest
// bit, each row padded to whole bytes. It is read-only after it was made.
type Bits struct {
	Pix  []uint8
	Rect image.Rectangle
}

// DrawBits sets the pixels to c where the map, whose top left corner comes to
// at, has a bit set. A map that is too short for its rectangle draws nothing.
func (m *Image) DrawBits(at image.Point, bits *Bits, c Color) {
	stride := (bits.Rect.Dx() + 7) / 8
	r := image.Rectangle{Min: at, Max: at.Add(bits.Rect.Size())}.Intersect(m.Rect)
	if r.Empty() || len(bits.Pix) < stride*bits.Rect.Dy() {
		return
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		i := (y - at.Y) * stride
		bitsRow(m.row(r.Min.X, r.Max.X, y), bits.Pix[i:i+stride], r.Min.X-at.X, c)
	}
}
