package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Button is an icon that can be pressed. Its rectangle is the target; the
// icon stands in the middle.
type Button struct {
	ui.Window
	Theme *theme.Theme
	Icon  theme.Icon
	Size  int // of the icon
	Ink   rgb565.Color
	Paper rgb565.Color
	Held  rgb565.Color // paper while it is pressed
	Click func()

	off   bool
	press press
}

// SetIcon changes icon and colour.
func (b *Button) SetIcon(i theme.Icon, ink rgb565.Color) {
	if i != b.Icon || ink != b.Ink {
		b.Icon, b.Ink = i, ink
		b.InvalidateAll()
	}
}

// Enable says whether the button can be pressed.
func (b *Button) Enable(on bool) {
	if b.off == !on {
		return
	}
	b.off = !on
	b.InvalidateAll()
}

// Paint draws the button.
func (b *Button) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, b.Paper)
	ink := b.Ink
	if b.off {
		ink = b.Theme.Disabled
	}
	body := centered(b.Rect(), image.Pt(min(40, b.Rect().Dx()-6), min(34, b.Rect().Dy()-2)))
	if b.press.shown() && !b.off {
		dst.RoundRect(body, b.Theme.RadiusRow, b.Held)
	}
	if b.FocusShown() {
		dst.RoundRing(body, b.Theme.RadiusRow, b.Theme.FocusRing, b.Theme.Focus)
	}
	drawIcon(dst, b.Theme, b.Rect(), b.Icon, b.Size, ink)
}

// Handle follows the pointer and the keys.
func (b *Button) Handle(e ial.Event) bool {
	if b.off {
		return e.Type == ial.PointerDown
	}
	return b.press.handle(&b.Window, e, b.Click)
}

// centered is a rectangle of the given size in the middle of r.
func centered(r image.Rectangle, size image.Point) image.Rectangle {
	at := r.Min.Add(r.Size().Sub(size).Div(2))
	return image.Rectangle{Min: at, Max: at.Add(size)}
}

func drawIcon(dst *rgb565.Image, t *theme.Theme, r image.Rectangle, i theme.Icon, size int, ink rgb565.Color) {
	dst.DrawMask(centered(r, image.Pt(size, size)).Min, t.Mask(i, size), ink)
}
