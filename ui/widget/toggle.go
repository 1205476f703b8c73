package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// ToggleSize is how large a toggle is drawn.
var ToggleSize = image.Pt(40, 24)

// toggleKnob is the width of the knob.
const toggleKnob = 18

// toggleText is the gap between the words and the switch.
const toggleText = 8

// Toggle is a switch that is on or off, behind words that say what is. Its
// rectangle must be RingRoom larger than ToggleSize on each side, and have room for
// the words, which may be none; both stand in the middle.
type Toggle struct {
	ui.Window
	Theme  *theme.Theme
	Paper  rgb565.Color
	Text   string
	Change func(on bool)

	on    bool
	press press
}

// Set changes the state without telling Change.
func (t *Toggle) Set(on bool) {
	if on != t.on {
		t.on = on
		t.InvalidateAll()
	}
}

// On says whether it is on.
func (t *Toggle) On() bool { return t.on }

// Paint draws the toggle.
func (t *Toggle) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, t.Paper)
	size := ToggleSize
	if t.Text != "" {
		size.X += font.Width(font.Body, t.Text) + toggleText
	}
	r := centered(t.Rect(), size)
	font.Draw(dst, font.Body, r.Min.X, r.Min.Y+17, t.Text, t.Theme.Text, t.Theme.Curve)
	r.Min.X = r.Max.X - ToggleSize.X
	paintToggle(dst, t.Theme, r.Min, t.on)
	if t.FocusShown() {
		ring := r.Inset(-RingRoom)
		dst.RoundRing(ring, ring.Dy()/2, t.Theme.FocusRing, t.Theme.Focus)
	}
}

// paintToggle draws a toggle whose top left corner is at.
func paintToggle(dst *rgb565.Image, t *theme.Theme, at image.Point, on bool) {
	r := image.Rectangle{Min: at, Max: at.Add(ToggleSize)}
	const gap = (24 - toggleKnob) / 2
	knob := image.Rect(r.Min.X+gap, r.Min.Y+gap, r.Min.X+gap+toggleKnob, r.Max.Y-gap)
	fill, ink := t.Line, t.Text
	if on {
		knob = knob.Add(image.Pt(ToggleSize.X-2*gap-toggleKnob, 0))
		fill, ink = t.Accent, t.OnAccent
	}
	dst.RoundRect(r, r.Dy()/2, fill)
	dst.RoundRect(knob, toggleKnob/2, ink)
}

// Handle follows the pointer and the keys.
func (t *Toggle) Handle(e ial.Event) bool {
	return t.press.handle(&t.Window, e, func() {
		t.Set(!t.on)
		if t.Change != nil {
			t.Change(t.on)
		}
	})
}
