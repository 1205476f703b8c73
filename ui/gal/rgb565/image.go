package rgb565

import "image"

// Color is a pixel: rrrrrggggggbbbbb.
type Color uint16

// RGB makes the pixel nearest to 8-bit red, green and blue.
func RGB(r, g, b uint8) Color {
	return Color((uint16(r)*31+127)/255<<11 | (uint16(g)*63+127)/255<<5 | (uint16(b)*31+127)/255)
}

// RGBA makes Color a color.Color: 16 bits a channel, opaque.
func (c Color) RGBA() (r, g, b, a uint32) {
	r8, g8, b8 := c.expand()
	return uint32(r8) * 0x101, uint32(g8) * 0x101, uint32(b8) * 0x101, 0xffff
}

// expand is the 8-bit meaning of a pixel.
func (c Color) expand() (r, g, b uint8) {
	r5, g6, b5 := uint8(c>>11), uint8(c>>5&63), uint8(c&31)
	return r5<<3 | r5>>2, g6<<2 | g6>>4, b5<<3 | b5>>2
}

// Mix is what a pixel of colour under becomes when c is drawn on it
// with the opacity alpha, 0..255.
func (c Color) Mix(under Color, alpha uint8) Color {
	return mix(spread(under), spread(c), level(alpha))
}

// Image is a surface. Pix[0] is the pixel at Rect.Min; the pixel at (x, y)
// is Pix[(y-Rect.Min.Y)*Stride+(x-Rect.Min.X)]. Sub-images share Pix.
type Image struct {
	Pix    []Color
	Stride int // in pixels
	Rect   image.Rectangle
}

// New returns a black surface.
func New(r image.Rectangle) *Image {
	return &Image{Pix: make([]Color, r.Dx()*r.Dy()), Stride: r.Dx(), Rect: r}
}

// Sub returns the part of m within r, sharing its pixels.
func (m *Image) Sub(r image.Rectangle) *Image {
	r = r.Intersect(m.Rect)
	if r.Empty() {
		return &Image{}
	}
	return &Image{Pix: m.Pix[m.offset(r.Min.X, r.Min.Y):], Stride: m.Stride, Rect: r}
}

// offset is the index in Pix of the pixel at (x, y), which lies in m.
func (m *Image) offset(x, y int) int {
	return (y-m.Rect.Min.Y)*m.Stride + x - m.Rect.Min.X
}

// row is the pixels of m from x0 to x1 in line y, all within m.
func (m *Image) row(x0, x1, y int) []Color {
	i := m.offset(x0, y)
	return m.Pix[i : i+x1-x0]
}

// At is the pixel at (x, y), black outside m.
func (m *Image) At(x, y int) Color {
	if !(image.Point{X: x, Y: y}).In(m.Rect) {
		return 0
	}
	return m.Pix[m.offset(x, y)]
}

// Equal says whether two surfaces have the same rectangle and pixels.
func (m *Image) Equal(o *Image) bool {
	if m.Rect != o.Rect {
		return m.Rect.Empty() && o.Rect.Empty()
	}
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		a, b := m.row(m.Rect.Min.X, m.Rect.Max.X, y), o.row(m.Rect.Min.X, m.Rect.Max.X, y)
		for i, c := range a {
			if c != b[i] {
				return false
			}
		}
	}
	return true
}

// ToRGBA is m in 8-bit channels, as a PNG wants it.
func ToRGBA(m *Image) *image.RGBA {
	out := image.NewRGBA(m.Rect)
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		p := out.Pix[out.PixOffset(m.Rect.Min.X, y):]
		for i, c := range m.row(m.Rect.Min.X, m.Rect.Max.X, y) {
			q := p[4*i : 4*i+4 : 4*i+4]
			q[0], q[1], q[2] = c.expand()
			q[3] = 255
		}
	}
	return out
}

// Mask is a coverage map, 8 bits a pixel, 255 is opaque. It is read-only
// after it was made.
type Mask struct {
	Pix    []uint8
	Stride int
	Rect   image.Rectangle
}
