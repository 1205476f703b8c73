package tags

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strconv"
	"strings"

	"linnet/player/media"
)

// A walker goes through the frames of one ID3v2 tag.
type walker struct {
	src     io.ReaderAt
	sec     *io.SectionReader
	buf     *bufio.Reader
	start   int64 // of the tag's body in src
	end     int64
	version byte
	unsync  bool // the whole tag, as versions 2.2 and 2.3 do it

	id     string // of the current frame, in the form of 2.3
	left   int64  // bytes of it not read yet
	flags  uint16
	frames int
}

// newWalker starts at the tag at pos; ok is false when there is none that
// can be read.
func newWalker(src io.ReaderAt, pos int64) (w *walker, ok bool) {
	h := readAt(src, pos, id3v2Size)
	n := id3v2Len(h, "ID3")
	if n == 0 || h[3] < 2 || h[3] > 4 || h[3] == 2 && h[5]&0x40 != 0 {
		return nil, false // 2.2 can be compressed, in a way never told
	}
	if h[3] == 4 && h[5]&0x10 != 0 {
		n -= id3v2Size
	}
	w = &walker{src: src, version: h[3], start: pos + id3v2Size, end: pos + n}
	w.sec = io.NewSectionReader(src, w.start, w.end-w.start)
	w.unsync = h[5]&0x80 != 0 && w.version < 4
	var r io.Reader = w.sec
	if w.unsync {
		r = &unsyncReader{r: bufio.NewReader(w.sec)}
	}
	w.buf = bufio.NewReader(r)
	return w, h[5]&0x40 == 0 || w.version == 2 || w.skipExtended()
}

// skipExtended steps over the extended header, whose size counts itself in
// 2.4 only.
func (w *walker) skipExtended() bool {
	var b [4]byte
	if _, err := io.ReadFull(w.buf, b[:]); err != nil {
		return false
	}
	n, ok := syncsafe(b[:])
	if w.version == 3 {
		n, ok = int64(binary.BigEndian.Uint32(b[:])), true
	} else {
		n -= 4
	}
	return ok && n >= 0 && w.skip(n)
}

// next moves to the next frame that can be read, over what is left of the
// current one.
func (w *walker) next() bool {
	for w.frames++; w.frames < maxFields; w.frames++ {
		if !w.skip(w.left) || !w.header() {
			return false
		}
		if w.readable() {
			return true
		}
	}
	return false
}

// header reads a frame's header: ID3v2.2.0 clause 3.2, 2.3.0 clause 3.3,
// 2.4.0 clause 4.
func (w *walker) header() bool {
	var h [10]byte
	if w.version == 2 {
		if _, err := io.ReadFull(w.buf, h[:6]); err != nil || !frameID(h[:3]) {
			return false
		}
		w.id, w.flags = longID(string(h[:3])), 0
		w.left = int64(h[3])<<16 | int64(h[4])<<8 | int64(h[5])
		return true
	}
	if _, err := io.ReadFull(w.buf, h[:]); err != nil || !frameID(h[:4]) {
		return false
	}
	w.id, w.flags = string(h[:4]), binary.BigEndian.Uint16(h[8:])
	w.left = int64(binary.BigEndian.Uint32(h[4:]))
	if w.version == 4 {
		w.left = w.claimed(h[4:8])
	}
	return true
}

// claimed reads a size of version 2.4, which is syncsafe, except that some
// programs wrote it plain. Where the two differ, the one counts behind which
// another frame or padding follows.
func (w *walker) claimed(b []byte) int64 {
	plain := int64(binary.BigEndian.Uint32(b))
	safe, ok := syncsafe(b)
	if !ok {
		return plain
	}
	if safe == plain {
		return safe
	}
	here := w.offset()
	if !w.boundary(here+safe) && w.boundary(here+plain) {
		return plain
	}
	return safe
}

// offset is the place in src of the next byte, without unsynchronisation.
func (w *walker) offset() int64 {
	pos, _ := w.sec.Seek(0, io.SeekCurrent)
	return w.start + pos - int64(w.buf.Buffered())
}

// boundary says whether a frame may end at pos.
func (w *walker) boundary(pos int64) bool {
	if pos == w.end {
		return true
	}
	b := readAt(w.src, pos, 4)
	return pos < w.end && len(b) == 4 && (frameID(b) || bytes.Equal(b, make([]byte, 4)))
}

func frameID(b []byte) bool {
	for _, v := range b {
		if (v < 'A' || v > 'Z') && (v < '0' || v > '9') {
			return false
		}
	}
	return true
}

