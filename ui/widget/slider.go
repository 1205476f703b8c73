package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Slider is a line that shows a part of a whole: a seek bar, a volume, or,
// with Fixed, mere progress. Its rectangle is the target; the line itself may
// be smaller.
type Slider struct {
	ui.Window
	Theme  *theme.Theme
	Paper  rgb565.Color
	Track  image.Rectangle
	Radius int   // of the line's ends
	Knob   int   // its width; 0 is none
	Step   int64 // of a key press
	Fixed  bool  // takes no input
	// Change is told the value that the user wants; done says that the
	// finger was lifted. Until then the user may still change his mind.
	Change func(value int64, done bool)

	value, whole int64
	drag         bool
	before       int64 // the value when the drag began
}

// Set changes what is shown, unless the user is dragging. A whole of 0 shows
// an empty line without a knob.
func (s *Slider) Set(value, whole int64) {
	if whole != s.whole {
		s.whole = whole
		s.Cancel()
		s.InvalidateAll()
	}
	if !s.drag {
		s.move(value)
	}
}

// SetTrack moves the line.
func (s *Slider) SetTrack(r image.Rectangle) {
	if r != s.Track {
		s.Track = r
		s.InvalidateAll()
	}
}

// Dragging says whether the user is dragging, and where to.
func (s *Slider) Dragging() (int64, bool) { return s.value, s.drag }

// Cancel ends a drag without effect.
func (s *Slider) Cancel() {
	if s.drag {
		s.drag = false
		s.move(s.before)
	}
}

// move shows another value, invalidating what lies between the old and new.
func (s *Slider) move(value int64) {
	value = max(0, min(value, s.whole))
	old := s.x()
	s.value = value
	x := s.x()
	if x == old {
		return
	}
	if s.Knob > 0 {
		r := s.knob(old).Union(s.knob(x))
		if s.FocusShown() {
			r = r.Inset(-RingRoom)
		}
		s.Invalidate(r)
		return
	}
	r := s.Track
	// The rounded end moves with the value.
	r.Min.X, r.Max.X = min(old, x)-s.Radius, max(old, x)+s.Radius
	if min(old, x) < s.Track.Min.X+2*s.Radius {
		r.Min.X = s.Track.Min.X // too short for its ends: they are less round
	}
	s.Invalidate(r)
}

// x is where on the screen the value stands.
func (s *Slider) x() int {
	if s.whole <= 0 {
		return s.Track.Min.X
	}
	return s.Track.Min.X + int(s.value*int64(s.Track.Dx())/s.whole)
}

func (s *Slider) knob(x int) image.Rectangle {
	y := (s.Track.Min.Y + s.Track.Max.Y) / 2
	return image.Rect(x-s.Knob/2, y-s.Knob/2, x+s.Knob/2, y+s.Knob/2)
}

// Paint draws the line and the knob.
func (s *Slider) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, s.Paper)
	t := s.Theme
	x := s.x()
	dst.RoundRect(s.Track, s.Radius, t.Line)
	done := s.Track
	done.Max.X = x
	dst.RoundRect(done, s.Radius, t.Accent)
	if s.Knob == 0 || s.whole <= 0 {
		return
	}
	k := s.knob(x)
	dst.RoundRect(k, s.Knob/2, t.Text)
	if s.FocusShown() {
		ring := k.Inset(-RingRoom)
		dst.RoundRing(ring, ring.Dx()/2, t.FocusRing, t.Focus)
	}
}

// Handle follows the pointer and the keys left and right.
func (s *Slider) Handle(e ial.Event) bool {
	if s.Fixed {
		return false
	}
	switch e.Type {
	case ial.PointerDown:
		s.before, s.drag = s.value, s.whole > 0
		s.follow(e.At.X, false)
	case ial.PointerMove:
		s.follow(e.At.X, false)
	case ial.PointerUp:
		s.follow(e.At.X, true)
		s.drag = false
	case ui.Cancel:
		s.Cancel()
	case ial.KeyPress:
		return s.key(e.Key)
	default:
		return false
	}
	return true
}

// follow brings the value under the finger.
func (s *Slider) follow(x int, done bool) {
	if !s.drag || s.Track.Empty() {
		return
	}
	x = max(s.Track.Min.X, min(x, s.Track.Max.X)) - s.Track.Min.X
	s.move((int64(x)*s.whole + int64(s.Track.Dx())/2) / int64(s.Track.Dx()))
	s.tell(done)
}

func (s *Slider) key(k ial.Key) bool {
	switch {
	case s.Step == 0:
		return false
	case k == ial.KeyLeft:
		s.step(-s.Step)
	case k == ial.KeyRight:
		s.step(s.Step)
	default:
		return false
	}
	return true
}

func (s *Slider) step(by int64) {
	if s.whole > 0 && !s.drag {
		s.move(s.value + by)
		s.tell(true)
	}
}

func (s *Slider) tell(done bool) {
	if s.Change != nil {
		s.Change(s.value, done)
	}
}
