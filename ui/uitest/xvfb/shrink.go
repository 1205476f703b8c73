package xvfb

import (
	"fmt"
	"image"

	"linnet/ui/gal/rgb565"
)

// Shrink undoes the enlargement of a panel of the given size that a screenshot
// shows at the rectangle at, a whole multiple of it. It fails where a panel's pixel is not one
// colour. How eight bits were made of five and six is SDL's business; any
// sensible way keeps the upper bits, which are compared.
func Shrink(shot *image.RGBA, at image.Rectangle, size image.Point) (*rgb565.Image, error) {
	f := at.Dx() / size.X
	if f < 1 || at.Size() != size.Mul(f) || !at.In(shot.Rect) {
		return nil, fmt.Errorf("xvfb: %v is no whole multiple of %v within the screen", at, size)
	}
	m := rgb565.New(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			block := image.Rectangle{Max: image.Pt(f, f)}.Add(at.Min).Add(image.Pt(x*f, y*f))
			c, same := flat(shot, block)
			if !same {
				return nil, fmt.Errorf("xvfb: the pixel (%d, %d) is not one colour", x, y)
			}
			m.Pix[y*m.Stride+x] = c
		}
	}
	return m, nil
}

// flat is the colour of a block and whether all of it has it.
func flat(shot *image.RGBA, r image.Rectangle) (rgb565.Color, bool) {
	first := shot.RGBAAt(r.Min.X, r.Min.Y)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if shot.RGBAAt(x, y) != first {
				return 0, false
			}
		}
	}
	return rgb565.Color(first.R>>3)<<11 | rgb565.Color(first.G>>2)<<5 | rgb565.Color(first.B>>3), true
}
