//go:build !appliance

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/cue"
	"linnet/player/media"
	"linnet/player/poster"
)

type probeCmd struct {
	JSON   bool     `name:"json" help:"Print JSON, one object a file."`
	Poster string   `placeholder:"PNG" help:"Write the picture that stands for a film to this file, and say nothing of it."`
	File   []string `arg:"" help:"Files to look at."`
}

// probed is what probe says of a file; its field names are the JSON's.
type probed struct {
	File      string          `json:"file"`
	Container string          `json:"container"`
	Via       string          `json:"via,omitempty"` // the program that decodes it, where this one does not
	Size      int64           `json:"size"`          // bytes
	Duration  float64         `json:"duration"`      // seconds; -1 when not known
	BitRate   int             `json:"bit_rate"`      // bits per second, 0 when not known
	Streams   []probedStream  `json:"streams"`
	Tags      probedTags      `json:"tags"`
	Chapters  []probedChapter `json:"chapters,omitempty"`
	Tracks    []probedTrack   `json:"tracks,omitempty"` // of a cue sheet
}

type probedChapter struct {
	Start float64 `json:"start"` // seconds
	Title string  `json:"title"`
}

type probedStream struct {
	ID        int     `json:"id"`
	Kind      string  `json:"kind"`
	Codec     string  `json:"codec"`
	Rate      int     `json:"rate"`
	Channels  int     `json:"channels"`
	Bits      int     `json:"bits"`
	BitRate   int     `json:"bit_rate"`
	Duration  float64 `json:"duration"`
	Frames    int64   `json:"frames"`
	Estimated bool    `json:"estimated"` // frames and duration are an estimate
	Delay     int64   `json:"delay"`     // frames trimmed at the start
	Padding   int64   `json:"padding"`   // and at the end
	Language  string  `json:"language,omitempty"`

	// Of video.
	Width     int    `json:"width,omitempty"`
	Height    int    `json:"height,omitempty"`
	FrameRate string `json:"frame_rate,omitempty"`   // a fraction
	Aspect    string `json:"pixel_aspect,omitempty"` // a fraction, width by height
}

type probedTags struct {
	Title       string `json:"title,omitempty"`
	Artist      string `json:"artist,omitempty"`
	Album       string `json:"album,omitempty"`
	AlbumArtist string `json:"album_artist,omitempty"`
	Genre       string `json:"genre,omitempty"`
	Date        string `json:"date,omitempty"`
	Comment     string `json:"comment,omitempty"`
	Track       int    `json:"track,omitempty"`
	TrackTotal  int    `json:"track_total,omitempty"`
	Disc        int    `json:"disc,omitempty"`
	DiscTotal   int    `json:"disc_total,omitempty"`
	Cover       bool   `json:"cover"`

	TrackGain *float64 `json:"track_gain,omitempty"` // ReplayGain, in decibels
	TrackPeak float64  `json:"track_peak,omitempty"` // of full scale
	AlbumGain *float64 `json:"album_gain,omitempty"`
	AlbumPeak float64  `json:"album_peak,omitempty"`
}

// Run looks at each file; those that can't be read are reported and the
// others still shown.
func (c *probeCmd) Run(s *streams) error {
	if c.Poster != "" {
		return c.writePoster()
	}
	var failed error
	for i, name := range c.File {
		p, err := probeFile(name)
		if err != nil {
			complain(s.err, "probe: %s", advise(err))
			failed = errSaid
			continue
		}
		if c.JSON {
			err = writeJSON(s.out, p)
		} else {
			if i > 0 {
				fmt.Fprintln(s.out)
			}
			err = writeText(s.out, p)
		}
		if err != nil {
			return err
		}
	}
	return failed
}

