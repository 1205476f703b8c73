package mp4

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"linnet/player/internal/bmff"
	"linnet/player/media"
)

const (
	// maxText is the most bytes that a subtitle may claim: 64 KB of text, and what says
	// how it looks.
	maxText = 128 << 10
	// noText is how long one is that has no text.
	noText = 2
	// maxTexts is more than any film has of a language.
	maxTexts = 1 << 20
	// The fields of a sample entry behind its head: of a TextSampleEntry, 3GPP
	// TS 26.245 clause 5.16, and of QuickTime's text description.
	textHead        = 8
	timedTextFields = 30
	quickTimeFields = 34
	timedTextBox    = 10 // where the box of the text stands in them
	quickTimeBox    = 14
	// maxLanguage is the longest tag, RFC 5646 clause 4.4.1.
	maxLanguage = 35
)

// readTextEntry reads the first entry of a track of subtitles. What is described
// by another one is taken for the same coding where all entries have one type.
func (t *track) readTextEntry(win *bmff.Window, stsd bmff.Box) (e entry) {
	w := bmff.Inside(win, stsd, fullBox+4)
	b, ok := w.Next()
	if !ok {
		return e
	}
	e.pos, e.form = b.Start, b.Type
	switch {
	case b.Is("tx3g"), b.Is("text") && string(win.At(b.Body+textHead+timedTextFields+4, 4)) == "ftab":
		// FFmpeg calls it so in QuickTime files, with the table of fonts behind.
		e.codec, e.config = media.TimedText, t.textConfig(win, b, timedTextFields, timedTextBox)
	case b.Is("text"):
		e.codec, e.config = media.QuickTimeText, t.textConfig(win, b, quickTimeFields, quickTimeBox)
	default:
		e.codec = foreignCodec(b.Type)
	}
	t.alike = true
	for b, ok := w.Next(); ok; b, ok = w.Next() {
		t.alike = t.alike && b.Type == e.form
	}
	return e
}

// textConfig is an entry's fields, with the box of the text moved to where the track
// lies on the film; nil where they are cut off.
func (t *track) textConfig(win *bmff.Window, b bmff.Box, fields, box int) []byte {
	v := win.At(b.Body+textHead, fields)
	if v == nil || b.Size() < int64(textHead+fields) {
		return nil
	}
	c := slices.Clone(v)
	for _, side := range [][]byte{c[box:], c[box+4:]} { // upper, lower
		binary.BigEndian.PutUint16(side, binary.BigEndian.Uint16(side)+uint16(t.down))
	}
	return c
}

// languageTag reads elng, ISO/IEC 14496-12 clause 8.4.6: a tag of BCP 47.
func languageTag(win *bmff.Window, b bmff.Box) string {
	v := win.At(b.Body+fullBox, int(min(max(b.Size()-fullBox, 0), maxLanguage+1)))
	tag, _, _ := strings.Cut(string(v), "\x00")
	if len(tag) > maxLanguage || tag == "und" || strings.ContainsFunc(tag, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return ""
	}
	return tag
}

// spoken is the track's language.
func (t *track) spoken() string {
	if t.tag != "" {
		return t.tag
	}
	return t.language
}

// openTexts opens the tracks of subtitles of films that are given. Their times are
// fragments' own, and the films' are counted: it is put right where these begin late.
func (d *Demuxer) openTexts(m *movie) {
	if len(d.films) == 0 {
		return
	}
	late := time.Duration(0)
	if f := d.films[0]; f.parts != nil {
		late = f.nanoseconds(f.parts.ahead)
	}
	win := func() *bmff.Window { return d.window(d.src) }
	for i := range m.tracks {
		t := &m.tracks[i]
		if t.kind() != media.Subtitle || t.timescale == 0 || t.entry.config == nil || m.isChapters(t.id) {
			continue
		}
		if f, ok := d.openFilm(win, t, m); ok && f.total <= maxTexts {
			if !d.silent {
				f.lead -= emptyEdits(d.edits, m.timescale)
			}
			f.lead -= late
			d.texts = append(d.texts, f)
		}
	}
}

// textBefore is the track whose subtitle comes next, with that ahead: where it is shown
// before the next picture of a film, or behind all of them. It is nil where there is none.
func (d *Demuxer) textBefore(pictures *film) (next *film) {
	for _, f := range d.texts {
		if f.peekText(d.end) && (next == nil || f.due < next.due) {
			next = f
		}
	}
	if next != nil && pictures != nil && next.due > pictures.shown(pictures.ahead) {
		return nil
	}
	return next
}

// peekText makes ahead the next subtitle that shows something, in a file that ends
// there; false at the end of the track.
func (f *film) peekText(end int64) bool {
	for !f.have && !f.ended {
		s, ok := f.next()
		if !ok {
			f.ended = true
			return false
		}
		cut := s.time+max(s.each, 1) <= f.start // by the edit list
		f.have = (!s.other || f.alike) && s.size > noText && s.size <= maxText && s.pos <= end-s.size && !cut
		if s.time < f.start {
			s.each, s.time = s.time+s.each-f.start, f.start
		}
		f.ahead, f.due = s, f.shown(s)
	}
	return f.have
}

// after is the place behind a packet.
func (s sample) after() sample {
	s.time += s.each
	return s
}

// readText gives the subtitle that is due before the next picture of a film; false
// where none is. One that is not there is passed over.
func (d *Demuxer) readText(p *media.Packet, pictures *film) bool {
	for d.broken() == nil {
		f := d.textBefore(pictures)
		if f == nil {
			return false
		}
		f.have = false
		s := f.ahead
		// It is read past the window, which stays where the pictures are.
		p.Data = slices.Grow(p.Data[:0], int(s.size))[:s.size]
		n, err := d.src.ReadAt(p.Data, s.pos)
		if n == len(p.Data) {
			length := f.shown(s.after()) - f.due
			*p = media.Packet{Stream: int(f.id), Data: p.Data, PTS: int64(f.due), Length: int64(length), Pos: s.pos, Key: true}
			return true
		}
		if !errors.Is(err, io.EOF) {
			d.err = err
		}
	}
	return false
}

// seekTexts goes to the subtitles that are shown at t, or with the picture from which
// that at t is decoded.
func (d *Demuxer) seekTexts(t time.Duration) {
	if len(d.texts) == 0 {
		return
	}
	for _, f := range d.films {
		if f.peek() {
			t = min(t, f.shown(f.ahead))
		}
	}
	for _, f := range d.texts {
		target := f.ticksOf(t) - 1 // which is rounded up
		n := f.table.find(target)
		if f.parts != nil && f.total > f.table.packets && target >= f.tableTicks {
			n = f.parts.find(target)
		}
		f.moveTo(n)
	}
}
