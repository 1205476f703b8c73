package widget

import (
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Spinner is a number that is turned up and down, by its arrows, the wheel or
// the keys. Behind its last number comes its first.
type Spinner struct {
	ui.Window
	Theme       *theme.Theme
	Paper       rgb565.Color
	Digits      int // zeroes in front make it so long
	First, Last int
	Change      func(v int) // may be nil

	value int
	turn  int // by how much the finger turns it; 0: none is on it
	again *ui.Timer
}

// SpinnerHeight is how high a spinner is: three targets.
const SpinnerHeight = 3 * theme.Header

// A finger that stays turns on.
const (
	spinFirst = 400 * time.Millisecond
	spinNext  = 80 * time.Millisecond
)

// Init makes the spinner ready; it must have been added to a window.
func (s *Spinner) Init() {
	s.SetFocusable(true)
	s.again = s.Desktop().NewTimer(func() {
		s.by(s.turn)
		s.again.Start(spinNext)
	})
}

// Value is the number.
func (s *Spinner) Value() int { return s.value }

// Set shows a number, or the nearest that it may be, without telling Change.
func (s *Spinner) Set(v int) {
	if v = max(s.First, min(v, s.Last)); v != s.value {
		s.value = v
		s.Invalidate(s.middle())
	}
}

// Limit changes what the number may be.
func (s *Spinner) Limit(first, last int) {
	s.First, s.Last = first, last
	s.Set(s.value)
}

// by turns the number.
func (s *Spinner) by(n int) {
	v := s.value + n
	switch {
	case v > s.Last:
		v = s.First
	case v < s.First:
		v = s.Last
	}
	s.Set(v)
	if s.Change != nil {
		s.Change(v)
	}
}

// middle is where the number stands.
func (s *Spinner) middle() image.Rectangle {
	r := s.Rect()
	third := r.Dy() / 3
	return image.Rect(r.Min.X, r.Min.Y+third, r.Max.X, r.Max.Y-third)
}

// Paint draws the arrows and the number.
func (s *Spinner) Paint(dst *rgb565.Image) {
	t, r, m := s.Theme, s.Rect(), s.middle()
	dst.Fill(dst.Rect, s.Paper)
	up, down := image.Rect(r.Min.X, r.Min.Y, r.Max.X, m.Min.Y), image.Rect(r.Min.X, m.Max.Y, r.Max.X, r.Max.Y)
	if s.turn > 0 {
		dst.RoundRect(up.Inset(2), t.RadiusRow, t.Surface)
	} else if s.turn < 0 {
		dst.RoundRect(down.Inset(2), t.RadiusRow, t.Surface)
	}
	drawIcon(dst, t, up, theme.IconUp, 16, t.Text2)
	drawIcon(dst, t, down, theme.IconDown, 16, t.Text2)
	var buf [8]byte
	text := digits(buf[:], s.value, s.Digits)
	x := (m.Min.X + m.Max.X - font.WidthTabular(font.Large, text)) / 2
	font.DrawTabular(dst, font.Large, x, m.Min.Y+25, text, t.Text, t.Curve)
	if s.FocusShown() {
		dst.RoundRing(m, t.RadiusRow, t.FocusRing, t.Focus)
	}
}

// digits writes a number of at least n digits.
func digits(buf []byte, v, n int) string {
	i := len(buf)
	for ; (v > 0 || n > 0) && i > 0; n-- {
		i--
		buf[i] = byte('0' + v%10)
		v /= 10
	}
	return string(buf[i:])
}

// Handle turns.
func (s *Spinner) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		switch m := s.middle(); {
		case e.At.Y < m.Min.Y:
			s.hold(1)
		case e.At.Y >= m.Max.Y:
			s.hold(-1)
		}
	case ial.PointerMove:
	case ial.PointerUp, ui.Cancel:
		s.hold(0)
	case ial.Wheel:
		s.by(-e.Delta)
	case ial.KeyPress:
		switch e.Key {
		case ial.KeyUp:
			s.by(1)
		case ial.KeyDown:
			s.by(-1)
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// hold turns by n, and on while the finger stays.
func (s *Spinner) hold(n int) {
	s.turn = n
	s.InvalidateAll()
	if n == 0 {
		s.again.Stop()
		return
	}
	s.by(n)
	s.again.Start(spinFirst)
}
