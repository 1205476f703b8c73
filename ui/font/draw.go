package font

import (
	"image"

	"linnet/ui/gal/rgb565"
)

// Draw sets text in colour fg with its baseline at the given y and the pen
// first at x, clipped to dst, and returns the x behind it. The baseline is
// the row below the feet of letters: a line box whose top is y has it at
// y + s.Ascent().
func Draw(dst *rgb565.Image, s Style, x, baseline int, text string, fg rgb565.Color, curve Curve) int {
	return draw(dst, s, x, baseline, text, fg, curve, false)
}

// DrawTabular is Draw with digits of one width, for times and counts.
func DrawTabular(dst *rgb565.Image, s Style, x, baseline int, text string, fg rgb565.Color, curve Curve) int {
	return draw(dst, s, x, baseline, text, fg, curve, true)
}

func draw(dst *rgb565.Image, s Style, x, baseline int, text string, fg rgb565.Color, curve Curve, tabular bool) int {
	p := pen{dst, fg, curve}
	var w walker
	w.walk(s, x, text, tabular)
	for w.next() {
		if w.glyph.missing {
			p.box(&w.glyph, w.glyphX, baseline)
		} else if w.glyph.w > 0 {
			p.stamp(&w.glyph, w.glyphX, baseline)
		}
	}
	return w.x
}

// pen draws one colour on a surface.
type pen struct {
	dst   *rgb565.Image
	fg    rgb565.Color
	curve Curve
}

// stamp draws a glyph whose origin is at (x, baseline).
func (p *pen) stamp(g *glyph, x, baseline int) {
	left, top := x+g.left-p.dst.Rect.Min.X, baseline-g.top-p.dst.Rect.Min.Y
	dx, dy := p.dst.Rect.Dx(), p.dst.Rect.Dy()
	if left >= dx || top >= dy || left+g.w <= 0 || top+g.h <= 0 {
		return
	}
	n := nibbles{data: g.mask}
	for col, row := 0, 0; row < g.h; {
		v, run := n.run()
		if v == 0 {
			for col += run; col >= g.w; col -= g.w {
				row++
			}
			continue
		}
		for ; run > 0; run-- {
			if uint(left+col) < uint(dx) && uint(top+row) < uint(dy) {
				pix := &p.dst.Pix[(top+row)*p.dst.Stride+left+col]
				*pix = p.fg.Mix(*pix, p.curve[v])
			}
			if col++; col == g.w {
				col, row = 0, row+1
			}
		}
	}
}

// box draws the frame that stands for a missing glyph, at half strength.
func (p *pen) box(g *glyph, x, baseline int) {
	x, y := x+g.left, baseline-g.top
	for _, r := range [...]image.Rectangle{
		image.Rect(x, y, x+g.w, y+1), image.Rect(x, y+g.h-1, x+g.w, y+g.h),
		image.Rect(x, y+1, x+1, y+g.h-1), image.Rect(x+g.w-1, y+1, x+g.w, y+g.h-1),
	} {
		p.dst.Blend(r, p.fg, p.curve[8])
	}
}

// nibbles reads a mask.
type nibbles struct {
	data file
	at   int
}

// run reads a coverage and how many pixels have it.
func (n *nibbles) run() (v uint8, length int) {
	if v = n.next(); v != 0 && v != 15 {
		return v, 1
	}
	return v, int(n.next()) + 1
}

func (n *nibbles) next() uint8 {
	v := n.data[n.at>>1] >> (4 * (n.at & 1)) & 15
	n.at++
	return v
}
