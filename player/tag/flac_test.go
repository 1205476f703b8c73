package tag

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
	"linnet/player/media"
)

// vorbisComment is a comment block with so many fields, as it says.
func vorbisComment(said uint32, fields ...string) flactest.Block {
	b := binary.LittleEndian.AppendUint32(nil, 4)
	b = binary.LittleEndian.AppendUint32(append(b, "test"...), said)
	for _, f := range fields {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(f))), f...)
	}
	return flactest.Block{Type: flac.VorbisCommentBlock, Body: b}
}

// picture is a PICTURE block.
func picture(kind uint32, mime string, data []byte) flactest.Block {
	be := binary.BigEndian
	b := be.AppendUint32(nil, kind)
	b = append(be.AppendUint32(b, uint32(len(mime))), mime...)
	b = append(be.AppendUint32(b, 3), "a b"...)
	b = append(b, make([]byte, 16)...)
	return flactest.Block{Type: flac.PictureBlock, Body: append(be.AppendUint32(b, uint32(len(data))), data...)}
}

func flacFile(blocks ...flactest.Block) []byte {
	return flactest.File(flac.StreamInfo{Rate: 44100, Channels: 2, Bits: 16}, [][]byte{[]byte("frames")}, blocks...)
}

func TestFLAC(t *testing.T) {
	long := strings.Repeat("x", 100<<10)
	comment := vorbisComment(15, "title=Título", "ARTIST=一位歌手", "Artist=Another", "ARTIST=Another", "ALBUM=Album", "ALBUM ARTIST=Various", "GENRE=Rock",
		"DATE=2001", "LYRICS="+long, "DESCRIPTION=nice\nday", "TRACKNUMBER=3", "TOTALTRACKS=12", "DISCNUMBER=1/2", "no field", "X=")
	want := media.Tags{Title: "Título", Artist: "一位歌手; Another", Album: "Album", AlbumArtist: "Various", Genre: "Rock", Date: "2001",
		Comment: "nice day", Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2, HasCover: true, Oversize: true} // the lyrics are
	back, front := picture(4, "image/png", []byte("\x89PNG\r\n back")), picture(3, "image/jpeg", jpeg)
	id3 := (&builder{version: 3}).text("TIT2", 0, "ID3's").text("TPE1", 0, "ID3's").tag(0)
	for name, b := range map[string][]byte{
		"plain": flacFile(comment, back, front), "order": flacFile(front, flactest.Block{Type: 1, Body: make([]byte, 99)}, comment, back),
		"ID3 in front": append(id3, flacFile(comment, front)...),
		"too few":      flacFile(func() flactest.Block { c := comment; c.Body = bytes.Clone(c.Body); c.Body[8] = 200; return c }(), front),
	} {
		if got := read(t, b); got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
		if data, mime, err := Cover(bytes.NewReader(b), int64(len(b))); err != nil || mime != "image/jpeg" || !bytes.Equal(data, jpeg) {
			t.Errorf("%s: cover of %d bytes, %q, %v", name, len(data), mime, err)
		}
	}
	if data, mime, _ := Cover(bytes.NewReader(flacFile(back)), 1<<20); mime != "image/png" || len(data) == 0 {
		t.Errorf("only a back cover: %d bytes, %q", len(data), mime)
	}
	if got := read(t, flacFile(vorbisComment(1, "TITLE=\xc4\xe3\xba\xc3\xca\xc0\xbd\xe7"))); got.Title != "你好世界" {
		t.Errorf("GBK: %q", got.Title)
	}
}

// Broken blocks give what can be read, and pictures that are none are none.
func TestBrokenFLAC(t *testing.T) {
	whole := flacFile(vorbisComment(2, "TITLE=a title", "ALBUM=an album"), picture(3, "image/jpeg", jpeg))
	for n := range whole {
		read(t, whole[:n])
		if data, _, err := Cover(bytes.NewReader(whole[:n]), int64(n)); err != nil || data != nil && !bytes.Equal(data, jpeg) {
			t.Fatalf("%d bytes: %d, %v", n, len(data), err)
		}
	}
	huge := vorbisComment(1<<31, "TITLE=a title")
	huge.Body = append(huge.Body, 0xff, 0xff, 0xff, 0xff, 'X')
	if got := read(t, flacFile(huge)); got.Title != "a title" {
		t.Errorf("a field of 4 GiB: %+v", got)
	}
	for name, p := range map[string]flactest.Block{
		"link": picture(3, "-->", []byte("http://x")), "empty": picture(3, "image/png", nil),
		"short": {Type: flac.PictureBlock, Body: []byte{0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff}},
	} {
		if data, _, _ := Cover(bytes.NewReader(flacFile(p)), 1<<20); data != nil {
			t.Errorf("%s: %d bytes", name, len(data))
		}
	}
}
