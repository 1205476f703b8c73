package tags

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
)

// eachAPE visits the items of an APEv2 tag (or APEv1, whose text may be of
// any code page). visit reads what it wants of the value.
func eachAPE(r io.ReaderAt, b block, visit func(key string, size int64, value io.Reader)) {
	foot := readAt(r, b.end-apeSize, apeSize)
	if len(foot) < apeSize {
		return
	}
	start := b.start
	if binary.LittleEndian.Uint32(foot[20:])>>31 != 0 {
		start += apeSize
	}
	count := binary.LittleEndian.Uint32(foot[16:])
	sec := io.NewSectionReader(r, start, b.end-apeSize-start)
	buf := bufio.NewReader(sec)
	for range min(count, maxFields) {
		var h [8]byte
		if _, err := io.ReadFull(buf, h[:]); err != nil {
			return
		}
		key, ok := apeKey(buf)
		if !ok {
			return
		}
		size := int64(binary.LittleEndian.Uint32(h[:]))
		value := &io.LimitedReader{R: buf, N: size}
		visit(key, size, value)
		if n, _ := io.Copy(io.Discard, value); n == 0 && value.N > 0 {
			return // the tag ends before its item does
		}
	}
}

// apeKey reads a key of at most 255 characters and the zero behind it.
func apeKey(buf *bufio.Reader) (key string, ok bool) {
	var b [256]byte
	for i := range b {
		v, err := buf.ReadByte()
		if err != nil {
			return "", false
		}
		if v == 0 {
			return strings.ToUpper(string(b[:i])), true
		}
		b[i] = v
	}
	return "", false
}

// readAPE adds to info what the APE tag in b says.
func readAPE(r io.ReaderAt, b block, info *Info) {
	t := &info.Tags
	texts := map[string]*string{
		"TITLE": &t.Title, "ARTIST": &t.Artist, "ALBUM": &t.Album, "ALBUM ARTIST": &t.AlbumArtist,
		"ALBUMARTIST": &t.AlbumArtist, "COMPOSER": &t.Composer, "GENRE": &t.Genre, "YEAR": &t.Date, "COMMENT": &t.Comment,
	}
	eachAPE(r, b, func(key string, size int64, value io.Reader) {
		if strings.HasPrefix(key, apeCover) {
			info.picture(apeName, key, size, MaxCover)
			return
		}
		t.HasSheet = t.HasSheet || key == sheetField && size > 0
		t.Oversize = t.Oversize || size > MaxText
		s := apeText(value)
		info.note(apeName, key, s)
		switch dst := texts[key]; {
		case dst != nil && *dst == "":
			*dst = s
		case key == "TRACK":
			Pair(s, &t.Track, &t.TrackTotal)
		case key == "DISC" || key == "DISCNUMBER":
			Pair(s, &t.Disc, &t.DiscTotal)
		case strings.HasPrefix(key, gainPrefix):
			ReplayGain(key, s, &t.ReplayGain)
		}
	})
}

func apeText(r io.Reader) string {
	b, err := io.ReadAll(io.LimitReader(r, MaxText))
	if err != nil {
		return ""
	}
	var parts []string
	for _, s := range bytes.SplitN(b, []byte{0}, 16) {
		if t := clean(undecided(s)); t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, "; ")
}

// apeName is what the tag is called.
const apeName = "APE"

// apeCover is how the keys of pictures start; "COVER ART (FRONT)" is one.
const apeCover = "COVER ART"

// coverAPE returns the first picture: a file name, a zero, the data.
func coverAPE(r io.ReaderAt, b block) (data []byte, mime string) {
	eachAPE(r, b, func(key string, size int64, value io.Reader) {
		if data != nil || !strings.HasPrefix(key, apeCover) || size > MaxCover {
			return
		}
		all, err := io.ReadAll(value)
		name, image, found := bytes.Cut(all, []byte{0})
		if err == nil && found && len(image) > 0 && int64(len(all)) == size {
			data, mime = image, imageType(image, strings.TrimPrefix(string(name), "."))
		}
	})
	return data, mime
}
