package app

import (
	"image"
	"testing"

	"linnet/ui/gal/rgb565"
)

// scene gives the stage a film whose pictures are stripes, and shows the first.
func scene(s *stage, o *Options) {
	f := NewFilm(image.Pt(320, 240))
	o.Film = f
	n := 0
	draw := func() {
		m := f.Back()
		for y := range 240 {
			for x := range 320 {
				m.Pix[y*m.Stride+x] = rgb565.Color((x+y+8*n)/16%8) * 0x1863
			}
		}
		f.Flip()
		n++
	}
	s.check["draw"] = draw
	s.check["hide"] = f.Hide
	s.check["caption"] = func() { f.Caption("在树篱上 on the hedge, which is a long line\nand another", false) }
	s.check["reset"] = func() { s.screen.Reset() }
	s.check["whole"] = func() { s.flushed(320 * 240) }
	s.check["between"] = func() { s.flushed(320 * (240 - filmTop - filmBottom)) }
}

// flushed checks how many pixels the screen was given since the reset.
func (s *stage) flushed(want int) {
	s.Helper()
	if got := s.screen.Stats().Pixels; got != want {
		s.Errorf("%d pixels were shown, want %d", got, want)
	}
}

// A film is shown full screen; a tap shows the bands, under which no picture is
// drawn, until they go by themselves; back leaves the film for the page below.
func TestFilm(t *testing.T) {
	perform(t, `
shot =draw
shot film
shot =reset
shot =draw
shot =whole
tap 160 120
shot film-bands
shot =reset
shot =draw
shot =between
shot =caption
shot =draw
shot film-caption-bands
wait 5s
shot =reset
shot =draw
shot =whole
shot film-caption
tap 160 120
tap 22 18
shot film-left
shot =draw
shot film-left
shot =hide
shot =draw
key back
wait 0.1s
shot =hide
shot film-over
`, scene)
}

// Keys drive the player, and show where it is.
func TestFilmKeys(t *testing.T) {
	perform(t, `
shot =draw
key right
key left
key enter
key up
wait 3s
shot =calls
`, func(s *stage, o *Options) {
		scene(s, o)
		s.check["calls"] = func() {
			if !s.app.film.Visible() || !s.app.film.top.Visible() {
				s.Error("the film or its bands are not there")
			}
		}
	})
}

// What another program decodes is marked so, on the film and where the format stands.
func TestFilmByAnother(t *testing.T) {
	perform(t, `
shot =draw
shot =by
`, func(s *stage, o *Options) {
		scene(s, o)
		s.check["by"] = func() {
			st := State{Track: Track{Title: "Hedge", Format: "H264 · 48 kHz", Via: "ffmpeg"}}
			if got := s.app.film.titleOf(&st); got != "Hedge · ffmpeg" {
				s.Errorf("the film is called %q", got)
			}
			if got := st.Track.formatText(); got != "H264 · 48 kHz · ffmpeg" {
				s.Errorf("its format is %q", got)
			}
			st.Track.Via = ""
			if s.app.film.titleOf(&st) != "Hedge" || st.Track.formatText() != "H264 · 48 kHz" {
				s.Error("what is decoded here is marked")
			}
		}
	})
}
