package cue

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"linnet/player/internal/tags"
	"linnet/player/media"
	"linnet/player/tag"
)

// Limits of what is read.
const (
	MaxSize   = 256 << 10 // bytes of a sheet
	MaxTracks = 999
	maxFiles  = 999
	maxText   = 1024 // bytes of a value; longer ones are cut
	// maxMinutes is where a time may be: a week.
	maxMinutes = 7 * 24 * 60
)

// parser is a sheet that is being read.
type parser struct {
	sheet   *Sheet
	line    int
	track   *Track // the current one; nil in front of the first
	data    bool   // it is no sound
	started bool   // it has an INDEX
	gapFile int    // where its INDEX 00 was
	marks   []mark // of all tracks, those of data too
	gain    media.ReplayGain
}

// mark is where a track begins.
type mark struct {
	file  int
	start time.Duration
	track int // in the sheet, below 0 for one of data
}

// Parse reads a sheet. What does not say its charset is decoded from forced, or, where
// that is "", from what fits best. Lines that are not known are passed over; a sheet
// without a track, or in which a track begins before the one in front of it, is a
// *media.FormatError.
func Parse(b []byte, forced tag.Charset) (*Sheet, error) {
	p := &parser{sheet: &Sheet{}}
	if len(b) > MaxSize {
		return nil, p.errorf("it is longer than %d bytes", MaxSize)
	}
	var text string
	text, p.sheet.Charset, p.sheet.Why = decode(b, forced)
	// Line feeds, carriage returns, or both; a file may mix them.
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for line := range strings.SplitSeq(text, "\n") {
		p.line++
		if err := p.take(strings.TrimSpace(strings.TrimRight(line, "\x00"))); err != nil {
			return nil, err
		}
	}
	p.endTrack()
	if err := p.finish(); err != nil {
		return nil, err
	}
	return p.sheet, nil
}

func (p *parser) errorf(format string, args ...any) error {
	return &media.FormatError{Stage: "cue", Offset: -1, Msg: fmt.Sprintf(format, args...)}
}

// take reads a line.
func (p *parser) take(line string) error {
	command, rest := word(line)
	switch strings.ToUpper(command) {
	case "FILE":
		return p.file(rest)
	case "TRACK":
		return p.begin(rest)
	case "INDEX":
		return p.index(rest)
	case "PREGAP", "POSTGAP":
		return p.silence(strings.ToUpper(command), rest)
	case "REM":
		name, value := word(rest)
		p.remark(strings.ToUpper(name), unquote(value))
	default:
		p.text(strings.ToUpper(command), unquote(rest))
	}
	return nil
}

// word parts the first word of a line from the rest.
func word(line string) (first, rest string) {
	i := strings.IndexFunc(line, unicode.IsSpace)
	if i < 0 {
		return line, ""
	}
	return line[:i], strings.TrimSpace(line[i:])
}

// unquote takes the quotes off a value, which may have others within, and bounds it.
func unquote(s string) string {
	if len(s) > 1 && s[0] == '"' {
		s = strings.TrimSuffix(s[1:], `"`)
	}
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0xfeff {
			return -1
		}
		return r
	}, s))
	if len(s) > maxText {
		n := maxText
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	return s
}

// file reads a name, in quotes or not, and what kind of file it is.
func (p *parser) file(s string) error {
	name, kind := s, ""
	if i := strings.LastIndexByte(s, '"'); strings.HasPrefix(s, `"`) && i > 0 {
		name, kind = s[:i+1], strings.TrimSpace(s[i+1:])
	} else if i := strings.LastIndexFunc(s, unicode.IsSpace); i > 0 && !strings.Contains(s[i:], ".") {
		name, kind = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i:])
	}
	if len(name) > maxText+2 {
		return p.errorf("line %d: the name of the file is too long", p.line)
	}
	if name = unquote(name); name == "" {
		return p.errorf("line %d: FILE without a name", p.line)
	}
	if len(p.sheet.Files) >= maxFiles {
		return p.errorf("line %d: more than %d files", p.line, maxFiles)
	}
	p.sheet.Files = append(p.sheet.Files, File{Name: name, Type: strings.ToUpper(unquote(kind))})
	return nil
}

// begin reads a track's number and kind.
func (p *parser) begin(s string) error {
	p.endTrack()
	number, kind := word(s)
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil {
		return p.errorf("line %d: TRACK %s is not numbered", p.line, number)
	}
	if len(p.marks) >= MaxTracks {
		return p.errorf("line %d: more than %d tracks", p.line, MaxTracks)
	}
	p.track, p.started, p.gain = &Track{Number: int(n)}, false, media.ReplayGain{}
	p.data = kind != "" && !strings.EqualFold(kind, "AUDIO") && !strings.EqualFold(kind, "CDG")
	return nil
}

