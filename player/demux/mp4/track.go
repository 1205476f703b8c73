package mp4

import (
	"encoding/binary"
	"strings"

	"linnet/player/internal/bmff"
	"linnet/player/media"
)

const (
	// fullBox is the version and flags that many boxes begin with.
	fullBox = 4
	// maxTracks is how many tracks are looked at.
	maxTracks = 256
	// maxTime is the longest duration, in any unit, that is meant.
	maxTime = 1 << 48
)

// A track is what a trak box says.
type track struct {
	id        uint32
	handler   [4]byte
	timescale int64  // ticks in a second
	language  string // of mdhd
	tag       string // of elng, which says more
	down      int    // pixels that it lies below the film's upper edge
	entry     entry  // the first sample description
	alike     bool   // the others are of its type
	picture   pictureEntry
	edits     []edit
	chapters  []uint32 // IDs of the tracks that hold chapters' names
	tables    tables
	preset    preset // of fragments
}

// An edit is one entry of an edit list.
type edit struct {
	length int64 // in ticks of the film
	start  int64 // in ticks of the track; -1: nothing is played
}

// A movie is what the moov box says.
type movie struct {
	timescale  int64
	tracks     []track
	fragmented bool
}

// readMovie reads a moov box.
func readMovie(win *bmff.Window, moov bmff.Box) (*movie, error) {
	m := &movie{}
	presets := map[uint32]preset{}
	for w := bmff.Inside(win, moov, 0); ; {
		b, ok := w.Next()
		if !ok {
			break
		}
		switch string(b.Type[:]) {
		case "mvhd":
			m.timescale = headerTimescale(win, b)
		case "trak":
			if len(m.tracks) == maxTracks {
				return nil, unsupported(b.Start, "more than 256 tracks")
			}
			m.tracks = append(m.tracks, readTrack(win, b))
		case "mvex":
			m.fragmented = true
			readPresets(win, b, presets)
		case "cmov":
			return nil, unsupported(b.Start, "a compressed index")
		}
	}
	for i := range m.tracks {
		m.tracks[i].preset = presets[m.tracks[i].id]
	}
	return m, win.Err()
}

// headerTimescale reads mvhd and mdhd, whose times have 32 bits, or 64 in
// version 1.
func headerTimescale(win *bmff.Window, b bmff.Box) int64 {
	at := b.Body + fullBox + 8
	if v := win.At(b.Body, 1); v != nil && v[0] == 1 {
		at += 8
	}
	scale, _ := win.Uint32(at)
	return int64(scale)
}

// languageNumbers are QuickTime's from 1 on; 0 is English, and what nobody has set.
const languageNumbers = "fra deu ita nld swe spa dan por nor heb jpn ara fin ell isl mlt tur hrv zho urd hin tha kor lit pol hun est lav sme fao fas rus zho"

// headerLanguage reads that of mdhd: three letters of 5 bits. QuickTime's numbers of
// languages are less than any three letters.
func headerLanguage(win *bmff.Window, b bmff.Box) string {
	at := b.Body + fullBox + 16
	if v := win.At(b.Body, 1); v != nil && v[0] == 1 {
		at += 12
	}
	v := win.At(at, 2)
	if v == nil {
		return ""
	}
	code := int(v[0])<<8 | int(v[1])
	if at := 4 * (code - 1); at >= 0 && at < len(languageNumbers) {
		return languageNumbers[at:][:3]
	}
	text := string([]byte{byte(code>>10&31) + 0x60, byte(code>>5&31) + 0x60, byte(code&31) + 0x60})
	if text == "und" || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return text
}

func readTrack(win *bmff.Window, trak bmff.Box) (t track) {
	for w := bmff.Inside(win, trak, 0); ; {
		b, ok := w.Next()
		if !ok {
			return t
		}
		switch string(b.Type[:]) {
		case "tkhd":
			at := b.Body + fullBox + 8
			if v := win.At(b.Body, 1); v != nil && v[0] == 1 {
				at += 8
			}
			t.id, _ = win.Uint32(at)
			const matrixY = 56 // behind the ID
			if v := win.At(at+matrixY, 2); v != nil && at+matrixY+2 <= b.End {
				t.down = int(int16(binary.BigEndian.Uint16(v)))
			}
		case "edts":
			in := bmff.Inside(win, b, 0)
			if elst, ok := in.Find("elst"); ok {
				t.readEdits(win, elst)
			}
		case "tref":
			t.readReferences(win, b)
		case "mdia":
			t.readMedia(win, b)
		}
	}
}

// maxEdits is how many entries of an edit list are read; one that has more
// joins pieces, which is not played anyway.
const maxEdits = 64

// readEdits reads an edit list, ISO/IEC 14496-12 clause 8.6.6.
func (t *track) readEdits(win *bmff.Window, b bmff.Box) {
	head := win.At(b.Body, fullBox+4)
	if head == nil {
		return
	}
	wide, n := head[0] == 1, binary.BigEndian.Uint32(head[fullBox:])
	at, size := b.Body+fullBox+4, int64(12)
	if wide {
		size = 20
	}
	for range min(n, maxEdits) {
		v := win.At(at, int(size))
		if v == nil || at+size > b.End {
			return
		}
		e := edit{int64(binary.BigEndian.Uint32(v)), int64(int32(binary.BigEndian.Uint32(v[4:])))}
		if wide {
			e = edit{int64(binary.BigEndian.Uint64(v)), int64(binary.BigEndian.Uint64(v[8:]))}
		}
		t.edits = append(t.edits, e)
		at += size
	}
}

func (t *track) readReferences(win *bmff.Window, b bmff.Box) {
	in := bmff.Inside(win, b, 0)
	chap, ok := in.Find("chap")
	for at := chap.Body; ok && at+4 <= chap.End && len(t.chapters) < maxTracks; at += 4 {
		id, _ := win.Uint32(at)
		t.chapters = append(t.chapters, id)
	}
}

func (t *track) readMedia(win *bmff.Window, mdia bmff.Box) {
	for w := bmff.Inside(win, mdia, 0); ; {
		b, ok := w.Next()
		if !ok {
			return
		}
		switch string(b.Type[:]) {
		case "mdhd":
			t.timescale = headerTimescale(win, b)
			t.language = headerLanguage(win, b)
		case "elng":
			t.tag = languageTag(win, b)
		case "hdlr":
			copy(t.handler[:], win.At(b.Body+fullBox+4, 4))
		case "minf":
			in := bmff.Inside(win, b, 0)
			if stbl, ok := in.Find("stbl"); ok {
				t.readSampleTable(win, stbl)
			}
		}
	}
}

func (t *track) readSampleTable(win *bmff.Window, stbl bmff.Box) {
	for w := bmff.Inside(win, stbl, 0); ; {
		b, ok := w.Next()
		if !ok {
			return
		}
		if b.Is("stsd") {
			switch t.kind() {
			case media.Audio:
				t.entry = readEntry(win, b)
			case media.Video:
				t.picture = readPictureEntry(win, b)
				t.entry.codec = t.picture.codec
			case media.Subtitle:
				t.entry = t.readTextEntry(win, b)
			}
			continue
		}
		t.tables.take(win, b)
	}
}

// kind is what the track carries, 0 for what nobody plays.
func (t *track) kind() media.Kind {
	switch string(t.handler[:]) {
	case "soun":
		return media.Audio
	case "vide":
		return media.Video
	case "text", "sbtl", "subt", "subp", "clcp":
		return media.Subtitle
	}
	return 0
}
