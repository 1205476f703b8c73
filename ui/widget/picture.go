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
	Bird   int    // its size
	Click  func() // nil: what holds the picture gets its events

	img   *rgb565.Image
	press press
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

// Handle follows the pointer, where there is a Click.
func (p *Picture) Handle(e ial.Event) bool {
	if p.Click == nil || e.Type == ial.KeyPress {
		return false
	}
	return p.press.handle(&p.Window, e, p.Click)
}
