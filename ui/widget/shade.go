package widget

import (
	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// Shade covers the whole screen with what was there, darkened to a third, and
// has the input to itself: what lies on it is to be answered first. The page is
// darkened once, when it is opened.
type Shade struct {
	ui.Window
	Away func() // the shade itself was touched, or back pressed

	page *rgb565.Image
	down bool
	was  *ui.Window // had the focus
}

// Open shows the shade above everything.
func (s *Shade) Open() {
	d := s.Desktop()
	r := s.Rect()
	if s.page == nil || s.page.Rect != r {
		s.page = rgb565.New(r)
	}
	d.Copy(s.page)
	s.page.Darken(r, 1, 3)
	s.down, s.was = false, d.Focused()
	s.Raise()
	s.Show(true)
	d.SetModal(&s.Window)
}

// Close takes the shade away, and gives the focus back to where it was.
func (s *Shade) Close() {
	s.Show(false)
	if s.was != nil && s.was.Shown() {
		s.was.Focus()
	}
}

// Paint draws the darkened page.
func (s *Shade) Paint(dst *rgb565.Image) {
	if s.page == nil {
		dst.Fill(dst.Rect, 0)
		return
	}
	dst.Blit(dst.Rect, s.page, dst.Rect.Min)
}

// Handle keeps input from what lies below, and tells of touches and back.
func (s *Shade) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		s.down = true
	case ial.PointerUp:
		if s.down {
			s.down = false
			s.Away()
		}
	case ui.Cancel:
		s.down = false
	case ial.KeyPress:
		switch e.Key {
		case ial.KeyBack, ial.KeyHome:
			if !e.Repeat {
				s.Away()
			}
		case ial.KeyUp, ial.KeyDown, ial.KeyLeft, ial.KeyRight:
			return false // the focus moves among what is on the shade
		case ial.KeyEnter, ial.KeyPageUp, ial.KeyPageDown:
		default:
			return false // volume and play keys work everywhere
		}
	}
	return true
}
