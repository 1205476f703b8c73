package app

import (
	"image"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// touchPage has marks touched, to find out where the panel says that it is
// touched.
type touchPage struct {
	app     *App
	panel   widget.Panel
	n       int // the mark that is to be touched
	touched []Point
	failed  bool
}

// marks are where the finger is to go, in turn: near the corners, and last in
// the middle, which tells whether the others were hit.
var marks = []Point{{24, 24}, {296, 24}, {296, 216}, {24, 216}, {160, 120}}

// markSize is how large a mark is, and how much of the screen is drawn anew
// for it.
const markSize = 24

func newTouchPage(a *App) *touchPage {
	p := &touchPage{app: a}
	p.panel = widget.Panel{Paper: a.theme.Background, OnEvent: p.handle, Over: p.paint}
	a.addPage(&p.panel)
	return p
}

func (p *touchPage) base() *widget.Panel { return &p.panel }
func (p *touchPage) show(*State)         {}

func (p *touchPage) enter() {
	p.n, p.touched, p.failed = 0, nil, false
	p.app.opt.Touch.Uncalibrated(true)
	p.panel.InvalidateAll()
}

func (p *touchPage) leave() { p.app.opt.Touch.Uncalibrated(false) }

func (p *touchPage) handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		return true
	case ial.PointerUp:
		p.mark(Point{e.At.X, e.At.Y})
		return true
	}
	return p.app.pageKey(e)
}

// mark notes where the finger was, and goes on to the next mark.
func (p *touchPage) mark(at Point) {
	p.touched = append(p.touched, at)
	p.n++
	p.panel.InvalidateAll()
	if p.n < len(marks) {
		return
	}
	if err := p.app.opt.Touch.Calibrate(marks, p.touched); err != nil {
		p.n, p.touched, p.failed = 0, nil, true
		return
	}
	p.app.back()
	p.app.bands.say(theme.IconCheck, p.app.words.touchDone, "")
}

// paint draws the mark, and what to do.
func (p *touchPage) paint(dst *rgb565.Image) {
	t, w := p.app.theme, p.app.words
	m := marks[min(p.n, len(marks)-1)]
	c := image.Pt(m.X, m.Y)
	dst.RoundRing(image.Rectangle{Min: c, Max: c}.Inset(-10), 10, 2, t.Accent)
	dst.Fill(image.Rect(c.X-1, c.Y-markSize/2-2, c.X+1, c.Y+markSize/2+2), t.Text)
	dst.Fill(image.Rect(c.X-markSize/2-2, c.Y-1, c.X+markSize/2+2, c.Y+1), t.Text)
	y := 92
	if p.n == len(marks)-1 {
		y = 172
	}
	ink, text := t.Text, w.touchMark
	if p.failed && p.n == 0 {
		ink, text = t.Danger, w.touchAgain
	}
	p.line(dst, font.Body, y, text, ink)
	p.line(dst, font.Small, y+20, w.touchBack, t.Text2)
}

func (p *touchPage) line(dst *rgb565.Image, s font.Style, y int, text string, ink rgb565.Color) {
	text = font.Ellipsis(s, text, 232)
	font.Draw(dst, s, 160-font.Width(s, text)/2, y, text, ink, p.app.theme.Curve)
}
