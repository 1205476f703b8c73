package font

import "linnet/ui/gal/rgb565"

// Draw sets text in colour fg with its baseline at the given y and the pen
// first at x, clipped to dst, and returns the x behind it. The baseline is
// the row below the feet of letters: a row box whose top is y has it at
// y + s.Ascent().
func Draw(dst *rgb565.Image, s Style, x, baseline int, text string, fg rgb565.Color, curve Curve) int {
	return draw(dst, s, x, baseline, text, fg, curve, false)
}

// DrawTabular is Draw with digits of one width, for times and counts.
func DrawTabular(dst *rgb565.Image, s Style, x, baseline int, text string, fg rgb565.Color, curve Curve) int {
	return draw(dst, s, x, baseline, text, fg, curve, true)
}

func draw(dst *rgb565.Image, s Style, x, baseline int, text string, fg rgb565.Color, curve Curve, tabular bool) int {
	p := newPen(dst, fg, curve)
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

// pen blends one colour into a surface.
type pen struct {
	dst   *rgb565.Image
	fg    uint32     // spread
	alpha [16]uint32 // of a coverage, in 32nds
}

// spreadBits are the bits of a pixel whose fields were pulled apart, green to
// the upper half, so that each has room for a product with 32.
const spreadBits = 0x07E0F81F

func spread(c rgb565.Color) uint32 { return (uint32(c) | uint32(c)<<16) & spreadBits }

func newPen(dst *rgb565.Image, fg rgb565.Color, curve Curve) pen {
	p := pen{dst: dst, fg: spread(fg)}
	for i := range p.alpha {
		p.alpha[i] = (uint32(curve[i]) + 4) >> 3
	}
	return p
}

// blend mixes the colour into a pixel, alpha in 32nds, rounded to nearest.
func (p *pen) blend(pix *rgb565.Color, alpha uint32) {
	const half = 1<<25 | 1<<15 | 1<<4 // of each field's least step, after the shift
	bg := spread(*pix)
	mixed := ((bg*(32-alpha) + p.fg*alpha + half) >> 5) & spreadBits
	*pix = rgb565.Color(mixed | mixed>>16)
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
				p.blend(&p.dst.Pix[(top+row)*p.dst.Stride+left+col], p.alpha[v])
			}
			if col++; col == g.w {
				col, row = 0, row+1
			}
		}
	}
}

// box draws the frame that stands for a missing glyph.
func (p *pen) box(g *glyph, x, baseline int) {
	for row := range g.h {
		for col := range g.w {
			if row == 0 || row == g.h-1 || col == 0 || col == g.w-1 {
				p.dot(x+g.left+col, baseline-g.top+row)
			}
		}
	}
}

func (p *pen) dot(x, y int) {
	x, y = x-p.dst.Rect.Min.X, y-p.dst.Rect.Min.Y
	if uint(x) < uint(p.dst.Rect.Dx()) && uint(y) < uint(p.dst.Rect.Dy()) {
		p.blend(&p.dst.Pix[y*p.dst.Stride+x], p.alpha[8])
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
