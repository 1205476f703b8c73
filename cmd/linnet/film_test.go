package main

import (
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/subtitle"
	"linnet/ui/app"
	"linnet/ui/gal/mem"
	"linnet/ui/gal/rgb565"
)

// Subtitles are found beside a film, that of its own name first, and not those
// of others.
func TestSubtitlesBesideFilms(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	film := filepath.Join(dir, "Film.avi")
	subtitlesOf := func(film string, rate media.Rational) *subtitle.Track {
		controls := &filmControls{}
		c := newCaptions(nil, controls, film, rate, true)
		if len(c.tracks) != len(*controls.subtitles.Load()) {
			t.Error("what is told is not what there is")
		}
		if len(c.tracks) == 0 {
			return nil
		}
		return c.tracks[0].text.(*subtitle.Track)
	}
	if subtitlesOf(film, media.Rational{}) != nil {
		t.Error("subtitles from nowhere")
	}
	write("filmed.srt", "1\n00:00:01,000 --> 00:00:02,000\nanother's\n")
	write("film.zh.srt", "1\n00:00:01,000 --> 00:00:02,000\nin a language\n")
	if s := subtitlesOf(film, media.Rational{}); s == nil || s.Cues[0].Text != "in a language" {
		t.Errorf("found %+v", s)
	}
	write("FILM.sub", "{25}{50}its own")
	if s := subtitlesOf(film, media.Rational{Num: 25, Den: 1}); s == nil || s.Cues[0].Text != "its own" || s.Cues[0].Start != time.Second {
		t.Errorf("found %+v", s)
	}
	write("FILM.sub", "nothing")
	if s := subtitlesOf(film, media.Rational{}); s == nil || s.Cues[0].Text != "in a language" {
		t.Errorf("found %+v", s)
	}
}

// What is flipped is what was drawn, and its subtitle goes with it.
func TestFilmSink(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.srt"), []byte("1\n00:00:01,000 --> 00:00:02,000\nhello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	screen := mem.New(image.Pt(32, 32))
	f := app.NewFilm(screen)
	c := filmFlags{SubtitleDelay: time.Second}
	controls := &filmControls{}
	sink, err := c.on(f, controls)(filepath.Join(dir, "a.mpg"), media.VideoFormat{Width: 16, Height: 16})
	if err != nil {
		t.Fatal(err)
	}
	pic := &media.Picture{Y: make([]byte, 256), YStride: 16, Width: 16, Height: 16, Chroma: media.Gray, Full: true}
	for i := range pic.Y {
		pic.Y[i] = 255
	}
	for _, at := range []time.Duration{1500 * time.Millisecond, 2500 * time.Millisecond, 3500 * time.Millisecond} {
		pic.PTS = int64(at)
		if err := sink.Draw(pic); err != nil {
			t.Fatal(err)
		}
		f.Draw(func(m *rgb565.Image, quarters int) {
			if quarters != 0 || m.Pix[0] != 0xffff || m.Pix[32*32-1] != 0xffff {
				t.Error("the picture is not drawn all over")
			}
		})
		if err := sink.Flip(); err != nil {
			t.Error(err)
		}
		f.Draw(func(m *rgb565.Image, _ int) {
			if seen := m.Pix[0] != 0; seen != (at > 2*time.Second) { // there are two of them
				t.Errorf("at %v: what was drawn is still drawn on", at)
			}
		})
		want := ""
		if at == 2500*time.Millisecond {
			want = "hello"
		}
		if got := sink.(*filmSink).told; got != want {
			t.Errorf("at %v: %q, want %q", at, got, want)
		}
	}
	if n := len(*controls.subtitles.Load()); n != 1 {
		t.Error("it is not said that there are subtitles")
	}
	controls.SetSubtitleDelay(-time.Second)
	pic.PTS = int64(500 * time.Millisecond)
	if sink.Draw(pic); sink.(*filmSink).told != "hello" {
		t.Error("another delay is not heeded")
	}
	if err := sink.Close(); err != nil {
		t.Error(err)
	}
}

// Subtitles within a film stand behind those beside it, and each can be chosen, or none.
func TestCaptions(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.en.srt": "1\n00:00:01,000 --> 00:00:02,000\nhello\n", "a.fra.srt": "1\n00:00:01,000 --> 00:00:02,000\nsalut\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, on := range []bool{true, false} {
		controls := &filmControls{player: player.New(player.Config{})}
		defer controls.player.Close()
		c := newCaptions(app.NewFilm(mem.New(image.Pt(32, 32))), controls, filepath.Join(dir, "a.mkv"), media.Rational{}, on)
		c.Texts([]media.Stream{{ID: 5, Codec: media.SubRip, Language: "ger"}, {ID: 6, Codec: "hdmv_pgs_subtitle"}})
		c.Text(&media.Packet{Stream: 5, PTS: int64(time.Second), Length: int64(time.Second), Data: []byte("hallo")})
		c.Text(&media.Packet{Stream: 6, PTS: int64(time.Second), Length: int64(time.Second), Data: []byte("a picture")})
		first := map[bool]int{true: 0, false: -1}[on]
		if s := controls.FilmState(); s.Subtitles != 3 || s.Subtitle != first {
			t.Errorf("it is told of %+v", s)
		}
		for n, want := range map[int][2]string{-1: {"", ""}, 0: {"hello", "en"}, 1: {"salut", "fra"}, 2: {"hallo", "ger"}} {
			controls.SetSubtitles(n)
			c.show(1500 * time.Millisecond)
			if l := controls.FilmState().SubtitleLanguage; c.told != want[0] || l != want[1] {
				t.Errorf("%d: %q in %q, want %q", n, c.told, l, want)
			}
		}
	}
}

// What a film's subtitles are is told of each.
func TestProbeSubtitles(t *testing.T) {
	for s, want := range map[probedStream]string{
		{Kind: "subtitle", Codec: "subrip", Language: "ger"}:                               "subtitle, subrip, in ger",
		{Kind: "subtitle", Codec: "ass"}:                                                   "subtitle, ass",
		{Kind: "audio", Codec: "mp2", Rate: 44100, Channels: 2, Bits: 16, Language: "ger"}: "audio, mp2, 44100 Hz, stereo, 16 bit, in ger",
		{Kind: "video", Codec: "mpeg4", Width: 320, Height: 240, Language: "ger"}:          "video, mpeg4, 320x240",
	} {
		if got := s.text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The panel of the format rgb565 stands as it is said to.
func TestPanelTurns(t *testing.T) {
	pic := &media.Picture{Y: make([]byte, 320*240), YStride: 320, Width: 320, Height: 240, Chroma: media.Gray, Full: true}
	for y := range 120 {
		for x := range 160 {
			pic.Y[y*320+x] = 255 // the upper left quarter
		}
	}
	for degrees, corner := range map[int]image.Point{0: {0, 0}, 90: {239, 0}, 180: {319, 239}, 270: {0, 319}} {
		p := newPanel(media.Stream{}, degrees)
		p.paint(pic)
		for _, at := range []image.Point{{0, 0}, {p.surface.Width - 1, 0}, {0, p.surface.Height - 1}, {p.surface.Width - 1, p.surface.Height - 1}} {
			if white := p.surface.Pix[at.Y*p.surface.Stride+at.X] == 0xffff; white != (at == corner) {
				t.Errorf("by %d degrees, the corner %v is white: %v", degrees, at, white)
			}
		}
	}
}
