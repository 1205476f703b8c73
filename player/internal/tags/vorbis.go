package tags

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"linnet/player/media"
)

// maxValues is how many values of one field are kept.
const maxValues = 16

// VorbisComment adds to info the list of fields (Vorbis I 5.2; RFC 9639 8.6) that
// Vorbis, Opus and FLAC files say about themselves in: the vendor, then
// NAME=value, with 32-bit little-endian lengths. r begins at the length of
// the vendor. Where r ends early or fails, what was read until then counts.
// Fields of one name that may come several times are joined with "; ".
func VorbisComment(r io.Reader, info *Info) {
	t := &info.Tags
	var chapters commentChapters
	eachComment(r, func(name string, size int64, value io.Reader) {
		if name == pictureField {
			info.picture(vorbisName, name, size, maxPictureField)
			return
		}
		t.Oversize = t.Oversize || size > MaxText
		b, err := io.ReadAll(io.LimitReader(value, MaxText))
		t.HasSheet = t.HasSheet || name == sheetField && size > 0
		s := clean(text8(b))
		info.note(vorbisName, name, s)
		switch {
		case err != nil || s == "" || chapters.take(name, s):
		case name == maskField:
			info.Mask = mask(s)
		default:
			setField(t, name, s)
		}
	})
	if info.Chapters == nil {
		info.Chapters = chapters.list.sorted()
	}
}

// mask reads a number as "0x33", RFC 9639 clause 8.6.2.
func mask(s string) uint32 {
	digits, ok := strings.CutPrefix(strings.ToLower(s), "0x")
	v, err := strconv.ParseUint(digits, 16, 32)
	if !ok || err != nil {
		return 0
	}
	return uint32(v)
}

// text8 is UTF-8, as it should be, or what it looks like otherwise.
func text8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return decideAlone(undecided(b))
}

const (
	vorbisName = "Vorbis comment"
	maskField  = "WAVEFORMATEXTENSIBLE_CHANNEL_MASK"
	// pictureField holds a FLAC picture block in base64.
	pictureField    = "METADATA_BLOCK_PICTURE"
	maxPictureField = (MaxCover + MaxText) / 3 * 4
	maxFieldName    = 64
)

// eachComment visits the fields, with the name in capitals; size is that of
// the value, of which visit reads what it wants.
func eachComment(r io.Reader, visit func(name string, size int64, value io.Reader)) {
	vendor, ok := length(r)
	if !ok || !discard(r, vendor) {
		return
	}
	count, ok := length(r)
	if !ok {
		return
	}
	for range min(count, maxFields) {
		size, ok := length(r)
		if !ok {
			return
		}
		field := &io.LimitedReader{R: r, N: size}
		if name, ok := fieldName(field); ok {
			visit(name, field.N, field)
		}
		if !discard(field, field.N) {
			return
		}
	}
}

func length(r io.Reader) (int64, bool) {
	var b [4]byte
	_, err := io.ReadFull(r, b[:])
	return int64(binary.LittleEndian.Uint32(b[:])), err == nil
}

// discard skips n bytes of r, and says whether they were there.
func discard(r io.Reader, n int64) bool {
	_, err := io.CopyN(io.Discard, r, n)
	return err == nil
}

// fieldName reads up to the equals sign.
func fieldName(r io.Reader) (string, bool) {
	var name [maxFieldName]byte
	for i := range name {
		if _, err := io.ReadFull(r, name[i:i+1]); err != nil {
			return "", false
		}
		if name[i] == '=' {
			return string(bytes.ToUpper(name[:i])), true
		}
	}
	return "", false
}

func setField(t *media.Tags, name, s string) {
	texts := map[string]*string{
		"TITLE": &t.Title, "ARTIST": &t.Artist, "ALBUM": &t.Album, "ALBUMARTIST": &t.AlbumArtist,
		"ALBUM ARTIST": &t.AlbumArtist, "COMPOSER": &t.Composer, "GENRE": &t.Genre, "DATE": &t.Date, "YEAR": &t.Date,
		"COMMENT": &t.Comment, "DESCRIPTION": &t.Comment,
	}
	numbers := map[string][2]*int{
		"TRACKNUMBER": {&t.Track, &t.TrackTotal}, "TRACKTOTAL": {&t.TrackTotal}, "TOTALTRACKS": {&t.TrackTotal},
		"DISCNUMBER": {&t.Disc, &t.DiscTotal}, "DISCTOTAL": {&t.DiscTotal}, "TOTALDISCS": {&t.DiscTotal},
	}
	var ignored int
	if n, ok := numbers[name]; ok {
		if n[1] == nil {
			n[1] = &ignored
		}
		Pair(s, n[0], n[1])
	}
	switch dst := texts[name]; {
	case dst == nil:
		ReplayGain(name, s, &t.ReplayGain)
	case *dst == "":
		*dst = s
	case strings.HasSuffix(name, "ARTIST") || name == "GENRE":
		*dst = joined(*dst, s)
	}
}

// joined is the values of one field, each once, within the bounds of one.
func joined(a, b string) string {
	have := strings.Split(a, "; ")
	if len(a)+len(b) > MaxText || len(have) >= maxValues || slices.Contains(have, b) {
		return a
	}
	return a + "; " + b
}
