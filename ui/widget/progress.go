package widget

import (
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Progress is the perch as a line that fills while something long is done, or,
// as long as nobody knows how long it is, a piece of it that moves.
type Progress struct {
	ui.Window
	Theme *theme.Theme
	Paper rgb565.Color
	Track rgb565.Color

	done, whole int64
	step        int
	timer       *ui.Timer
}

// The piece that moves is a fifth of the line; a round takes three seconds.
const (
	progressFrame = 100 * time.Millisecond
	progressSteps = 30
)

// Set shows that so much of the whole is done; a whole of 0 is not known.
func (p *Progress) Set(done, whole int64) {
	done = max(0, min(done, whole))
	old, was := p.end(), p.whole
	p.done, p.whole = done, whole
	switch {
	case (whole == 0) != (was == 0):
		p.InvalidateAll()
	case p.end() != old:
		r := p.Rect()
		p.Invalidate(image.Rect(min(old, p.end())-r.Dy(), r.Min.Y, max(old, p.end())+r.Dy(), r.Max.Y))
	}
	if whole == 0 && p.timer == nil && p.Desktop() != nil {
		p.timer = p.Desktop().NewTimer(p.move)
	}
	if whole == 0 && p.timer != nil && !p.timer.Running() {
		p.timer.Start(progressFrame)
	}
}

// move is a frame while the whole is not known.
func (p *Progress) move() {
	if p.whole != 0 || !p.Shown() {
		return
	}
	p.step = (p.step + 1) % progressSteps
	p.InvalidateAll()
	p.timer.Start(progressFrame)
}

// end is where on the screen what is done ends.
func (p *Progress) end() int {
	if p.whole == 0 {
		return p.Rect().Min.X
	}
	return p.Rect().Min.X + int(p.done*int64(p.Rect().Dx())/p.whole)
}

// Paint draws the line.
func (p *Progress) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, p.Paper)
	r := p.Rect()
	dst.RoundRect(r, r.Dy()/2, p.Track)
	part := r
	if p.whole > 0 {
		part.Max.X = p.end()
	} else {
		w := r.Dx() / 5
		part.Min.X += (r.Dx() + w) * p.step / progressSteps
		part = image.Rect(part.Min.X-w, r.Min.Y, part.Min.X, r.Max.Y).Intersect(r)
	}
	dst.RoundRect(part, r.Dy()/2, p.Theme.Accent)
}

// Handle uses nothing.
func (p *Progress) Handle(ial.Event) bool { return false }
