package widget

import (
	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Tone says how loud a pill is.
type Tone uint8

// The tones: the main action, what is quieter on a page and on a dialog, and
// what destroys.
const (
	Loud Tone = iota
	Quiet
	Soft
	Harmful
)

// Pill is a button with words. Its rectangle must be RingRoom larger than the
// pill on each side.
type Pill struct {
	ui.Window
	Theme *theme.Theme
	Text  string
	Tone  Tone
	// Radius is that of the corners; 0 is half the height.
	Radius int
	Paper  rgb565.Color
	Click  func()

	press press
}

// SetText changes the words.
func (p *Pill) SetText(text string) {
	if text != p.Text {
		p.Text = text
		p.InvalidateAll()
	}
}

// SetTone changes how loud it is.
func (p *Pill) SetTone(t Tone) {
	if t != p.Tone {
		p.Tone = t
		p.InvalidateAll()
	}
}

// colours are the pill's fill, that of it pressed, and its ink.
func (p *Pill) colours() (fill, held, ink rgb565.Color) {
	t := p.Theme
	switch p.Tone {
	case Quiet:
		return t.Surface, t.Raised, t.Text
	case Soft:
		return t.Line, t.Surface, t.Text
	case Harmful:
		return t.Danger, t.OnAccent.Mix(t.Danger, 38), t.OnAccent
	}
	return t.Accent, heldAccent(t), t.OnAccent
}

// Paint draws the pill.
func (p *Pill) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, p.Paper)
	fill, held, ink := p.colours()
	if p.press.shown() {
		fill = held
	}
	r := p.Rect().Inset(RingRoom)
	radius := p.Radius
	if radius == 0 {
		radius = r.Dy() / 2
	}
	dst.RoundRect(r, radius, fill)
	if p.FocusShown() {
		dst.RoundRing(p.Rect(), radius+RingRoom, p.Theme.FocusRing, p.Theme.Focus)
	}
	style := font.BodyBold
	if p.Tone == Quiet || p.Tone == Soft {
		style = font.Body
	}
	text := font.Ellipsis(style, p.Text, r.Dx()-12)
	x := r.Min.X + (r.Dx()-font.Width(style, text))/2
	font.Draw(dst, style, x, r.Min.Y+r.Dy()/2+5, text, ink, p.Theme.Curve)
}

// Handle follows the pointer and the keys.
func (p *Pill) Handle(e ial.Event) bool { return p.press.handle(&p.Window, e, p.Click) }
