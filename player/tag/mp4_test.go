package tag

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"linnet/player/media"
)

func box(name string, body ...string) string {
	b := strings.Join(body, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(b)))) + name + b
}

// item is one of a metadata list, with a value of the given type.
func item(name string, kind byte, value string) string {
	return box(name, box("data", "\x00\x00\x00"+string(kind)+"\x00\x00\x00\x00", value))
}

const none = "\x00\x00\x00\x00"

// list puts items into a file, as MP4 does and as QuickTime does.
func list(quickTime bool, items ...string) []byte {
	ilst := box("hdlr", none, none, "mdir", none) + box("ilst", items...)
	if quickTime {
		return []byte(box("mdat", "abc") + box("moov", box("meta", ilst)))
	}
	return []byte(box("ftyp", "M4A ") + box("mdat", "abc") + box("moov", box("trak"), box("udta", box("meta", none, ilst))))
}

func TestMP4(t *testing.T) {
	items := []string{item("\xa9nam", 1, "Título"), item("\xa9ART", 1, "一位歌手"), item("aART", 2, utf16be("Ü")), item("\xa9alb", 0, "caf\xe9"),
		item("gnre", 0, "\x00\x12"), item("\xa9day", 1, "2001-02-03"), item("\xa9cmt", 1, "nice"), item("trkn", 0, "\x00\x00\x00\x03\x00\x0c\x00\x00"),
		item("disk", 0, "\x00\x00\x00\x01\x00\x02"), item("covr", 13, string(jpeg)), item("\xa9xyz", 1, "what")}
	want := media.Tags{Title: "Título", Artist: "一位歌手", AlbumArtist: "Ü", Album: "café", Genre: "Rock", Date: "2001-02-03", Comment: "nice",
		Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2, HasCover: true}
	for _, quickTime := range []bool{false, true} {
		b := list(quickTime, items...)
		if got := read(t, b); got != want {
			t.Errorf("QuickTime %v:\n got %+v\nwant %+v", quickTime, got, want)
		}
		if data, mime, err := Cover(bytes.NewReader(b), int64(len(b))); err != nil || mime != "image/jpeg" || !bytes.Equal(data, jpeg) {
			t.Errorf("QuickTime %v: cover of %d bytes, %q, %v", quickTime, len(data), mime, err)
		}
	}
}

// An item may have several values: all artists and genres count, each once, and of
// others the first.
func TestMP4Values(t *testing.T) {
	several := func(name string, values ...string) string {
		var data []string
		for _, v := range values {
			data = append(data, box("data", "\x00\x00\x00\x01\x00\x00\x00\x00", v))
		}
		return box(name, data...)
	}
	got := read(t, list(false, several("\xa9nam", "Title", "other"), several("\xa9ART", "One", "", "Two", "One"), several("aART", "", "All"), several("\xa9gen", "Rock", "Pop")))
	if want := (media.Tags{Title: "Title", Artist: "One; Two", AlbumArtist: "All", Genre: "Rock; Pop"}); got != want {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

// QuickTime's own texts stand in the user data itself.
func TestQuickTimeTexts(t *testing.T) {
	text := func(name, s string) string { return box(name, "\x00"+string(rune(len(s)))+"\x15\xc7", s) }
	b := []byte(box("moov", box("udta", text("\xa9nam", "Title"), text("\xa9ART", "Artist"), box("\xa9alb", "x"), none)))
	if got := read(t, b); got != (media.Tags{Title: "Title", Artist: "Artist"}) {
		t.Errorf("%+v", got)
	}
}

// Files that claim what they do not have give what there is, and end.
func TestBrokenMP4(t *testing.T) {
	whole := list(false, item("\xa9nam", 1, "Title"), item("covr", 14, "\x89PNG\r\n\x1a\nxyz"))
	for n := range whole {
		read(t, whole[:n])
		Cover(bytes.NewReader(whole[:n]), int64(n))
		b := bytes.Clone(whole)
		b[n] = 0xff
		if got := read(t, b); len(got.Title) > 100 {
			t.Errorf("byte %d: a title of %d bytes", n, len(got.Title))
		}
	}
	if data, _, err := Cover(bytes.NewReader(whole), -1); string(data) != "\x89PNG\r\n\x1a\nxyz" || err != nil {
		t.Errorf("cover %q, %v", data, err)
	}
}