// readable drops what a frame's flags put in front of its content, and says
// whether the rest is plain: not compressed, not encrypted.
func (w *walker) readable() bool {
	extra := int64(0)
	switch w.version {
	case 3:
		if w.flags&0x20 != 0 {
			extra++ // group
		}
		if w.flags&0xc0 != 0 {
			return false
		}
	case 4:
		if w.flags&0x40 != 0 {
			extra++ // group
		}
		if w.flags&0x01 != 0 {
			extra += 4 // data length
		}
		if w.flags&0x0c != 0 {
			return false
		}
	}
	if extra > w.left {
		return false
	}
	w.left -= extra
	return w.skip(extra)
}

// skip moves over n bytes.
func (w *walker) skip(n int64) bool {
	if n <= int64(w.buf.Buffered()) || w.unsync {
		m, err := io.CopyN(io.Discard, w.buf, n)
		return err == nil && m == n
	}
	pos, err := w.sec.Seek(n-int64(w.buf.Buffered()), io.SeekCurrent)
	w.buf.Reset(w.sec)
	return err == nil && pos <= w.sec.Size()
}

// body reads the frame's content, up to limit bytes; a frame that is larger
// gives nil when whole is set, and its start otherwise. The result grows
// with what is really there.
func (w *walker) body(limit int64, whole bool) []byte {
	if whole && w.left > limit {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(w.buf, min(w.left, limit)))
	w.left -= int64(len(b))
	if err != nil || whole && w.left > 0 {
		return nil
	}
	if w.version == 4 && w.flags&0x02 != 0 {
		b = bytes.ReplaceAll(b, []byte{0xff, 0}, []byte{0xff})
	}
	return b
}

// unsyncReader undoes ID3v2's unsynchronisation: the zero behind each 0xff.
type unsyncReader struct {
	r  *bufio.Reader
	ff bool
}

func (u *unsyncReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		v, err := u.r.ReadByte()
		if err != nil {
			if n > 0 {
				err = nil
			}
			return n, err
		}
		if drop := u.ff && v == 0; !drop {
			p[n] = v
			n++
		}
		u.ff = v == 0xff
	}
	return n, nil
}

// longID gives one of version 2.2's frame names in the form of 2.3; "" where
// nobody here asks for it.
func longID(id string) string {
	const pairs = "TT2TIT2 TCMTCOM ULTUSLT SLTSYLT TP1TPE1 TP2TPE2 TALTALB TCOTCON TYETYER TRKTRCK TPATPOS COMCOMM PICAPIC TXXTXXX"
	for p := range strings.SplitSeq(pairs, " ") {
		if p[:3] == id {
			return p[3:]
		}
	}
	return ""
}

// name is what the tag is called.
func (w *walker) name() string { return "ID3v2." + string('0'+rune(w.version)) }

// readID3v2 adds to info what the tag at pos says.
func readID3v2(r io.ReaderAt, pos int64, info *Info) {
	w, ok := newWalker(r, pos)
	if !ok {
		return
	}
	t := &info.Tags
	texts := map[string]*string{
		"TIT2": &t.Title, "TPE1": &t.Artist, "TPE2": &t.AlbumArtist, "TALB": &t.Album,
		"TCON": &t.Genre, "TCOM": &t.Composer, "TDRC": &t.Date, "TYER": &t.Date,
	}
	var rva media.ReplayGain
	var chapters chapterList
	for w.next() {
		dst := texts[w.id]
		t.Oversize = t.Oversize || w.left > MaxText && (dst != nil || w.id == "COMM")
		if strings.HasPrefix(w.id, "T") && w.id != "TXXX" && (dst != nil || info.noting || w.id == "TRCK" || w.id == "TPOS") {
			s := textFrame(w.body(MaxText, false), w.version)
			info.note(w.name(), w.id, s)
			switch {
			case dst != nil && *dst == "":
				*dst = s
			case w.id == "TRCK":
				Pair(s, &t.Track, &t.TrackTotal)
			case w.id == "TPOS":
				Pair(s, &t.Disc, &t.DiscTotal)
			}
			continue
		}
		switch {
		case w.id == "COMM":
			comment(w.body(MaxText, false), w.name(), info)
		case w.id == "TXXX":
			userText(w.body(MaxText, false), w.name(), info)
		case w.id == "RVA2":
			relativeVolume(w.body(MaxText, false), &rva)
		case w.id == "CHAP":
			if c, ok := chapter(w.body(MaxText, false), w.version); ok {
				chapters.add(c)
			}
		case w.id == "USLT" && info.noting:
			unsynced(w.body(MaxText, false), w.name(), info)
		case w.id == "SYLT":
			info.note(w.name(), w.id, strconv.FormatInt(w.left, 10)+" bytes of lyrics with times")
		case w.id == "APIC":
			info.picture(w.name(), w.id, w.left, MaxCover)
		}
	}
	t.Genre = genre(t.Genre)
	fillLoudness(&t.ReplayGain.Track, rva.Track)
	fillLoudness(&t.ReplayGain.Album, rva.Album)
	if info.Chapters == nil {
		info.Chapters = chapters.sorted()
	}
}

