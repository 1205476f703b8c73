package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Picture shows a cover with round corners. Without one it shows a bird.
type Picture struct {
	ui.Window
	Theme  *theme.Theme
	Paper  rgb565.Color
	Ground rgb565.Color // behind the bird
	Radius int
	Bird   int // its size

	img *rgb565.Image
}

// Set changes the picture, which must be as large as the window; nil is none.
func (p *Picture) Set(img *rgb565.Image) {
	if img != p.img {
		p.img = img
		p.InvalidateAll()
	}
}

// Paint draws the picture.
func (p *Picture) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, p.Paper)
	r := p.Rect()
	if p.img != nil {
		dst.BlitRounded(r, p.img, p.img.Rect.Min, p.Radius)
		return
	}
	dst.RoundRect(r, p.Radius, p.Ground)
	theme.DrawBird(dst, centered(r, image.Pt(p.Bird, p.Bird)).Min, p.Bird, p.Theme)
}

// Handle uses nothing: what holds the picture may.
func (p *Picture) Handle(ial.Event) bool { return false }
