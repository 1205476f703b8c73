package tags

import (
	"encoding/binary"
	"io"
	"strings"
	"time"

	"linnet/player/internal/ebml"
	"linnet/player/internal/flac"
	"linnet/player/media"
)

// sheetField is what a comment, an item of APE and a user text of ID3v2 are called
// that hold the text of a cue sheet.
const sheetField = "CUESHEET"

// A Sheet is the cue sheet within a file: its text, or what FLAC's CUESHEET block
// says instead, which knows no titles.
type Sheet struct {
	Text    []byte
	Catalog string
	Marks   []Mark
}

// A Mark is a track of a CUESHEET block, RFC 9639 clause 8.7.1.
type Mark struct {
	Number int
	Audio  bool
	ISRC   string
	Gap    time.Duration // its INDEX 00, and where there is none Start
	Start  time.Duration // its INDEX 01
}

// CueSheet returns the sheet within a file of size bytes. Where several speak, texts
// are believed before a block, and in the order of the tags.
func CueSheet(r io.ReaderAt, size int64) (s Sheet) {
	field := func(name string, value io.Reader) {
		if len(s.Text) == 0 && strings.EqualFold(name, sheetField) {
			s.Text, _ = io.ReadAll(io.LimitReader(value, MaxText))
		}
	}
	comments := func(r io.Reader) {
		eachComment(r, func(name string, _ int64, value io.Reader) { field(name, value) })
	}
	switch {
	case isMP4(r), ebml.Match(readAt(r, 0, 4)), isASF(r):
	case string(readAt(r, 0, len(oggMark))) == oggMark:
		readOgg(r, comments, func(io.Reader) {})
	default:
		rate := 0
		eachFLAC(r, Leading(r, 1<<62), func(kind int, body *io.SectionReader) bool {
			switch kind {
			case flac.StreamInfoBlock:
				var b [flac.StreamInfoSize]byte
				if _, err := io.ReadFull(body, b[:]); err == nil {
					if info, ok := flac.ParseStreamInfo(b[:]); ok {
						rate = info.Rate
					}
				}
			case flac.VorbisCommentBlock:
				comments(body)
			case flac.CueSheetBlock:
				s.block(body, rate)
			}
			return true
		})
		sheetOfID3v2(r, 0, field)
		if size < 0 {
			break
		}
		eachTrailing(r, size, func(b block) {
			switch b.kind {
			case blockID3v2:
				sheetOfID3v2(r, b.start, field)
			case blockAPE:
				eachAPE(r, b, func(key string, _ int64, value io.Reader) { field(key, value) })
			}
		})
	}
	return s
}

func sheetOfID3v2(r io.ReaderAt, pos int64, field func(string, io.Reader)) {
	walk, ok := newWalker(r, pos)
	if !ok {
		return
	}
	for walk.next() {
		if walk.id != "TXXX" {
			continue
		}
		if b := walk.body(MaxText, false); len(b) > 1 {
			desc, rest := cutText(b[0], b[1:])
			field(decode(b[0], desc), strings.NewReader(lyricText(b[0], rest)))
		}
	}
}

const (
	sheetHead  = 396 // a block, up to its tracks
	sheetTrack = 36  // a track, up to its indexes
	sheetIndex = 12
	sheetFlags = 136     // where it says whether it is of a compact disc
	leadOutCD  = 170     // the number of the track behind the last of one
	leadOut    = 255     // and of others, where 170 is a track
	maxOffset  = 1 << 33 // frames, which are a time at any rate
)

// block reads a CUESHEET block. What is broken ends it.
func (s *Sheet) block(r io.Reader, rate int) {
	var head [sheetHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil || rate <= 0 || s.Marks != nil {
		return
	}
	s.Catalog = strings.TrimRight(string(head[:128]), "\x00 ")
	a, end := media.AudioFormat{Rate: rate}, byte(leadOut)
	if head[sheetFlags]&0x80 != 0 {
		end = leadOutCD
	}
	for range head[sheetHead-1] {
		var t [sheetTrack]byte
		if _, err := io.ReadFull(r, t[:]); err != nil {
			return
		}
		offset := min(binary.BigEndian.Uint64(t[:]), maxOffset)
		m := Mark{Number: int(t[8]), Audio: t[21]&0x80 == 0, ISRC: strings.TrimRight(string(t[9:21]), "\x00 ")}
		first := true
		for range t[sheetTrack-1] {
			var x [sheetIndex]byte
			if _, err := io.ReadFull(r, x[:]); err != nil {
				return
			}
			at := a.Duration(int64(min(offset+min(binary.BigEndian.Uint64(x[:]), maxOffset), maxOffset)))
			if first {
				m.Gap, m.Start, first = at, at, false
			}
			if x[8] == 1 {
				m.Start = at
			}
		}
		if t[8] != end && !first {
			s.Marks = append(s.Marks, m)
		}
	}
}
