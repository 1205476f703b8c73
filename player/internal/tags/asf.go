package tags

import (
	"encoding/binary"
	"io"
	"strconv"
	"strings"

	"linnet/player/media"
)

// ASF, which WMA and WMV files are, by its specification of 2004: objects that
// begin with a GUID and a size of 64 bits, all little-endian. Those at the start
// lie in the header object, clause 3.1, some of them in its extension, clause 3.4.
const (
	asfHeader      = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"
	asfContent     = "\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c" // clause 3.10
	asfExtended    = "\x40\xa4\xd0\xd2\x07\xe3\xd2\x11\x97\xf0\x00\xa0\xc9\x5e\xa8\x50" // clause 3.11
	asfExtension   = "\xb5\x03\xbf\x5f\x2e\xa9\xcf\x11\x8e\xe3\x00\xc0\x0c\x20\x53\x65"
	asfMetadata    = "\xea\xcb\xf8\xc5\xaf\x5b\x77\x48\x84\x67\xaa\x8c\x44\xfa\x4c\xca" // clause 4.7
	asfLibrary     = "\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54" // clause 4.8
	asfObjectHead  = 24
	asfHeaderHead  = 30
	asfExtendsHead = 46
	asfName        = "ASF"
	maxASFName     = 512
)

// Types of values, clause 3.11.
const (
	asfText = iota
	asfBytes
	asfBool
	asfDWord
	asfQWord
	asfWord
)

func isASF(r io.ReaderAt) bool { return string(readAt(r, 0, len(asfHeader))) == asfHeader }

// An asfValue is a named value; its bytes are at pos.
type asfValue struct {
	name      string
	kind      uint16
	pos, size int64
}

// eachASF visits the objects between two places, and in the header's extension.
func eachASF(r io.ReaderAt, pos, end int64, visit func(id string, body, size int64)) {
	for n := 0; n < maxFields && end-pos >= asfObjectHead; n++ {
		h := readAt(r, pos, asfObjectHead)
		if len(h) < asfObjectHead {
			return
		}
		size := binary.LittleEndian.Uint64(h[16:])
		if size < asfObjectHead || size > uint64(end-pos) {
			return
		}
		id, body := string(h[:16]), pos+asfObjectHead
		pos += int64(size)
		if id == asfExtension {
			eachASFOnce(r, body+asfExtendsHead-asfObjectHead, pos, visit)
			continue
		}
		visit(id, body, int64(size)-asfObjectHead)
	}
}

// eachASFOnce is eachASF for an extension, in which there is no other.
func eachASFOnce(r io.ReaderAt, pos, end int64, visit func(id string, body, size int64)) {
	eachASF(r, pos, end, func(id string, body, size int64) {
		if id != asfExtension {
			visit(id, body, size)
		}
	})
}

// openASF visits the named values, and gives what the content description says.
func openASF(r io.ReaderAt, visit func(asfValue)) (title, author, description string) {
	h := readAt(r, 0, asfHeaderHead)
	if len(h) < asfHeaderHead {
		return "", "", ""
	}
	end := int64(min(binary.LittleEndian.Uint64(h[16:]), 1<<40))
	eachASF(r, asfHeaderHead, end, func(id string, body, size int64) {
		switch id {
		case asfContent:
			title, author, description = asfDescription(r, body, size)
		case asfExtended:
			eachASFValue(r, body, body+size, false, visit)
		case asfMetadata, asfLibrary:
			eachASFValue(r, body, body+size, true, visit)
		}
	})
	return title, author, description
}

// asfDescription reads title, author, copyright, description and rating, whose
// lengths stand in front.
func asfDescription(r io.ReaderAt, body, size int64) (title, author, description string) {
	lengths := readAt(r, body, 10)
	if len(lengths) < 10 {
		return "", "", ""
	}
	var texts [5]string
	pos := body + 10
	for i := range texts {
		n := int64(binary.LittleEndian.Uint16(lengths[2*i:]))
		if n > body+size-pos {
			break
		}
		texts[i] = asfString(readUpTo(r, pos, n))
		pos += n
	}
	return texts[0], texts[1], texts[3]
}

// asfString is UTF-16, little-endian.
func asfString(b []byte) string { return decode(utf16BOM, append([]byte{0xff, 0xfe}, b...)) }

