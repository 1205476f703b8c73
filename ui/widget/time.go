package widget

import (
	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Time shows a time in figures of one width: m:ss, or h:mm:ss.
type Time struct {
	ui.Window
	Theme      *theme.Theme
	Ink, Paper rgb565.Color
	Align      Align // Left or Right
	Baseline   int

	seconds int64
	shown   bool
}

// Set changes the time. Below zero there is none, and nothing is shown.
func (t *Time) Set(seconds int64) {
	on := seconds >= 0
	if on == t.shown && (!on || seconds == t.seconds) {
		return
	}
	t.seconds, t.shown = seconds, on
	t.InvalidateAll()
}

const figures = "0123456789:"

// clock writes a time as indices into figures, from the end of buf, and
// returns where it begins.
func clock(buf *[24]uint8, seconds int64) int {
	i := len(buf)
	put := func(v uint8) {
		i--
		buf[i] = v
	}
	two := func(v int64) {
		put(uint8(v % 10))
		put(uint8(v / 10))
		put(uint8(len(figures) - 1))
	}
	two(seconds % 60)
	rest := seconds / 60
	if rest >= 60 {
		two(rest % 60)
		rest /= 60
	}
	for put(uint8(rest % 10)); rest >= 10; put(uint8(rest % 10)) {
		rest /= 10
	}
	return i
}

// Paint draws the time, figure by figure, so that no string is made.
func (t *Time) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, t.Paper)
	if !t.shown {
		return
	}
	var buf [24]uint8
	text := buf[clock(&buf, t.seconds):]
	x := t.Rect().Min.X
	if t.Align == Right {
		x = t.Rect().Max.X
		for _, f := range text {
			x -= font.WidthTabular(font.Small, figures[f:f+1])
		}
	}
	for _, f := range text {
		x = font.DrawTabular(dst, font.Small, x, t.Baseline, figures[f:f+1], t.Ink, t.Theme.Curve)
	}
}

// Handle uses nothing.
func (t *Time) Handle(ial.Event) bool { return false }
