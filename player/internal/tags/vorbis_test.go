package tags

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"linnet/player/media"
)

func vorbisComment(fields ...string) []byte {
	put := func(b []byte, s string) []byte {
		return append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
	}
	b := put(nil, "the vendor")
	b = binary.LittleEndian.AppendUint32(b, uint32(len(fields)))
	for _, f := range fields {
		b = put(b, f)
	}
	return b
}

func commentOf(b []byte) media.Tags {
	var info Info
	VorbisComment(bytes.NewReader(b), &info)
	return info.Tags
}

func TestVorbisComment(t *testing.T) {
	b := vorbisComment("title=Ein Stück", "ARTIST=One", "Artist=Two", "ALBUM=A\nB", "albumartist=All", "GENRE=Jazz", "GENRE=Rock",
		"DATE=2026-01-02", "TRACKNUMBER=3/12", "DISCNUMBER=1", "DISCTOTAL=2", "no equals sign", "=nameless", "TITLE=", "title=second",
		"METADATA_BLOCK_PICTURE="+strings.Repeat("A", 100000), "DESCRIPTION=last")
	want := media.Tags{
		Title: "Ein Stück", Artist: "One; Two", Album: "A B", AlbumArtist: "All", Genre: "Jazz; Rock", Date: "2026-01-02",
		Comment: "last", Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2, HasCover: true,
	}
	if got := commentOf(b); got != want {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	for n := range len(b) {
		if n < 300 || n > len(b)-40 {
			commentOf(b[:n]) // ends
		}
	}
	if got := commentOf(vorbisComment("TRACKNUMBER=7", "TRACKTOTAL=9", "YEAR=1999", "ALBUM ARTIST=x")); got !=
		(media.Tags{Track: 7, TrackTotal: 9, Date: "1999", AlbumArtist: "x"}) {
		t.Errorf("%+v", got)
	}
}

// Lengths are claims.
func TestVorbisCommentLies(t *testing.T) {
	lies := []byte{0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 127, 'T', 'I', 'T', 'L', 'E', '=', 'x'}
	if got := commentOf(lies); got.Title != "x" {
		t.Errorf("%+v", got)
	}
	long := vorbisComment("TITLE="+strings.Repeat("y", 3*MaxText), "ALBUM=z")
	if got := commentOf(long); len(got.Title) != MaxText || got.Album != "z" {
		t.Errorf("a title of %d bytes, album %q", len(got.Title), got.Album)
	}
}
