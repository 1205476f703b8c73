package widget

import (
	"image"
	"strconv"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// BandHeight is the height of the bands that take the header's place for a
// while.
const BandHeight = 34

// Toast is a message of two lines in a band.
type Toast struct {
	ui.Window
	Theme *theme.Theme
	Touch func(down bool) // the finger came or left

	icon        theme.Icon
	ink         rgb565.Color
	first, rest string
}

// Set changes the message. The second line may be empty.
func (t *Toast) Set(icon theme.Icon, ink rgb565.Color, first, second string) {
	width := t.Rect().Dx() - toastText - 8
	t.icon, t.ink = icon, ink
	t.first = font.Ellipsis(font.SmallBold, first, width)
	t.rest = font.Ellipsis(font.Small, second, width)
	t.InvalidateAll()
}

// toastText is where a message's text begins.
const toastText = 44

// Paint draws the band.
func (t *Toast) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, t.Theme.Raised)
	at := t.Rect().Min
	dst.DrawMask(at.Add(image.Pt(10, 5)), t.Theme.Mask(t.icon, 24), t.ink)
	if t.rest == "" {
		font.Draw(dst, font.SmallBold, at.X+toastText, at.Y+21, t.first, t.Theme.Text, t.Theme.Curve)
		return
	}
	font.Draw(dst, font.SmallBold, at.X+toastText, at.Y+14, t.first, t.Theme.Text, t.Theme.Curve)
	font.Draw(dst, font.Small, at.X+toastText, at.Y+28, t.rest, t.Theme.Text, t.Theme.Curve)
}

// Handle tells of touches.
func (t *Toast) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		t.Touch(true)
	case ial.PointerUp, ui.Cancel:
		t.Touch(false)
	case ial.PointerMove:
	default:
		return false
	}
	return true
}

// Volume is a band with a bar and a number from 0 to 100.
type Volume struct {
	ui.Window
	Theme  *theme.Theme
	Change func(percent int) // the bar was dragged
	Mute   func()            // the icon was pressed

	bar    Slider
	button Button
	number Label
}

// Init makes the band's parts; it must have been added to a window.
func (v *Volume) Init() {
	t, r := v.Theme, v.Rect()
	v.button = Button{Theme: t, Icon: theme.IconVol, Size: 24, Ink: t.Text, Paper: t.Raised, Held: t.Line, Click: func() { v.Mute() }}
	v.Add(&v.button.Window, image.Rect(r.Min.X, r.Min.Y, r.Min.X+44, r.Max.Y), &v.button)
	track := image.Rect(50, 15, 262, 21).Add(r.Min)
	v.bar = Slider{Theme: t, Paper: t.Raised, Track: track, Radius: 3}
	v.bar.Change = func(n int64, _ bool) { v.Change(int(n)) }
	v.Add(&v.bar.Window, image.Rect(r.Min.X+44, r.Min.Y, r.Min.X+268, r.Max.Y), &v.bar)
	v.number = Label{Theme: t, Style: font.BodyBold, Ink: t.Text, Paper: t.Raised, Align: Right, Baseline: r.Min.Y + 23}
	v.Add(&v.number.Window, image.Rect(r.Min.X+268, r.Min.Y, r.Max.X-12, r.Max.Y), &v.number)
	v.bar.Set(0, 100)
}

// Set changes the volume that is shown.
func (v *Volume) Set(percent int) {
	v.bar.Set(int64(percent), 100)
	v.number.SetText(strconv.Itoa(percent))
	icon := theme.IconVol
	if percent == 0 {
		icon = theme.IconMute
	}
	v.button.SetIcon(icon, v.Theme.Text)
}

// Dragging says whether the finger is on the bar.
func (v *Volume) Dragging() bool {
	_, on := v.bar.Dragging()
	return on
}

// Paint fills what the parts leave.
func (v *Volume) Paint(dst *rgb565.Image) { dst.Fill(dst.Rect, v.Theme.Raised) }

// Handle takes what touches the band, so that nothing below is pressed.
func (v *Volume) Handle(e ial.Event) bool { return e.Type == ial.PointerDown }
