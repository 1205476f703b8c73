//go:build fontgen

package main

// glyph is a drawn character: pix holds w*h coverages of 0 to 15, the first
// of which lies left pixels right of the pen and top pixels above the
// baseline.
type glyph struct {
	advance, left, top, w, h int
	pix                      []uint8
}

// trim cuts empty rows and columns off.
func (g *glyph) trim() {
	x0, y0, x1, y1 := g.w, g.h, 0, 0
	for i, c := range g.pix {
		if c > 0 {
			x, y := i%g.w, i/g.w
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
		}
	}
	if x1 <= x0 {
		g.left, g.top, g.w, g.h, g.pix = 0, 0, 0, 0, nil
		return
	}
	var pix []uint8
	for y := y0; y < y1; y++ {
		pix = append(pix, g.pix[y*g.w+x0:y*g.w+x1]...)
	}
	g.left, g.top, g.w, g.h, g.pix = g.left+x0, g.top-y0, x1-x0, y1-y0, pix
}

// sharpness is greatest where ink is not spread over neighbouring pixels.
func (g *glyph) sharpness() (sum int) {
	for _, c := range g.pix {
		sum += int(c) * int(c)
	}
	return sum
}
