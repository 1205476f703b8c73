//go:build !appliance

package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/cue"
	"linnet/player/media"
	"linnet/player/tag"
)

// probedTrack is a track of a cue sheet as probe tells it.
type probedTrack struct {
	Number   int     `json:"number"`
	Title    string  `json:"title,omitempty"`
	Artist   string  `json:"artist,omitempty"`
	File     string  `json:"file,omitempty"` // that it is a part of; nothing where that is not there
	Start    float64 `json:"start"`          // seconds
	Duration float64 `json:"duration"`       // seconds; -1 when not known
	Pregap   float64 `json:"pregap,omitempty"`
	ISRC     string  `json:"isrc,omitempty"`
}

// probeSheet looks at a cue sheet.
func probeSheet(name string) (*probed, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	s, err := cue.Open(name, playable)
	if err != nil {
		return nil, err
	}
	p := &probed{File: name, Container: "cue", Size: info.Size(), Duration: -1, Streams: []probedStream{}}
	lengths := map[string]time.Duration{}
	for _, f := range s.Files {
		if f.Path == "" {
			continue
		}
		lengths[f.Path] = -1
		if facts, err := readFile(f.Path); err == nil {
			lengths[f.Path] = facts.Duration
		}
	}
	p.Tags = probedTags{Album: s.Title, Artist: s.Performer, Genre: s.Genre, Date: s.Date, Comment: s.Comment, Disc: s.Disc, DiscTotal: s.Discs}
	p.Tags.AlbumGain, p.Tags.AlbumPeak = loudness(s.Loudness)
	p.tracks(s, func(file string) time.Duration { return lengths[file] })
	return p, nil
}

// tracks adds those of a sheet; length says how long a file is.
func (p *probed) tracks(s *cue.Sheet, length func(file string) time.Duration) {
	var sum time.Duration
	for i := range s.Tracks {
		t := &s.Tracks[i]
		g := s.Tags(i, media.Tags{})
		one := probedTrack{Number: t.Number, Title: g.Title, Artist: g.Artist, File: s.Path(i), Start: seconds(t.Start), Duration: -1, Pregap: seconds(t.Pregap), ISRC: t.ISRC}
		if one.File != "" {
			d := ranged(&player.Media{Range: player.Range{From: t.Start, To: t.End}}, length(one.File))
			one.Duration = seconds(d)
			sum += max(d, 0)
		}
		p.Tracks = append(p.Tracks, one)
	}
	if p.Duration < 0 {
		p.Duration = seconds(sum)
	}
}

// text is a track's line.
func (t *probedTrack) text() string {
	length := "not there"
	if t.File != "" {
		length = "length not known"
		if t.Duration >= 0 {
			length = clockText(time.Duration(t.Duration * float64(time.Second)))
		}
	}
	text := fmt.Sprintf("%s (%.3f s), %s  %s", clockText(time.Duration(t.Start*float64(time.Second))), t.Start, length, t.Title)
	if t.Artist != "" {
		text += " · " + t.Artist
	}
	return text
}

// writeSheet prints what a cue sheet says, and from which charset.
func writeSheet(w io.Writer, name string, force tag.Charset) error {
	data, err := readSome(name, cue.MaxSize+1)
	if err != nil {
		return err
	}
	if force == "" {
		force, _ = tag.FolderCharset(filepath.Dir(name), "")
	}
	s, err := cue.Parse(data, force)
	if err != nil {
		return media.WithFile(err, name)
	}
	var b strings.Builder
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%-12s %s\n", name, plain(text))
		}
	}
	line("file", name)
	line("album", s.Title)
	line("performer", s.Performer)
	line("songwriter", s.Songwriter)
	line("disc", ofTotal(s.Disc, s.Discs))
	line("date", s.Date)
	line("genre", s.Genre)
	line("comment", s.Comment)
	line("catalog", s.Catalog)
	gain, peak := loudness(s.Loudness)
	line("loudness", loudnessText("album", gain, peak))
	line("charset", fmt.Sprintf("%s (%s)", s.Charset, s.Why))
	last := -1
	for i := range s.Tracks {
		t := &s.Tracks[i]
		if t.File != last && t.File < len(s.Files) {
			last = t.File
			line("", fmt.Sprintf("FILE %s %s", s.Files[last].Name, s.Files[last].Type))
		}
		text := fmt.Sprintf("TRACK %02d at %s", t.Number, cue.Clock(t.Start))
		for _, part := range []struct{ name, value string }{
			{"TITLE", t.Title}, {"PERFORMER", t.Performer}, {"SONGWRITER", t.Songwriter}, {"GENRE", t.Genre}, {"DATE", t.Date}, {"ISRC", t.ISRC},
		} {
			if part.value != "" {
				text += ", " + part.name + " = " + part.value
			}
		}
		if gain, peak := loudness(t.Loudness); gain != nil {
			text += ", " + loudnessText("track", gain, peak)
		}
		line("", text)
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// readSome reads a regular file up to a size.
func readSome(name string, most int64) (data []byte, err error) {
	err = withFile(name, func(f *os.File, _ int64) error {
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			return cmp.Or(err, fmt.Errorf("%s: it is not a regular file", name))
		}
		data, err = io.ReadAll(io.LimitReader(f, most))
		return err
	})
	return data, err
}
