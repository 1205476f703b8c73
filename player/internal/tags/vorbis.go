package tags

import (
	"bufio"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"linnet/player/media"
)

// maxValues is how many values of one field are kept.
const maxValues = 16

// VorbisComment adds to t what a Vorbis comment says: the "comment header" of
// the Vorbis I specification, clause 5, from the vendor's name on, which FLAC
// (RFC 9639 clause 8.6) and Opus have, too. r should end where the comment
// does. What can be read before a length that makes no sense counts.
func VorbisComment(r io.Reader, t *media.Tags) {
	buf := bufio.NewReader(r)
	if _, ok := vorbisString(buf); !ok {
		return
	}
	n, ok := vorbisLength(buf)
	for i := uint32(0); ok && i < min(n, maxFields); i++ {
		var s string
		if s, ok = vorbisString(buf); ok {
			vorbisField(s, t)
		}
	}
}

func vorbisLength(r io.Reader) (n uint32, ok bool) {
	var b [4]byte
	_, err := io.ReadFull(r, b[:])
	return binary.LittleEndian.Uint32(b[:]), err == nil
}

// vorbisString reads a string, or as much of a long one as is kept of any.
func vorbisString(r *bufio.Reader) (s string, ok bool) {
	n, ok := vorbisLength(r)
	if !ok {
		return "", false
	}
	b, err := io.ReadAll(io.LimitReader(r, int64(min(n, MaxText))))
	if err != nil || uint32(len(b)) < min(n, MaxText) {
		return "", false
	}
	if rest := int64(n) - int64(len(b)); rest > 0 {
		skipped, err := io.CopyN(io.Discard, r, rest)
		return string(b), err == nil && skipped == rest
	}
	return string(b), true
}

// vorbisField takes in one "NAME=value".
func vorbisField(s string, t *media.Tags) {
	name, value, found := strings.Cut(s, "=")
	if !found {
		return
	}
	name = strings.ToUpper(name)
	if name == "METADATA_BLOCK_PICTURE" || name == "COVERART" {
		t.HasCover = t.HasCover || len(value) > 0
		return
	}
	if utf8.ValidString(value) {
		value = clean(value)
	} else {
		value = clean(decode8([]byte(value)))
	}
	switch name {
	case "TITLE":
		addValue(&t.Title, value)
	case "ARTIST":
		addValue(&t.Artist, value)
	case "ALBUM":
		addValue(&t.Album, value)
	case "ALBUMARTIST", "ALBUM ARTIST":
		addValue(&t.AlbumArtist, value)
	case "GENRE":
		addValue(&t.Genre, value)
	case "DATE", "YEAR":
		addValue(&t.Date, value)
	case "COMMENT", "DESCRIPTION":
		addValue(&t.Comment, value)
	case "TRACKNUMBER":
		pair(value, &t.Track, &t.TrackTotal)
	case "TRACKTOTAL", "TOTALTRACKS":
		pair("/"+value, &t.Track, &t.TrackTotal)
	case "DISCNUMBER":
		pair(value, &t.Disc, &t.DiscTotal)
	case "DISCTOTAL", "TOTALDISCS":
		pair("/"+value, &t.Disc, &t.DiscTotal)
	default:
		ReplayGain(name, value, &t.ReplayGain)
	}
}

// addValue adds one of several values of a field, each once.
func addValue(dst *string, value string) {
	if *dst == "" || value == "" {
		*dst += value
		return
	}
	have := strings.Split(*dst, "; ")
	if len(have) < maxValues && !slices.Contains(have, value) {
		*dst += "; " + value
	}
}
