package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
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
		dst.RoundRect(body, theme.RadiusRow, b.Held)
	}
	if b.FocusShown() {
		dst.RoundRing(body, theme.RadiusRow, theme.FocusRing, b.Theme.Focus)
	}
	drawIcon(dst, b.Rect(), b.Icon, b.Size, ink)
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

func drawIcon(dst *rgb565.Image, r image.Rectangle, i theme.Icon, size int, ink rgb565.Color) {
	dst.DrawMask(centered(r, image.Pt(size, size)).Min, i.Mask(size), ink)
}

// ringRoom is how far a focus ring reaches out of what it belongs to.
const ringRoom = 2 * theme.FocusRing

// Disc is the one main action of a screen: a round accent button. Its
// rectangle must be ringRoom larger than the disc on each side.
type Disc struct {
	ui.Window
	Theme *theme.Theme
	Icon  theme.Icon
	Size  int // of the icon
	Width int // of the disc
	Paper rgb565.Color
	Click func()

	press press
}

// SetIcon changes the icon.
func (d *Disc) SetIcon(i theme.Icon) {
	if i != d.Icon {
		d.Icon = i
		d.InvalidateAll()
	}
}

// Paint draws the disc.
func (d *Disc) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, d.Paper)
	c := d.Theme.Accent
	if d.press.shown() {
		c = heldAccent(d.Theme)
	}
	r := centered(d.Rect(), image.Pt(d.Width, d.Width))
	dst.RoundRect(r, d.Width/2, c)
	if d.FocusShown() {
		ring := r.Inset(-ringRoom)
		dst.RoundRing(ring, ring.Dx()/2, theme.FocusRing, d.Theme.Focus)
	}
	drawIcon(dst, r, d.Icon, d.Size, d.Theme.OnAccent)
}

// Handle follows the pointer and the keys.
func (d *Disc) Handle(e ial.Event) bool { return d.press.handle(&d.Window, e, d.Click) }

// heldAccent is the accent 15 % towards what stands on it.
func heldAccent(t *theme.Theme) rgb565.Color { return t.OnAccent.Mix(t.Accent, 38) }

// Pill is a button with words. Its rectangle must be ringRoom larger than the
// pill on each side.
type Pill struct {
	ui.Window
	Theme *theme.Theme
	Text  string
	Paper rgb565.Color
	Click func()

	press press
}

// Paint draws the pill.
func (p *Pill) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, p.Paper)
	c := p.Theme.Accent
	if p.press.shown() {
		c = heldAccent(p.Theme)
	}
	r := p.Rect().Inset(ringRoom)
	dst.RoundRect(r, r.Dy()/2, c)
	if p.FocusShown() {
		dst.RoundRing(p.Rect(), p.Rect().Dy()/2, theme.FocusRing, p.Theme.Focus)
	}
	x := r.Min.X + (r.Dx()-font.Width(font.BodyBold, p.Text))/2
	font.Draw(dst, font.BodyBold, x, r.Min.Y+r.Dy()/2+5, p.Text, p.Theme.OnAccent, p.Theme.Curve)
}

// Handle follows the pointer and the keys.
func (p *Pill) Handle(e ial.Event) bool { return p.press.handle(&p.Window, e, p.Click) }