// writePoster writes the poster of the one file.
func (c *probeCmd) writePoster() (err error) {
	if len(c.File) != 1 {
		return fmt.Errorf("probe: --poster takes one film, not %d", len(c.File))
	}
	m, err := opener(image.Point{})(c.File[0])
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	defer m.Close()
	p, err := poster.Find(m)
	if err != nil {
		return fmt.Errorf("probe: %w", media.WithFile(err, c.File[0]))
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	if err := os.WriteFile(c.Poster, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	return nil
}

func probeFile(name string) (*probed, error) {
	if cue.Is(name) {
		return probeSheet(name)
	}
	m, err := opener(image.Point{})(name)
	if err != nil {
		return nil, err
	}
	defer m.Close()
	info, err := os.Stat(soundFile(name))
	if err != nil {
		return nil, err
	}
	p := describe(m, info.Size())
	if m.Tags.HasSheet {
		if s, err := cue.Open(name, playable); err == nil {
			whole := time.Duration(p.Duration * float64(time.Second))
			p.tracks(s, func(string) time.Duration { return whole })
		}
	}
	return p, nil
}

func describe(m *player.Media, size int64) *probed {
	t := m.Tags
	p := &probed{
		File: m.Name, Container: m.Format, Via: m.Via, Size: size, Duration: -1,
		Tags: probedTags{t.Title, t.Artist, t.Album, t.AlbumArtist, t.Genre, t.Date, t.Comment,
			t.Track, t.TrackTotal, t.Disc, t.DiscTotal, t.HasCover, nil, 0, nil, 0},
	}
	p.Tags.TrackGain, p.Tags.TrackPeak = loudness(t.ReplayGain.Track)
	p.Tags.AlbumGain, p.Tags.AlbumPeak = loudness(t.ReplayGain.Album)
	for _, c := range m.Chapters {
		p.Chapters = append(p.Chapters, probedChapter{seconds(c.Start), c.Title})
	}
	for _, s := range m.Demuxer.Streams() {
		d := seconds(ranged(m, s.Duration()))
		p.Duration = max(p.Duration, d)
		p.BitRate += s.BitRate
		p.Streams = append(p.Streams, probedStream{
			s.ID, s.Kind.String(), string(s.Codec), s.Audio.Rate, s.Audio.Channels, s.Audio.Bits,
			s.BitRate, d, s.Frames, s.Estimated, s.Delay, s.Padding, s.Language,
			s.Video.Width, s.Video.Height, fraction(s.Video.Rate), fraction(s.Video.Aspect),
		})
	}
	return p
}

// fraction writes a fraction in its lowest terms; "" is not known.
func fraction(r media.Rational) string {
	if !r.Known() {
		return ""
	}
	r = reduced(r)
	return fmt.Sprintf("%d/%d", r.Num, r.Den)
}

// loudness is decibels, if they are known, and the peak.
func loudness(l media.Loudness) (gain *float64, peak float64) {
	if l.Known {
		db := float64(l.Gain) / 100
		gain = &db
	}
	return gain, float64(l.Peak) / (1 << 24)
}

func seconds(d time.Duration) float64 {
	if d < 0 {
		return -1
	}
	return float64(d) / float64(time.Second) // Seconds adds twice, and so rounds twice
}

func writeJSON(w io.Writer, p *probed) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(p)
}

func writeText(w io.Writer, p *probed) error {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s %s\n", name, plain(fmt.Sprintf(format, args...)))
	}
	line("file", "%s", p.File)
	line("container", "%s", p.Container)
	if p.Via != "" {
		line("decoder", "%s, as no decoder here takes it", p.Via)
	}
	line("size", "%s", byteSize(p.Size))
	line("duration", "%s", p.durationText())
	for _, s := range p.Streams {
		line(fmt.Sprintf("stream %d", s.ID), "%s", s.text())
	}
	t := p.Tags
	for _, f := range []struct{ name, value string }{
		{"title", t.Title}, {"artist", t.Artist}, {"album", t.Album}, {"by", t.AlbumArtist},
		{"track", ofTotal(t.Track, t.TrackTotal)}, {"disc", ofTotal(t.Disc, t.DiscTotal)},
		{"date", t.Date}, {"genre", t.Genre}, {"comment", t.Comment},
		{"loudness", loudnessText("track", t.TrackGain, t.TrackPeak)}, {"", loudnessText("album", t.AlbumGain, t.AlbumPeak)},
	} {
		if f.value != "" {
			line(f.name, "%s", f.value)
		}
	}
	if t.Cover {
		line("cover", "yes")
	}
	for i, c := range p.Chapters {
		line(fmt.Sprintf("chapter %d", i+1), "%s (%.3f s) %s", clockText(time.Duration(c.Start*float64(time.Second))), c.Start, c.Title)
	}
	for i := range p.Tracks {
		line(fmt.Sprintf("track %d", p.Tracks[i].Number), "%s", p.Tracks[i].text())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// loudnessText is "" where the file does not say.
func loudnessText(what string, gain *float64, peak float64) string {
	if gain == nil {
		return ""
	}
	text := fmt.Sprintf("%s %+.2f dB", what, *gain)
	if peak > 0 {
		text += fmt.Sprintf(", peak %.6f", peak)
	}
	return text
}

func (p *probed) durationText() string {
	if p.Duration < 0 {
		return "not known"
	}
	about := ""
	for _, s := range p.Streams {
		if s.Estimated {
			about = ", estimated"
		}
	}
	return fmt.Sprintf("%s (%.3f s%s)", clockText(time.Duration(p.Duration*float64(time.Second))), p.Duration, about)
}

func (s *probedStream) text() string {
	text := s.Kind + ", " + s.Codec
	switch s.Kind {
	case media.Video.String():
		text += fmt.Sprintf(", %dx%d", s.Width, s.Height)
		if s.FrameRate != "" {
			text += ", " + strings.TrimSuffix(s.FrameRate, "/1") + " pictures a second"
		}
		if s.Aspect != "" && s.Aspect != "1/1" {
			text += ", pixels " + s.Aspect + " wide"
		}
	case media.Audio.String():
		text += ", " + media.AudioFormat{Rate: s.Rate, Channels: s.Channels, Bits: s.Bits}.String()
	}
	if s.BitRate > 0 {
		text += fmt.Sprintf(", %d kbit/s", (s.BitRate+500)/1000)
	}
	if s.Language != "" && s.Kind != media.Video.String() {
		text += ", in " + s.Language
	}
	if s.Delay != 0 || s.Padding != 0 {
		text += fmt.Sprintf(", trims %d + %d frames", s.Delay, s.Padding)
	}
	return text
}

func ofTotal(n, total int) string {
	switch {
	case n == 0:
		return ""
	case total == 0:
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d of %d", n, total)
}

func byteSize(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// clockText is m:ss or h:mm:ss.
func clockText(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
