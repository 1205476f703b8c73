package vo

import "unsafe"

// A Surface is what is painted on: RGB565, line y begins at Pix[y*Stride].
type Surface struct {
	Pix           []uint16
	Stride        int // in pixels
	Width, Height int
}

// On is a surface of pixels that have a type of their own. It shares them.
func On[P ~uint16](pix []P, stride, width, height int) Surface {
	if len(pix) == 0 {
		return Surface{}
	}
	return Surface{unsafe.Slice((*uint16)(unsafe.Pointer(&pix[0])), len(pix)), stride, width, height}
}

// A Turn says by how many quarters, clockwise, a picture is turned for its
// surface.
type Turn uint8

// The turns.
const (
	Upright Turn = iota
	Right
	Over
	Left
)

// walk is how the pixels of a turned picture follow each other: the pixel at
// (x, y) of it is at Pix[at + x*dx + y*dy].
type walk struct{ at, dx, dy int }

// size is the width and height of s as the turned picture sees it.
func (s Surface) size(t Turn) (int, int) {
	if t&1 == 1 {
		return s.Height, s.Width
	}
	return s.Width, s.Height
}

// walk is the way over all of s.
func (s Surface) walk(t Turn) walk {
	switch t & 3 {
	case Right:
		return walk{s.Width - 1, s.Stride, -1}
	case Over:
		return walk{(s.Height-1)*s.Stride + s.Width - 1, -1, -s.Stride}
	case Left:
		return walk{(s.Height - 1) * s.Stride, -s.Stride, 1}
	}
	return walk{0, 1, s.Stride}
}

// from is the way that begins at (x, y) of w.
func (w walk) from(x, y int) walk { return walk{w.at + x*w.dx + y*w.dy, w.dx, w.dy} }
