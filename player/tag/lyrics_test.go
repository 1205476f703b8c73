package tag

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// sylt is the body of a SYLT frame: texts and their times in ms.
func sylt(encoding, format, content byte, pairs ...any) []byte {
	b := []byte{encoding, 'e', 'n', 'g', format, content, 'd', 0}
	for i := 0; i < len(pairs); i += 2 {
		b = append(append(b, pairs[i].(string)...), 0)
		b = binary.BigEndian.AppendUint32(b, uint32(pairs[i+1].(int)))
	}
	return b
}

// commentOf is a Vorbis comment.
func commentOf(fields ...string) []byte {
	b := binary.LittleEndian.AppendUint32(nil, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(fields)))
	for _, f := range fields {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(f))), f...)
	}
	return b
}

func TestLyrics(t *testing.T) {
	id3 := func(version byte) *builder { return &builder{version: version} }
	flac := func(fields ...string) []byte {
		c := commentOf(fields...)
		return append([]byte{'f', 'L', 'a', 'C', 0x84, 0, byte(len(c) >> 8), byte(len(c))}, c...)
	}
	uslt := func(encoding byte, s string) []byte { return append([]byte{encoding, 'e', 'n', 'g', 0}, s...) }
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"none", id3(3).text("TIT2", 0, "x").tag(0), ""},
		{"USLT", id3(3).frame("USLT", 0, uslt(0, "one\r\ntwo\rthree")).tag(0), "one\ntwo\nthree"},
		{"USLT in 2.2", id3(2).frame("ULT", 0, uslt(0, "one\ntwo")).tag(0), "one\ntwo"},
		{"USLT, UTF-16", id3(3).frame("USLT", 0, append([]byte{1, 'z', 'h', 'o', 0xff, 0xfe, 0, 0}, utf16le("月亮\n代表")...)).tag(0), "月亮\n代表"},
		{"USLT, GB18030 as Latin-1", id3(3).frame("USLT", 0, uslt(0, "\xd4\xc2\xc1\xc1\xb4\xfa\xb1\xed\xce\xd2\xb5\xc4\xd0\xc4\n\xc4\xe3\xce\xca\xce\xd2\xb0\xae\xc4\xe3")).tag(0), "月亮代表我的心\n你问我爱你"},
		{"SYLT before USLT", id3(4).frame("USLT", 0, uslt(3, "plain")).frame("SYLT", 0, sylt(3, 2, 1, "one", 1000, "two", 61500)).tag(0), "[00:01.000]one\n[01:01.500]two"},
		{"SYLT in syllables", id3(4).frame("SYLT", 0, sylt(3, 2, 1, "Star", 10, "light", 20, "\nBright", 30, "ly", 40)).tag(0),
			"[00:00.010]<00:00.010>Star<00:00.020>light\n[00:00.030]<00:00.030>Bright<00:00.040>ly"},
		{"SYLT by frames", id3(4).frame("SYLT", 0, sylt(3, 1, 1, "one", 1)).tag(0), ""},
		{"SYLT of chords", id3(4).frame("SYLT", 0, sylt(3, 2, 5, "Am", 1)).tag(0), ""},
		{"SYLT cut", id3(4).frame("SYLT", 0, sylt(3, 2, 1, "one", 1, "two", 2)[:16]).tag(0), "[00:00.001]one"},
		{"TXXX", id3(3).frame("TXXX", 0, []byte("\x00Lyrics\x00a\nb")).tag(0), "a\nb"},
		{"comments", flac("TITLE=x", "UNSYNCEDLYRICS=plain", "lyrics=[00:01.00]a\n[00:02.00]b"), "[00:01.00]a\n[00:02.00]b"},
		{"APE", append(bytes.Repeat([]byte{0}, 100), ape("Title", "x", "Lyrics", "a\nb")...), "a\nb"},
		{"controls", id3(3).frame("USLT", 0, uslt(3, "a\x1b[31mb\u202e\nc")).tag(0), "a[31mb\nc"},
	} {
		got, err := Lyrics(bytes.NewReader(c.file), int64(len(c.file)))
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

// FFmpeg's files of each kind that can hold lyrics.
func TestLyricsOfFFmpeg(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed (make test installs it)")
	}
	for _, name := range []string{"x.mp3", "x.flac", "x.ogg", "x.m4a"} {
		path := filepath.Join(t.TempDir(), name)
		out, err := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "anullsrc", "-t", "0.2", "-metadata", "lyrics=erste Zeile\nzweite Zeile", path).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		info, _ := f.Stat()
		got, err := Lyrics(f, info.Size())
		f.Close()
		if err != nil || got != "erste Zeile\nzweite Zeile" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func FuzzLyrics(f *testing.F) {
	f.Add((&builder{version: 4}).frame("SYLT", 0, sylt(3, 2, 1, "Star", 10, "\nlight", 20)).tag(0))
	f.Add((&builder{version: 3}).frame("USLT", 0, []byte("\x01engx\x00\x00\xff\xfea\x00")).tag(0x80))
	f.Add(append([]byte("fLaC\x84\x00\x00\x20"), commentOf("LYRICS=a")...))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := Lyrics(bytes.NewReader(b), int64(len(b)))
		if err != nil || len(text) > 8<<16 {
			t.Errorf("%d bytes, %v", len(text), err)
		}
	})
}