// index reads where a track begins. Those from 02 on are places within it.
func (p *parser) index(s string) error {
	number, at := word(s)
	n, err := strconv.ParseUint(number, 10, 8)
	t, ok := clock(at)
	switch {
	case err != nil || !ok:
		return p.errorf("line %d: INDEX %s is no number and time", p.line, unquote(s))
	case p.track == nil:
		return p.errorf("line %d: INDEX without a TRACK", p.line)
	case n > 1:
		return nil
	}
	file := max(len(p.sheet.Files)-1, 0) // a sheet within a file may name none
	if n == 0 {
		p.track.Gap, p.gapFile = t, file
	}
	if n == 1 || !p.started {
		p.track.Start, p.track.File = t, file
	}
	if !p.started && n == 1 {
		p.track.Gap, p.gapFile = t, file
	}
	p.started = true
	return nil
}

func (p *parser) silence(command, s string) error {
	t, ok := clock(s)
	if !ok || p.track == nil {
		return p.errorf("line %d: %s is no time of a TRACK", p.line, command)
	}
	if command == "PREGAP" {
		p.track.Pregap = t
	} else {
		p.track.Postgap = t
	}
	return nil
}

// clock reads minutes, seconds and frames of 1/75 s.
func clock(s string) (time.Duration, bool) {
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return 0, false
	}
	var v [3]int64
	for i, most := range [3]int64{maxMinutes, 59, 74} {
		n, err := strconv.ParseUint(parts[i], 10, 31)
		if err != nil || int64(n) > most {
			return 0, false
		}
		v[i] = int64(n)
	}
	return Sectors((v[0]*60+v[1])*75 + v[2]), true
}

// text takes what an album or a track is called.
func (p *parser) text(name, value string) {
	s := p.sheet
	album := map[string]*string{"TITLE": &s.Title, "PERFORMER": &s.Performer, "SONGWRITER": &s.Songwriter, "CATALOG": &s.Catalog}
	dst := album[name]
	if t := p.track; t != nil {
		dst = map[string]*string{"TITLE": &t.Title, "PERFORMER": &t.Performer, "SONGWRITER": &t.Songwriter, "ISRC": &t.ISRC}[name]
	}
	if dst != nil && *dst == "" {
		*dst = value
	}
}

// remark takes what programs write for each other.
func (p *parser) remark(name, value string) {
	s := p.sheet
	if t := p.track; t != nil {
		switch name {
		case "GENRE":
			t.Genre = value
		case "DATE":
			t.Date = value
		case "COMPOSER":
			t.Songwriter = first(t.Songwriter, value)
		default:
			tags.ReplayGain(name, value, &p.gain)
			t.Loudness = p.gain.Track
		}
		return
	}
	switch name {
	case "GENRE":
		s.Genre = value
	case "DATE", "YEAR":
		s.Date = value
	case "COMMENT":
		s.Comment = value
	case "COMPOSER":
		s.Songwriter = first(s.Songwriter, value)
	case "DISCNUMBER":
		tags.Pair(value, &s.Disc, &s.Discs)
	case "TOTALDISCS", "DISCTOTAL":
		tags.Pair(value, &s.Discs, new(int))
	default:
		tags.ReplayGain(name, value, &p.gain)
		s.Loudness = p.gain.Album
	}
}

// endTrack takes over the current track, if it begins anywhere.
func (p *parser) endTrack() {
	t := p.track
	if t == nil || !p.started {
		return
	}
	if p.gapFile != t.File || t.Gap > t.Start {
		t.Gap = t.Start
	}
	m := mark{t.File, t.Start, -1}
	if !p.data {
		m.track = len(p.sheet.Tracks)
		p.sheet.Tracks = append(p.sheet.Tracks, *t)
	}
	p.marks = append(p.marks, m)
	p.track, p.started = nil, false
}

// finish finds where each track ends.
func (p *parser) finish() error {
	s := p.sheet
	if len(s.Tracks) == 0 {
		return p.errorf("there is no track of sound in it")
	}
	for i, m := range p.marks[:len(p.marks)-1] {
		next := p.marks[i+1]
		if next.file != m.file {
			continue
		}
		if next.start <= m.start {
			return p.errorf("a track at %s follows one at %s", Clock(next.start), Clock(m.start))
		}
		if m.track >= 0 {
			s.Tracks[m.track].End = next.start
		}
	}
	return nil
}
