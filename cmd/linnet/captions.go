package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"linnet/player/media"
	"linnet/player/subtitle"
	"linnet/ui/app"
)

// captions are the subtitles of a film: those of files beside it and, behind them,
// those within it. They are for one goroutine.
type captions struct {
	film     *app.Film
	controls *filmControls
	rate     media.Rational
	tracks   []captionTrack
	cues     []subtitle.Cue
	told     string // what the film shows
}

// captionTrack is one of them.
type captionTrack struct {
	language string
	file     string // that it is in; read when it is wanted
	stream   int    // or the stream
	text     interface {
		At(dst []subtitle.Cue, at time.Duration) []subtitle.Cue
	} // nil: not read yet
}

// newCaptions finds those of a film whose pictures have a rate. Of its files that
// are no subtitles, one at the beginning of the list is not listed.
func newCaptions(f *app.Film, controls *filmControls, name string, rate media.Rational, on bool) *captions {
	c := &captions{film: f, controls: controls, rate: rate}
	for _, b := range besideFilm(name) {
		c.tracks = append(c.tracks, captionTrack{file: b, language: languageOf(name, b)})
		if on && len(c.tracks) == 1 && !c.load(&c.tracks[0]) {
			c.tracks = c.tracks[:0]
		}
	}
	controls.subtitle.Store(-1)
	if on {
		controls.subtitle.Store(0)
	}
	c.tell()
	return c
}

// tell has the controls know which there are.
func (c *captions) tell() {
	languages := make([]string, len(c.tracks))
	for i, t := range c.tracks {
		languages[i] = t.language
	}
	c.controls.subtitles.Store(&languages)
}

// Texts and Text are of player.TextSink.
func (c *captions) Texts(streams []media.Stream) {
	for _, s := range streams {
		if e := subtitle.NewEmbedded(s); e != nil {
			c.tracks = append(c.tracks, captionTrack{language: s.Language, stream: s.ID, text: e})
		}
	}
	c.tell()
}

func (c *captions) Text(p *media.Packet) {
	for _, t := range c.tracks {
		if e, ok := t.text.(*subtitle.Embedded); ok && t.stream == p.Stream {
			e.Add(p)
		}
	}
}

// load reads a file, and says whether there are subtitles in it.
func (c *captions) load(t *captionTrack) bool {
	track := &subtitle.Track{}
	t.text = track // also where it is damaged: it is not read again
	info, err := os.Stat(t.file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > 16<<20 {
		return false
	}
	data, err := os.ReadFile(t.file)
	if err != nil {
		return false
	}
	if track, err = subtitle.Parse(data, c.rate); err != nil {
		return false
	}
	t.text = track
	return true
}

// show has the subtitles of a time shown.
func (c *captions) show(at time.Duration) {
	text, above := "", false
	if n := int(c.controls.subtitle.Load()); n >= 0 && n < len(c.tracks) {
		t := &c.tracks[n]
		if t.text == nil {
			c.load(t)
		}
		c.cues = t.text.At(c.cues[:0], at-time.Duration(c.controls.delay.Load()))
		for i, q := range c.cues {
			if i > 0 {
				text += "\n"
			}
			text += q.Text
			above = q.Top
		}
	}
	if text != c.told {
		c.told = text
		c.film.Caption(text, above)
	}
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

// languageOf is what a file's name has between the film's and its ending.
func languageOf(film, beside string) string {
	base, name := filepath.Base(film), filepath.Base(beside)
	n := len(base) - len(filepath.Ext(base)) + 1
	return name[min(n, len(name)):max(n, len(name)-len(filepath.Ext(name)))]
}
