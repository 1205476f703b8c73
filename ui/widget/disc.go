package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// RingRoom is how far a focus ring reaches out of what it belongs to.
const RingRoom = 2 * theme.FocusRoom

// Disc is the one main action of a screen: a round accent button. Its
// rectangle must be RingRoom larger than the disc on each side.
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
		ring := r.Inset(-RingRoom)
		dst.RoundRing(ring, ring.Dx()/2, d.Theme.FocusRing, d.Theme.Focus)
	}
	drawIcon(dst, d.Theme, r, d.Icon, d.Size, d.Theme.OnAccent)
}

// Handle follows the pointer and the keys.
func (d *Disc) Handle(e ial.Event) bool { return d.press.handle(&d.Window, e, d.Click) }

// heldAccent is the accent 15 % towards what stands on it.
func heldAccent(t *theme.Theme) rgb565.Color { return t.OnAccent.Mix(t.Accent, 38) }
