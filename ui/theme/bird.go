package theme

import (
	"image"
	"image/color"

	"linnet/ui/gal/rgb565"
)

// DrawBird draws the bird in a square of size pixels whose top left corner is
// at: 22, 72 or 84; another size gets the largest that is not larger, or 22,
// in the middle. Its feet stand BirdFeet pixels below the square's top.
func DrawBird(dst *rgb565.Image, at image.Point, size int, t *Theme) {
	b := &birds[0]
	for i := range birds {
		if birds[i].size <= size {
			b = &birds[i]
		}
	}
	at = at.Add(image.Pt((size-b.size)/2, (size-b.size)/2))
	dst.DrawMask(at, &b.body, t.Text)
	dst.DrawMask(at, &b.breast, t.Accent)
	dst.DrawMask(at, &b.wing, t.Text2)
	dst.DrawMask(at, &b.eye, t.Background)
}

// BirdFeet is where the bird's perch begins, below the top of its square.
func BirdFeet(size int) int { return (size*80 + 42) / 84 }

// WindowIcon is the bird on a rounded tile of the dark theme, 96 pixels square.
func WindowIcon() image.Image {
	const size, radius = 96, 20
	r := image.Rect(0, 0, size, size)
	t := Dark()
	tile, shape := rgb565.New(r), rgb565.New(r)
	tile.Fill(r, t.Background)
	DrawBird(tile, image.Pt(6, 7), 84, t)
	shape.RoundRect(r, radius, 0xFFFF)

	icon, alpha := image.NewNRGBA(r), rgb565.ToRGBA(shape)
	colours := rgb565.ToRGBA(tile)
	for y := range size {
		for x := range size {
			c := colours.RGBAAt(x, y)
			icon.SetNRGBA(x, y, color.NRGBA{R: c.R, G: c.G, B: c.B, A: alpha.RGBAAt(x, y).G})
		}
	}
	return icon
}
