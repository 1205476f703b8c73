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
	var w walker
	w.walk(s, x, text, tabular)
	return w.draw(dst, baseline, fg, curve)
}

// draw walks to the end of the text and draws it.
func (w *walker) draw(dst *rgb565.Image, baseline int, fg rgb565.Color, curve Curve) int {
	for w.next() {
		g := &w.glyph
		if at := image.Pt(w.glyphX+g.left, baseline-g.top); g.missing {
			box(dst, image.Rect(0, 0, g.w, g.h).Add(at), fg, curve)
		} else {
			drawn.draw(dst, at, g, fg, curve)
		}
	}
	return w.x
}

// box draws the frame that stands for a missing glyph, at half strength.
func box(dst *rgb565.Image, r image.Rectangle, fg rgb565.Color, curve Curve) {
	for _, side := range [...]image.Rectangle{
		image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+1), image.Rect(r.Min.X, r.Max.Y-1, r.Max.X, r.Max.Y),
		image.Rect(r.Min.X, r.Min.Y+1, r.Min.X+1, r.Max.Y-1), image.Rect(r.Max.X-1, r.Min.Y+1, r.Max.X, r.Max.Y-1),
	} {
		dst.Blend(side, fg, curve[8])
	}
}
