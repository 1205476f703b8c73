package app

import (
	"image"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
)

// lettering is all that the looks of a caption depend on.
type lettering struct {
	text        string
	above       bool
	top, bottom bool // the bands are there
	lent        bool
	quarters    int
}

// letter makes the film's caption where it is another one, or is to be elsewhere.
func (p *filmPage) letter() {
	f := p.film
	f.mu.Lock()
	k := lettering{f.caption, f.above, p.top.Visible(), p.bottom.Visible(), f.lent, f.quarters}
	made := f.layer != nil || k.text == ""
	f.mu.Unlock()
	if k == p.letters && made {
		return
	}
	before := p.letters
	p.letters = k
	f.lay(p.caption(k), k.text, before.text != k.text)
}

// caption draws a caption, on black and on white so that it can be laid over any
// picture.
func (p *filmPage) caption(k lettering) *rgb565.Layer {
	if k.text == "" {
		return nil
	}
	page := p.Rect()
	lines := font.Wrap(font.Large, k.text, page.Dx()-24, 2)
	high := font.Large.Height()
	baseline := page.Dy() - 14 - (len(lines)-1)*high
	switch {
	case k.above && k.top:
		baseline = filmTop + high
	case k.above:
		baseline = high
	case k.bottom:
		baseline -= filmBottom - 2
	}
	r := image.Rect(page.Min.X, baseline-high-2, page.Max.X, baseline+(len(lines)-1)*high+high/2+2).Intersect(page)
	black, white := rgb565.New(r), rgb565.New(r)
	white.Fill(r, 0xffff)
	for _, l := range lines {
		x := (page.Dx() - font.Width(font.Large, l)) / 2
		p.outlined(black, x, baseline, l)
		p.outlined(white, x, baseline, l)
		baseline += high
	}
	return rgb565.NewLayer(black, white, page.Size(), k.quarters)
}

// The colours of captions: warm white in nearly black.
var captionInk, captionEdge = rgb565.RGB(0xff, 0xfb, 0xef), rgb565.RGB(0x0f, 0x0c, 0x0a)

// outlined draws a line of text that can be read on any picture.
func (p *filmPage) outlined(dst *rgb565.Image, x, baseline int, text string) {
	for _, d := range [...]image.Point{{-2, 0}, {2, 0}, {0, -2}, {0, 2}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}} {
		font.Draw(dst, font.Large, x+d.X, baseline+d.Y, text, captionEdge, p.app.theme.Curve)
	}
	font.Draw(dst, font.Large, x, baseline, text, captionInk, p.app.theme.Curve)
}
