package tag

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"linnet/player/media"
)

func read(t *testing.T, b []byte) media.Tags {
	t.Helper()
	got, err := Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestID3v2(t *testing.T) {
	want := media.Tags{Title: "Título", Artist: "一位歌手", Album: "Album", AlbumArtist: "Various", Genre: "Rock",
		Date: "2001", Comment: "nice", Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2, HasCover: true}
	three := func(version byte, year string) *builder {
		b := &builder{version: version}
		return b.text("TIT2", 0, "T\xedtulo").text("TPE1", 1, utf16le("一位歌手")+"\x00\x00").
			text("TALB", 0, "Album\x00\x00").text("TPE2", 0, " Various ").text("TCON", 0, "(17)").
			text(year, 0, "2001").text("TRCK", 0, "3/12").text("TPOS", 0, "1/2").
			text("COMM", 0, "engiTunNORM\x00 0000").text("COMM", 0, "eng\x00nice").
			frame("APIC", 0, apic("image/jpeg", 3, "", jpeg))
	}
	two := (&builder{version: 2}).text("TT2", 0, "T\xedtulo").text("TP1", 1, utf16le("一位歌手")).
		text("TAL", 0, "Album").text("TP2", 0, "Various").text("TCO", 0, "(17)Rock").text("TYE", 0, "2001").
		text("TRK", 0, "3/12").text("TPA", 0, "1/2").text("COM", 0, "eng\x00nice").text("XXX", 0, "?").
		frame("PIC", 0, append([]byte("\x00JPG\x03\x00"), jpeg...))
	unsync := three(3, "TYER")
	unsync.body = bytes.ReplaceAll(unsync.body, []byte{0xff}, []byte{0xff, 0})
	extended3 := three(3, "TYER")
	extended3.body = append([]byte{0, 0, 0, 6, 0, 0, 0, 0, 0, 0}, extended3.body...)
	extended4 := three(4, "TDRC")
	extended4.body = append([]byte{0, 0, 0, 6, 1, 0}, extended4.body...)
	for name, b := range map[string][]byte{
		"2.2": two.tag(0), "2.3": three(3, "TYER").tag(0), "2.4": three(4, "TDRC").tag(0),
		"2.3 unsync": unsync.tag(0x80), "2.3 extended": extended3.tag(0x40), "2.4 extended": extended4.tag(0x40),
		"padding": append(three(3, "TYER").tag(0)[:0:0], padded(three(3, "TYER"))...),
	} {
		if got := read(t, b); got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
		if data, mime, err := Cover(bytes.NewReader(b), int64(len(b))); err != nil || mime != "image/jpeg" || !bytes.Equal(data, jpeg) {
			t.Errorf("%s: cover of %d bytes, %q, %v", name, len(data), mime, err)
		}
	}
}

func padded(b *builder) []byte {
	b.body = append(b.body, make([]byte, 500)...)
	return b.tag(0)
}

func TestEncodings(t *testing.T) {
	for _, c := range []struct {
		version, encoding byte
		raw, want         string
	}{
		{3, 0, "caf\xe9", "café"},
		{3, 0, "caf\xc3\xa9", "café"}, // UTF-8 that says Latin-1
		{3, 0, "\xd0\x9f\xd0\xb5\xd1\x81\xd0\xbd\xd1\x8f", "Песня"},
		{3, 0, "\xd0\x9c\xd1\x8b", "Мы"},
		{3, 1, utf16le("日本語"), "日本語"},
		{3, 1, "\xfe\xff" + utf16be("日本語"), "日本語"},
		{3, 1, utf16le("𝄞 x"), "𝄞 x"},
		{4, 2, utf16be("日本語"), "日本語"},
		{4, 3, "日本語", "日本語"},
		{4, 3, "bad\xff", "bad\ufffd"},
		{4, 3, "one\x00two\x00", "one; two"},
		{3, 0, "one\x00two", "one"},
		{4, 1, utf16le("one") + "\x00\x00" + utf16le("two"), "one; two"},
		{3, 1, "\xff", ""},
		{3, 0, "a\r\n\tb\x01", "a  b"},
		{3, 0, "a\x9b31mb", "a31mb"}, // the 8-bit escape of terminals
		{4, 3, "a\u202e\u2067b\u2028c\u0085", "ab c"},
		{3, 1, utf16le("Hello 世界")[2:], "Hello 世界"}, // no mark, wrong order
		{3, 1, utf16be("Hello 世界"), "Hello 世界"},
		{3, 9, "odd", "odd"},
		{3, 0, "", ""},
	} {
		b := (&builder{version: c.version}).text("TIT2", c.encoding, c.raw).tag(0)
		if got := read(t, b).Title; got != c.want {
			t.Errorf("encoding %d of %q: %q, want %q", c.encoding, c.raw, got, c.want)
		}
	}
}

func gbk(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestChinese(t *testing.T) {
	for _, s := range []string{"月亮代表我的心", "邓丽君", "爱", "七里香 - 周杰伦", "《我们》，走吧！", "A面", "Live 现场版 2001",
		"周杰倫", "溥仪", "国际歌（合唱）", "一"} {
		raw := gbk(t, s)
		b := (&builder{version: 3}).text("TIT2", 0, raw).tag(0)
		if got := read(t, b).Title; got != s && s != "A面" { // one character beside a letter: could be both
			t.Errorf("ID3v2: %q, want %q", got, s)
		}
		if len(raw) <= 28 && s != "A面" {
			if got := read(t, v1(raw, raw, "", "", "", 0, 255)); got.Title != s || got.Artist != s {
				t.Errorf("ID3v1: %q, want %q", got.Title, s)
			}
		}
	}
	// A field of 30 bytes that cuts a character in half.
	long := "x" + strings.Repeat("歌", 20)
	if got := read(t, v1(gbk(t, long), "", "", "", "", 0, 255)).Title; got != "x"+strings.Repeat("歌", 14) {
		t.Errorf("cut: %q", got)
	}
}

func TestLatin1IsNotChinese(t *testing.T) {
	for _, s := range []string{"Café", "Björk", "Sigur Rós – x", "Ágætis byrjun", "MÖTÖRHEAD", "Hää", "Yö", "ÄÄNIÄ", "Ça ira",
		"naïve", "Dvořák"[:4], "Blue Öyster Cult", "Señor Coño", "Für Elise", "Æther", "© 2001", "«Été»", "¿Qué?", "À bout"} {
		var raw []byte
		for _, r := range s {
			if r > 255 {
				r = '-'
			}
			raw = append(raw, byte(r))
		}
		want := make([]rune, len(raw))
		for i, v := range raw {
			want[i] = rune(v)
		}
		b := (&builder{version: 3}).text("TIT2", 0, string(raw)).tag(0)
		if got := read(t, b).Title; got != string(want) {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestID3v1AndAPE(t *testing.T) {
	one := v1("Title", "Artist", "Album", "1999", "words", 7, 17)
	want := media.Tags{Title: "Title", Artist: "Artist", Album: "Album", Date: "1999", Comment: "words", Track: 7, Genre: "Rock"}
	if got := read(t, append(make([]byte, 500), one...)); got != want {
		t.Errorf("ID3v1: %+v", got)
	}
	old := bytes.Clone(one)
	copy(old[97:127], "a comment of thirty characters")
	if got := read(t, old); got.Track != 0 || got.Comment != "a comment of thirty characters" {
		t.Errorf("ID3v1.0: %+v", got)
	}
	a := ape("Title", "题目", "TRACK", "2/9", "Disc", "1", "Year", "2020", "Artist", "A\x00B", "Cover Art (Front)", "x.jpg\x00"+string(jpeg))
	all := bytes.Join([][]byte{make([]byte, 500), a, one}, nil)
	want = media.Tags{Title: "题目", Artist: "A; B", Album: "Album", Date: "2020", Comment: "words", Track: 2, TrackTotal: 9,
		Disc: 1, Genre: "Rock", HasCover: true}
	if got := read(t, all); got != want {
		t.Errorf("APE over ID3v1:\n got %+v\nwant %+v", got, want)
	}
	if data, mime, _ := Cover(bytes.NewReader(all), int64(len(all))); mime != "image/jpeg" || !bytes.Equal(data, jpeg) {
		t.Errorf("APE cover: %d bytes, %q", len(data), mime)
	}
	front := append((&builder{version: 3}).text("TIT2", 0, "First").tag(0), all...)
	if got := read(t, front); got.Title != "First" || got.Track != 2 || got.Album != "Album" {
		t.Errorf("all three: %+v", got)
	}
}

func TestCover(t *testing.T) {
	png := []byte("\x89PNG\r\n\x1a\nrest")
	b := (&builder{version: 3}).
		frame("APIC", 0, apic("-->", 3, "", []byte("http://x"))).
		frame("APIC", 0, apic("image/png", 4, "back", png)).
		frame("APIC", 0, apic("image/jpg", 3, "front", jpeg)).tag(0)
	if data, mime, _ := Cover(bytes.NewReader(b), -1); mime != "image/jpeg" || !bytes.Equal(data, jpeg) {
		t.Errorf("front cover: %d bytes, %q", len(data), mime)
	}
	b = (&builder{version: 4}).frame("APIC", 0, apic("", 0, "", png)).tag(0)
	if data, mime, _ := Cover(bytes.NewReader(b), -1); mime != "image/png" || !bytes.Equal(data, png) {
		t.Errorf("any: %d bytes, %q", len(data), mime)
	}
	if data, mime, err := Cover(bytes.NewReader(nil), 0); data != nil || mime != "" || err != nil {
		t.Errorf("none: %v %q %v", data, mime, err)
	}
}

func TestFrameFlags(t *testing.T) {
	unsync := bytes.ReplaceAll(append([]byte{1}, utf16le("日本")...), []byte{0xff}, []byte{0xff, 0})
	b := (&builder{version: 4}).
		frame("TIT2", 0x08, []byte("\x00compressed")).
		frame("TIT2", 0x04, []byte("\x00encrypted")).
		frame("TIT2", 0x43, append([]byte{9, 0, 0, 0, 7}, unsync...)).tag(0)
	if got := read(t, b).Title; got != "日本" {
		t.Errorf("2.4: %q", got)
	}
	b = (&builder{version: 3}).frame("TIT2", 0x80, []byte("\x00compressed")).
		frame("TIT2", 0x20, []byte("\x09\x00grouped")).tag(0)
	if got := read(t, b).Title; got != "grouped" {
		t.Errorf("2.3: %q", got)
	}
}

// iTunes once wrote version 2.4 with sizes that are not syncsafe.
func TestPlainSizes(t *testing.T) {
	long := strings.Repeat("long ", 60)
	b := &builder{version: 4}
	b.body = append(b.body, "TALB\x00\x00\x01\x2c\x00\x00\x00"...)
	b.body = append(b.body, long[:0x12b]...)
	b.text("TIT2", 0, "after")
	if got := read(t, b.tag(0)); got.Title != "after" || len(got.Album) < 290 {
		t.Errorf("%+v", got)
	}
}

func TestSkipID3v2(t *testing.T) {
	one := (&builder{version: 4}).text("TIT2", 0, "x").tag(0)
	two := append(bytes.Clone(one), one...)
	for _, c := range []struct {
		b    []byte
		want int
	}{{nil, 0}, {[]byte("ID3"), 0}, {one, len(one)}, {one[:len(one)-1], 0}, {append(two, 0xff), len(two)}, {[]byte("RIFF......"), 0}} {
		if got := SkipID3v2(bytes.NewReader(c.b), int64(len(c.b))); got != int64(c.want) {
			t.Errorf("%q: %d, want %d", c.b, got, c.want)
		}
	}
}

// Sizes that lie cost no memory.
func TestHugeSizes(t *testing.T) {
	huge := []byte("ID3\x03\x00\x00\x7f\x7f\x7f\x7fTIT2\x7f\xff\xff\xff\x00\x00\x00x")
	pic := []byte("ID3\x03\x00\x00\x7f\x7f\x7f\x7fAPIC\x00\x7f\xff\xff\x00\x00\x00image/png\x00\x03\x00x")
	lies := ape("Title", "x")
	copy(lies[32:], "\xff\xff\xff\xff")
	count := ape("Title", "x")
	copy(count[len(count)-16:], "\xff\xff\xff\xff")
	for _, b := range [][]byte{huge, pic, lies, count} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		read(t, b)
		if data, _, err := Cover(bytes.NewReader(b), int64(len(b))); data != nil || err != nil {
			t.Errorf("cover of %d bytes, %v", len(data), err)
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%q...: %d bytes allocated", b[:20], n)
		}
	}
}

type failing struct{}

var errGone = errors.New("gone")

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errGone }

func TestSourceFails(t *testing.T) {
	if _, err := Read(failing{}, 1000); !errors.Is(err, errGone) {
		t.Errorf("Read: %v", err)
	}
	if _, _, err := Cover(failing{}, 1000); !errors.Is(err, errGone) {
		t.Errorf("Cover: %v", err)
	}
	if _, err := Read(io.NewSectionReader(bytes.NewReader(nil), 0, 0), 1000); err != nil {
		t.Errorf("size too large: %v", err)
	}
}

func FuzzTag(f *testing.F) {
	full := (&builder{version: 3}).text("TIT2", 1, utf16le("题")).text("COMM", 0, "engiTunSMPB\x00 0 240 3E8 5448").
		frame("APIC", 0, apic("image/png", 3, "", jpeg[:20])).tag(0x80)
	f.Add(full)
	f.Add((&builder{version: 2}).text("TT2", 0, "x").frame("PIC", 0, []byte("\x00JPG\x03\x00data")).tag(0))
	f.Add((&builder{version: 4}).frame("TIT2", 0x43, []byte("\x09\x00\x00\x00\x07\x03text")).tag(0x10))
	f.Add(append(ape("Title", "x", "Cover Art (Front)", "a\x00b"), v1("a", "\xd6\xdc\xbd\xdc", "c", "d", "e", 1, 2)...))
	f.Add([]byte("LYRICSBEGIN000011LYRICS200TAG"))
	for _, b := range oggFiles(7) {
		f.Add(b)
	}
	f.Add(matroska(append(song(), cluster)...))
	f.Add([]byte("caff\x00\x01\x00\x00info\x00\x00\x00\x00\x00\x00\x00\x0c\x00\x00\x00\x01title\x00x\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		size := int64(len(b))
		for _, s := range []int64{size, -1} {
			if _, err := Read(bytes.NewReader(b), s); err != nil {
				t.Fatal(err)
			}
			data, _, err := Cover(bytes.NewReader(b), s)
			if err != nil || len(data) > len(b) {
				t.Fatalf("cover of %d bytes, %v", len(data), err)
			}
		}
		SkipID3v2(bytes.NewReader(b), -1)
	})
}
