package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Empty fills a page where there is nothing to show: the bird on its perch,
// what there is not, why, and a button.
type Empty struct {
	ui.Window
	Theme  *theme.Theme
	Button string
	Click  func()

	large, text string
	perch       int
	place       emptyPlace
	pill        Pill
}

// emptyPlace is where things are, counted from the perch.
type emptyPlace struct{ large, text, pill, pillHeight int }

const (
	emptyBird  = 72
	emptyWidth = 136
)

// Init makes the button; the page must have been added to a window.
func (p *Empty) Init() {
	p.pill = Pill{Theme: p.Theme, Text: p.Button, Paper: p.Theme.Background, Click: p.Click}
	p.Add(&p.pill.Window, image.Rectangle{}, &p.pill)
	p.pill.SetFocusable(true)
	p.Layout()
}

// Layout places everything in the page's rectangle: generously, or where
// there is little height, closer.
func (p *Empty) Layout() {
	r := p.Rect()
	if r.Dy() >= 190 {
		p.perch, p.place = r.Min.Y+72, emptyPlace{34, 55, 76, 40}
	} else {
		p.perch, p.place = r.Min.Y+66, emptyPlace{25, 42, 53, 34}
	}
	half := max(60, font.Width(font.BodyBold, p.Button)/2+24)
	mid := r.Min.X + r.Dx()/2
	y := p.perch + p.place.pill
	p.pill.SetRect(image.Rect(mid-half, y, mid+half, y+p.place.pillHeight).Inset(-RingRoom))
}

// Focus gives the keys to the button.
func (p *Empty) Focus() { p.pill.Focus() }

// Paint draws the page.
func (p *Empty) Paint(dst *rgb565.Image) {
	t, r := p.Theme, p.Rect()
	dst.Fill(dst.Rect, t.Background)
	mid := r.Min.X + r.Dx()/2
	dst.RoundRect(image.Rect(mid-emptyWidth/2, p.perch, mid+emptyWidth/2, p.perch+3), 1, t.Line)
	theme.DrawBird(dst, image.Pt(mid-emptyBird/2, p.perch-emptyBird), emptyBird, t)
	p.line(dst, font.Large, mid, p.perch+p.place.large, p.large, t.Text)
	p.line(dst, font.Small, mid, p.perch+p.place.text, p.text, t.Text2)
}

func (p *Empty) line(dst *rgb565.Image, s font.Style, mid, baseline int, text string, ink rgb565.Color) {
	text = font.Ellipsis(s, text, p.Rect().Dx()-24)
	font.Draw(dst, s, mid-font.Width(s, text)/2, baseline, text, ink, p.Theme.Curve)
}

// SetText changes both lines.
func (p *Empty) SetText(large, text string) {
	if large != p.large || text != p.text {
		p.large, p.text = large, text
		p.InvalidateAll()
	}
}

// Handle uses nothing.
func (p *Empty) Handle(ial.Event) bool { return false }
