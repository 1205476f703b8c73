package main

import (
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/subtitle"
	"linnet/player/vo"
	"linnet/ui/app"
	"linnet/ui/gal/rgb565"
)

// filmFlags say how films are shown.
type filmFlags struct {
	Fill          bool          `help:"Films fill the screen, and what is too much is cut off; else all of the picture is seen."`
	NoSubtitles   bool          `help:"Leave out the subtitles in files beside films."`
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
		s := &filmSink{film: f, layout: vo.Layout{Aspect: format.Aspect, Fill: c.Fill}, controls: controls}
		s.paint = s.paintOn
		if !c.NoSubtitles {
			s.text = subtitlesOf(name, format.Rate)
		}
		controls.subtitled.Store(s.text != nil)
		return s, nil
	}
}

// subtitlesOf reads the subtitles beside a film; nil where there are none that
// can be read.
func subtitlesOf(film string, rate media.Rational) *subtitle.Track {
	for _, name := range besideFilm(film) {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() || info.Size() > 16<<20 {
			continue
		}
		if data, err := os.ReadFile(name); err == nil {
			if t, err := subtitle.Parse(data, rate); err == nil {
				return t
			}
		}
	}
	return nil
}

// besideFilm are the files that may have a film's subtitles: of its name, and
// then with a language behind it.
func besideFilm(film string) (names []string) {
	dir, base := filepath.Split(film)
	base = strings.ToLower(strings.TrimSuffix(base, filepath.Ext(base)))
	in, err := os.ReadDir(filepath.Clean(dir + "."))
	if err != nil {
		return nil
	}
	for _, d := range in {
		name := strings.ToLower(d.Name())
		ext := filepath.Ext(name)
		if !slices.Contains([]string{".srt", ".ass", ".ssa", ".sub"}, ext) {
			continue
		}
		if rest := strings.TrimSuffix(name, ext); rest == base || strings.HasPrefix(rest, base+".") {
			names = append(names, filepath.Join(dir, d.Name()))
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(a) - len(b) })
	return names
}

// filmSink is a player.VideoSink.
type filmSink struct {
	film     *app.Film
	paint    func(*rgb565.Image, int) // paintOn
	picture  *media.Picture           // what it paints
	painter  vo.Painter
	layout   vo.Layout
	text     *subtitle.Track
	controls *filmControls
	cues     []subtitle.Cue
	told     string
}

func (s *filmSink) Draw(p *media.Picture) error {
	s.caption(time.Duration(p.PTS))
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

// caption has the subtitles of a time shown.
func (s *filmSink) caption(at time.Duration) {
	if s.text == nil {
		return
	}
	text, above := "", false
	s.cues = s.text.At(s.cues[:0], at-time.Duration(s.controls.delay.Load()))
	for i, c := range s.cues {
		if i > 0 {
			text += "\n"
		}
		text += c.Text
		above = c.Top
	}
	if text != s.told {
		s.told = text
		s.film.Caption(text, above)
	}
}

func (s *filmSink) Close() error {
	s.film.Caption("", false)
	s.film.Hide()
	return nil
}