// eachASFValue visits the values of an object: those of the extended content
// description have name and type before the value's length, the others behind a
// language and a stream.
func eachASFValue(r io.ReaderAt, pos, end int64, long bool, visit func(asfValue)) {
	count := readAt(r, pos, 2)
	if len(count) < 2 {
		return
	}
	pos += 2
	for range binary.LittleEndian.Uint16(count) {
		var v asfValue
		var name int64
		h := readAt(r, pos, 12)
		switch {
		case long && len(h) == 12:
			name, v.kind, v.size = int64(binary.LittleEndian.Uint16(h[4:])), binary.LittleEndian.Uint16(h[6:]), int64(binary.LittleEndian.Uint32(h[8:]))
			v.name = asfString(readUpTo(r, pos+12, min(name, maxASFName)))
			v.pos = pos + 12 + name
		case !long && len(h) >= 2:
			name = int64(binary.LittleEndian.Uint16(h))
			h = readAt(r, pos+2+name, 4)
			if len(h) < 4 {
				return
			}
			v.kind, v.size = binary.LittleEndian.Uint16(h), int64(binary.LittleEndian.Uint16(h[2:]))
			v.name = asfString(readUpTo(r, pos+2, min(name, maxASFName)))
			v.pos = pos + 2 + name + 4
		default:
			return
		}
		pos = v.pos + v.size
		if pos > end {
			return
		}
		visit(v)
	}
}

// text is the value in words: text, or a number.
func (v asfValue) text(r io.ReaderAt) string {
	b := readUpTo(r, v.pos, min(v.size, MaxText))
	switch {
	case v.kind == asfText:
		return asfString(b)
	case v.kind == asfBytes:
		return ""
	case len(b) == 2:
		return strconv.Itoa(int(binary.LittleEndian.Uint16(b)))
	case len(b) == 4:
		return strconv.FormatUint(uint64(binary.LittleEndian.Uint32(b)), 10)
	case len(b) == 8:
		return strconv.FormatUint(binary.LittleEndian.Uint64(b), 10)
	}
	return ""
}

// readASF adds to info what the header of an ASF file says.
func readASF(r io.ReaderAt, info *Info) {
	t := &info.Tags
	first := -1 // the track, where it counts from 0
	title, author, description := openASF(r, func(v asfValue) {
		if v.name == "WM/Picture" {
			info.picture(asfName, v.name, v.size, MaxCover)
			return
		}
		s := v.text(r)
		info.note(asfName, v.name, s)
		if v.name == "WM/Track" {
			first = number(s)
			return
		}
		setASF(t, v.name, s)
	})
	info.note(asfName, "Title", title)
	info.note(asfName, "Author", author)
	info.note(asfName, "Description", description)
	Fill(t, media.Tags{Title: title, Artist: author, Comment: description})
	if t.Track == 0 && first >= 0 {
		t.Track = first + 1
	}
	t.Genre = genre(t.Genre)
}

// setASF sets a field by its name there.
func setASF(t *media.Tags, name, s string) {
	texts := map[string]*string{
		"Title": &t.Title, "Author": &t.Artist, "WM/AlbumTitle": &t.Album, "WM/AlbumArtist": &t.AlbumArtist, "WM/Composer": &t.Composer,
		"WM/Genre": &t.Genre, "WM/Year": &t.Date, "Description": &t.Comment,
	}
	switch dst := texts[name]; {
	case dst != nil && *dst == "":
		*dst = s
	case dst == &t.Artist || dst == &t.Genre || dst == &t.Composer || dst == &t.AlbumArtist:
		*dst = joined(*dst, s)
	case name == "WM/TrackNumber":
		Pair(s, &t.Track, &t.TrackTotal)
	case name == "WM/PartOfSet":
		Pair(s, &t.Disc, &t.DiscTotal)
	case dst == nil: // FFmpeg's and others' own
		setField(t, strings.ToUpper(name), s)
	}
}

// coverASF returns the front cover, or the first picture.
func coverASF(r io.ReaderAt) (data []byte, mime string) {
	front := false
	openASF(r, func(v asfValue) {
		if v.name != "WM/Picture" || v.kind != asfBytes || v.size > MaxCover+maxASFName || front {
			return
		}
		d, m, kind := asfPicture(readUpTo(r, v.pos, v.size))
		if d != nil && (data == nil || kind == frontCover) {
			data, mime, front = d, m, kind == frontCover
		}
	})
	return data, mime
}

// asfPicture takes a WM/Picture apart: kind, length, MIME type, description, data.
func asfPicture(b []byte) (data []byte, mime string, kind byte) {
	if len(b) < 5 {
		return nil, "", 0
	}
	n := int64(binary.LittleEndian.Uint32(b[1:]))
	said, rest := cutText(utf16BE, b[5:])
	_, data = cutText(utf16BE, rest)
	if n == 0 || n > int64(len(data)) || n > MaxCover {
		return nil, "", 0
	}
	data = data[:n]
	return data, imageType(data, asfString(said)), b[0]
}
