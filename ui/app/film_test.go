package app

import (
	"testing"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
)

// plain is a screen that lends nothing.
type plain struct{ gal.Screen }

// scene gives the stage a film whose pictures are stripes, and shows the first,
// on a screen that does not lend its memory.
func scene(s *stage, o *Options) { s.scene(o, plain{s.screen}) }

// lentScene is scene on a screen that lends.
func lentScene(s *stage, o *Options) { s.scene(o, s.screen) }

func (s *stage) scene(o *Options, screen gal.Screen) {
	f := NewFilm(screen)
	o.Film = f
	n := 0
	paint := func(m *rgb565.Image, quarters int) {
		if quarters != 0 {
			s.Errorf("turned by %d quarters", quarters)
		}
		for y := range 240 {
			for x := range 320 {
				m.Pix[y*m.Stride+x] = rgb565.Color((x+y+8*n)/16%8) * 0x1863
			}
		}
		n++
	}
	flip := func() {
		if err := f.Flip(); err != nil {
			s.Error(err)
		}
	}
	s.check["paint"] = func() { f.Draw(paint) }
	s.check["flip"] = flip
	s.check["draw"] = func() {
		f.Draw(paint)
		flip()
	}
	s.check["hide"] = f.Hide
	s.check["caption"] = func() { f.Caption("在树篱上 on the hedge, which is a long line\nand another", false) }
	s.check["silence"] = func() { f.Caption("", false) }
	s.check["reset"] = func() { s.screen.Reset() }
	s.check["whole"] = func() { s.shown(320*240, f) }
	s.check["between"] = func() { s.shown(320*(240-filmTop-filmBottom), f) }
	s.check["lent"] = func() {
		if want := f.lender != nil; f.direct() != want {
			s.Errorf("the screen is lent: %v, want %v", f.direct(), want)
		}
	}
	s.check["seen"] = func() { // the picture before the one that is painted and not due
		_, _, seen := s.screen.Pages()
		for y := range 240 {
			for x := range 320 {
				if want := rgb565.Color((x+y+8*(n-2))/16%8) * 0x1863; seen.At(x, y) != want {
					s.Fatalf("at %d, %d %#x is seen, want %#x", x, y, seen.At(x, y), want)
				}
			}
		}
	}
	s.check["copy"] = func() {
		m := s.screen.Back()
		m.Fill(m.Rect, 0)
		if f.Copy(m); f.lent && m.At(0, 0) != rgb565.Color((8*(n-1))/16%8)*0x1863 {
			s.Errorf("the copy of picture %d begins with %#x", n, m.At(0, 0))
		}
	}
}

// shown checks how many pixels the screen was given since the reset; where it is
// lent to a film, that it showed one picture and was given none.
func (s *stage) shown(want int, f *Film) {
	s.Helper()
	shows := 0
	if f != nil && f.lender != nil {
		want, shows = 0, 1
	}
	if got := s.screen.Stats(); got.Pixels != want || got.Shows != shows {
		s.Errorf("%d pixels were given and %d pictures shown, want %d and %d", got.Pixels, got.Shows, want, shows)
	}
}

// A film is shown full screen; a tap shows the bands, under which no picture is
// drawn, until they go by themselves; back leaves the film for the page below.
// Where the screen is lent it looks the same.
func TestFilm(t *testing.T) {
	for _, scene := range []func(*stage, *Options){scene, lentScene} {
		perform(t, `
shot =draw
shot film
shot =lent
shot =reset
shot =draw
shot =whole
shot =copy
shot =paint
tap 160 120
shot film-bands
shot =reset
shot =flip
shot =between
shot =caption
shot =draw
shot film-caption-bands
wait 5s
shot =reset
shot =draw
shot =whole
shot film-caption
shot =silence
shot =draw
shot =lent
shot =caption
shot film-caption-held
shot =silence
shot =draw
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
}

// Where the bands go, the rest of the picture is seen that is seen between them, and
// nothing of the next one.
func TestFilmUncovered(t *testing.T) {
	perform(t, `
shot =draw
shot =draw
tap 160 120
wait 0.2s
shot =paint
wait 6s
shot =seen
`, lentScene)
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
			st := State{Count: 1, Track: Track{Title: "Hedge", Format: "H264 · 48 kHz", Via: "ffmpeg"}}
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