// Pair reads "3" or "3/12" into what is 0; what is no number of 16 bits is 0, too.
func Pair(s string, n, total *int) {
	a, b, _ := strings.Cut(s, "/")
	if *n == 0 {
		*n = number(a)
	}
	if *total == 0 {
		*total = number(b)
	}
}

func number(s string) int {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

// comment reads a COMM frame: encoding, language, description, text.
func comment(b []byte, tag string, info *Info) {
	if len(b) < 5 {
		return
	}
	desc, rest := cutText(b[0], b[4:])
	text := decode(b[0], rest)
	name := decode(b[0], desc)
	info.note(tag, strings.TrimSuffix("COMM:"+name, ":"), text)
	switch {
	case name == "iTunSMPB":
		info.Gapless = parseSMPB(text)
	case strings.HasPrefix(name, "iTun"):
	case info.Tags.Comment == "":
		info.Tags.Comment = text
	}
}

// userText reads a TXXX frame: encoding, description, text.
func userText(b []byte, tag string, info *Info) {
	if len(b) < 2 {
		return
	}
	desc, rest := cutText(b[0], b[1:])
	name, text := decode(b[0], desc), decode(b[0], rest)
	info.note(tag, "TXXX:"+name, text)
	info.Tags.HasSheet = info.Tags.HasSheet || strings.EqualFold(name, sheetField) && text != ""
	ReplayGain(name, text, &info.Tags.ReplayGain)
}

// unsynced notes a USLT frame, ID3v2.3.0 clause 4.9: encoding, language,
// description, text.
func unsynced(b []byte, tag string, info *Info) {
	if len(b) < 5 {
		return
	}
	desc, rest := cutText(b[0], b[4:])
	info.note(tag, strings.TrimSuffix("USLT:"+decode(b[0], desc), ":"), decode(b[0], rest))
}

// parseSMPB reads iTunes's hexadecimal words: zero, delay, padding, frames.
func parseSMPB(s string) Gapless {
	words := strings.Fields(s)
	if len(words) < 4 {
		return Gapless{}
	}
	var v [3]int64
	for i := range v {
		n, err := strconv.ParseUint(words[i+1], 16, 48)
		if err != nil {
			return Gapless{}
		}
		v[i] = int64(n)
	}
	const most = 1 << 20 // far above what any encoder adds
	return Gapless{v[0] <= most && v[1] <= most && v[2] > 0, v[0], v[1], v[2]}
}

// frontCover is the picture type that is preferred.
const frontCover = 3

// coverID3v2 returns the front cover in the tag at pos, or its first
// picture.
func coverID3v2(r io.ReaderAt, pos int64) (data []byte, mime string) {
	w, ok := newWalker(r, pos)
	if !ok {
		return nil, ""
	}
	for w.next() {
		if w.id != "APIC" {
			continue
		}
		d, m, kind := picture(w.body(MaxCover, true), w.version)
		if d != nil && (data == nil || kind == frontCover) {
			data, mime = d, m
		}
		if data != nil && kind == frontCover {
			break
		}
	}
	return data, mime
}

// picture takes an APIC frame (2.2: PIC) apart: encoding, type of image,
// kind of picture, description, data.
func picture(b []byte, version byte) (data []byte, mime string, kind byte) {
	if len(b) < 6 {
		return nil, "", 0
	}
	encoding, b := b[0], b[1:]
	if version == 2 {
		mime, b = string(b[:3]), b[3:]
	} else {
		i := bytes.IndexByte(b, 0)
		if i < 0 || i+1 >= len(b) {
			return nil, "", 0
		}
		mime, b = string(b[:i]), b[i+1:]
	}
	kind = b[0]
	_, data = cutText(encoding, b[1:])
	if mime == "-->" || len(data) == 0 {
		return nil, "", 0 // a link to somewhere else
	}
	return data, imageType(data, mime), kind
}

// imageType names a picture by its first bytes, and by what its tag says
// when those are not known.
func imageType(b []byte, said string) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xd8, 0xff}):
		return "image/jpeg"
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n")):
		return "image/png"
	case bytes.HasPrefix(b, []byte("GIF8")):
		return "image/gif"
	case bytes.HasPrefix(b, []byte("BM")):
		return "image/bmp"
	}
	said = strings.ToLower(said)
	if !strings.Contains(said, "/") {
		said = "image/" + said
	}
	return said
}
