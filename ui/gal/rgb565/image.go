// Package rgb565 draws on surfaces of 16-bit pixels, five bits of red, six of
// green, five of blue, as the board's panel shows them. Everything is integer
// arithmetic and clipped; nothing allocates but New.
package rgb565

import "image"

// Color is a pixel: rrrrrggggggbbbbb.
type Color uint16

// RGB makes the pixel nearest to 8-bit red, green and blue.
func RGB(r, g, b uint8) Color {
	return Color((uint16(r)*31+127)/255<<11 | (uint16(g)*63+127)/255<<5 | (uint16(b)*31+127)/255)
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
	i := (r.Min.Y-m.Rect.Min.Y)*m.Stride + r.Min.X - m.Rect.Min.X
	return &Image{Pix: m.Pix[i:], Stride: m.Stride, Rect: r}
}

// Mask is a coverage map, 8 bits a pixel, 255 is opaque. It is read-only
// after it was made.
type Mask struct {
	Pix    []uint8
	Stride int
	Rect   image.Rectangle
}
