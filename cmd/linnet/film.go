package main

import (
	"linnet/player"
	"linnet/player/media"
	"linnet/player/vo"
	"linnet/ui/app"
)

// filmsOn has films shown where the screens take them from.
func filmsOn(f *app.Film) player.OpenVideo {
	return func(format media.VideoFormat) (player.VideoSink, error) {
		return &filmSink{film: f, layout: vo.Layout{Aspect: format.Aspect}}, nil
	}
}

// filmSink is a player.VideoSink.
type filmSink struct {
	film     *app.Film
	painters [2]vo.Painter // for one surface each
	next     int
	layout   vo.Layout
}

func (s *filmSink) Draw(p *media.Picture) error {
	m := s.film.Back()
	s.painters[s.next].Paint(vo.On(m.Pix, m.Stride, m.Rect.Dx(), m.Rect.Dy()), p, s.layout)
	return nil
}

func (s *filmSink) Flip() error {
	s.film.Flip()
	s.next ^= 1
	return nil
}

func (s *filmSink) Close() error {
	s.film.Hide()
	return nil
}
