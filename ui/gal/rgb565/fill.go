package rgb565

import "image"

// Fill sets the pixels of r to c.
func (m *Image) Fill(r image.Rectangle, c Color) {
	r = r.Intersect(m.Rect)
	if r.Empty() {
		return
	}
	first := m.row(r.Min.X, r.Max.X, r.Min.Y)
	fillRow(first, c)
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(m.row(r.Min.X, r.Max.X, y), first)
	}
}

// Blend draws c over the pixels of r with an opacity of 0..255.
func (m *Image) Blend(r image.Rectangle, c Color, alpha uint8) {
	l := level(alpha)
	if l == 32 {
		m.Fill(r, c)
		return
	}
	r = r.Intersect(m.Rect)
	if r.Empty() || l == 0 {
		return
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		blendRow(m.row(r.Min.X, r.Max.X, y), spread(c), l)
	}
}

// Darken multiplies the channels of the pixels of r by num/den, rounded to
// the nearest; 0 <= num <= den, 0 < den, anything else draws nothing.
func (m *Image) Darken(r image.Rectangle, num, den int) {
	r = r.Intersect(m.Rect)
	if r.Empty() || num < 0 || num > den || den <= 0 {
		return
	}
	var t5 [32]uint8
	var t6 [64]uint8
	for i := range t6 {
		t6[i] = uint8((int64(i)*int64(num) + int64(den)/2) / int64(den))
	}
	copy(t5[:], t6[:])
	for y := r.Min.Y; y < r.Max.Y; y++ {
		scaleRow(m.row(r.Min.X, r.Max.X, y), &t5, &t6)
	}
}
