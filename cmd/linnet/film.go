package main

import (
	"image"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/vo"
	"linnet/ui/app"
	"linnet/ui/gal/rgb565"
)

// filmFlags say how films are shown.
type filmFlags struct {
	Fill          bool          `help:"Films fill the screen, and what is too much is cut off; else all of the picture is seen."`
	NoSubtitles   bool          `help:"Show no subtitles at first."`
	SubtitleDelay time.Duration `placeholder:"TIME" help:"Show subtitles so much later, or with a minus sign earlier, as 1.5s."`
}

// bounds are how large pictures need to be for a screen.
func (c *filmFlags) bounds(screen image.Point) image.Point {
	if c.Fill {
		return screen.Mul(2) // of which a part is seen
	}
	return screen
}

// on has films shown where the screens take them from.
func (c *filmFlags) on(f *app.Film, controls *filmControls) player.OpenVideo {
	controls.delay.Store(int64(c.SubtitleDelay))
	return func(name string, format media.VideoFormat) (player.VideoSink, error) {
		s := &filmSink{film: f, layout: vo.Layout{Aspect: format.Aspect, Fill: c.Fill}}
		s.paint = s.paintOn
		s.captions = newCaptions(f, controls, name, format.Rate, !c.NoSubtitles)
		return s, nil
	}
}

// filmSink is a player.VideoSink and a player.TextSink.
type filmSink struct {
	film    *app.Film
	paint   func(*rgb565.Image, int) // paintOn
	picture *media.Picture           // what it paints
	painter vo.Painter
	layout  vo.Layout
	*captions
}

var _ player.TextSink = (*filmSink)(nil)

func (s *filmSink) Draw(p *media.Picture) error {
	s.show(time.Duration(p.PTS))
	s.picture = p
	s.film.Draw(s.paint)
	s.picture = nil
	return nil
}

func (s *filmSink) paintOn(m *rgb565.Image, quarters int) {
	l := s.layout
	l.Turn = vo.Turn(quarters)
	s.painter.Paint(vo.On(m.Pix, m.Stride, m.Rect.Dx(), m.Rect.Dy()), s.picture, l)
}

func (s *filmSink) Flip() error { return s.film.Flip() }

func (s *filmSink) Close() error {
	s.film.Caption("", false)
	s.film.Hide()
	return nil
}
