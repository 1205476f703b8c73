package widget

import (
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Align says where in its rectangle a text stands.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// A text that scrolls waits, moves one pixel a step, and rests at its end.
const (
	scrollAfter = 2 * time.Second
	scrollStep  = time.Second / 25
	scrollRest  = time.Second
)

// Label is a line of text. What does not fit ends in an ellipsis.
type Label struct {
	ui.Window
	Theme      *theme.Theme
	Style      font.Style
	Ink, Paper rgb565.Color
	Align      Align
	Baseline   int  // in screen coordinates
	Scrolls    bool // a text that does not fit is moved past once

	text, short string
	shift       int
	timer       *ui.Timer
}

// SetRect moves the label, and shortens its text to the new width.
func (l *Label) SetRect(r image.Rectangle) {
	if r != l.Rect() {
		l.Window.SetRect(r)
		l.short = font.Ellipsis(l.Style, l.text, r.Dx())
	}
}

// SetText changes the text.
func (l *Label) SetText(text string) {
	if text == l.text {
		return
	}
	l.text = text
	l.short = font.Ellipsis(l.Style, text, l.Rect().Dx())
	l.shift = 0
	l.InvalidateAll()
	if l.Scrolls && l.Desktop() != nil {
		l.Rescroll()
	}
}

// SetInk changes the colour.
func (l *Label) SetInk(c rgb565.Color) {
	if c != l.Ink {
		l.Ink = c
		l.InvalidateAll()
	}
}

// Rescroll has a text that does not fit moved past once more.
func (l *Label) Rescroll() {
	if l.shift > 0 {
		l.shift = 0
		l.InvalidateAll()
	}
	if l.timer == nil {
		l.timer = l.Desktop().NewTimer(l.scroll)
	}
	l.timer.Stop()
	if l.short != l.text {
		l.timer.Start(scrollAfter)
	}
}

// scroll is one step of moving the text past.
func (l *Label) scroll() {
	rest := font.Width(l.Style, l.text) - l.Rect().Dx() - l.shift
	switch {
	case !l.Shown():
		l.shift = 0
		return
	case rest > 1:
		l.shift++
		l.timer.Start(scrollStep)
	case rest == 1:
		l.shift++
		l.timer.Start(scrollRest)
	default:
		l.shift = 0
	}
	l.InvalidateAll()
}

// Paint draws the label.
func (l *Label) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, l.Paper)
	text, r := l.short, l.Rect()
	x := r.Min.X
	switch {
	case l.shift > 0:
		text = l.text
		x -= l.shift
	case l.Align == Center:
		x += (r.Dx() - font.Width(l.Style, text)) / 2
	case l.Align == Right:
		x = r.Max.X - font.Width(l.Style, text)
	}
	font.Draw(dst, l.Style, x, l.Baseline, text, l.Ink, l.Theme.Curve)
}

// Handle uses nothing.
func (l *Label) Handle(ial.Event) bool { return false }

// textTop is the y at which a label's box for a baseline begins.
func textTop(s font.Style, baseline int) int { return baseline - s.Ascent() }

// LabelBox is the rectangle of a line of text from x0 to x1.
func LabelBox(s font.Style, x0, x1, baseline int) image.Rectangle {
	y := textTop(s, baseline)
	return image.Rect(x0, y, x1, y+s.Height())
}
