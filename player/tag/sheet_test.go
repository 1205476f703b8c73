package tag

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player/internal/flac"
	"linnet/player/internal/flac/flactest"
)

// sheetBlock is the body of a CUESHEET block, RFC 9639 clause 8.7: tracks of a number,
// an offset, and the offsets of indexes from 00 or 01 on behind it.
func sheetBlock(first byte, tracks ...[]uint64) []byte {
	b := append([]byte("1234567890123"), make([]byte, 128-13+8+259)...)
	b = append(b, byte(len(tracks)))
	for _, t := range tracks {
		b = binary.BigEndian.AppendUint64(b, t[1])
		b = append(b, byte(t[0]))
		b = append(b, "GBAYE9900001"...)
		kind := byte(0)
		if t[0] == 2 {
			kind = 0x80 // data
		}
		b = append(append(b, kind), make([]byte, 13)...)
		b = append(b, byte(len(t)-2))
		for i, at := range t[2:] {
			b = binary.BigEndian.AppendUint64(b, at)
			b = append(b, first+byte(i), 0, 0, 0)
		}
	}
	return b
}

func sheetFile(body []byte, more ...flactest.Block) []byte {
	return flacFile(append([]flactest.Block{{Type: flac.CueSheetBlock, Body: body}}, more...)...)
}

func sheetIn(t *testing.T, b []byte) Sheet {
	t.Helper()
	s, err := CueSheet(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	tags, err := Read(bytes.NewReader(b), int64(len(b)))
	if err != nil || tags.HasSheet != (len(s.Text) > 0 || len(s.Marks) > 0) {
		t.Errorf("the tags say %v of a sheet that is there: %+v, %v", tags.HasSheet, s, err)
	}
	return s
}

// Texts are found in every kind of tag, line by line, and are believed before a block.
func TestCueSheet(t *testing.T) {
	const text = "FILE \"a.wav\" WAVE\r\n  TRACK 01 AUDIO\r\n    INDEX 01 00:00:00\r\n"
	unix := strings.ReplaceAll(text, "\r", "")
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"comment", flacFile(vorbisComment(2, "TITLE=x", "cuesheet="+text)), text},
		{"comment and block", sheetFile(sheetBlock(1, []uint64{1, 0, 0}), vorbisComment(1, "CUESHEET="+text)), text},
		{"APE", append([]byte("sound"), ape("Cuesheet", text)...), text},
		{"ID3v2", (&builder{version: 4}).frame("TXXX", 0, []byte("\x03CueSheet\x00"+text)).tag(0), unix},
		{"ID3v2 in UTF-16", (&builder{version: 3}).frame("TXXX", 0, []byte("\x01"+utf16le("CUESHEET")+"\x00\x00"+utf16le(text))).tag(0), unix},
		{"none", flacFile(vorbisComment(1, "TITLE=x")), ""},
		{"long", flacFile(vorbisComment(1, "CUESHEET="+strings.Repeat("x", 100<<10))), strings.Repeat("x", 64<<10)},
	} {
		if got := sheetIn(t, c.file); string(got.Text) != c.want || c.want == "" && got.Marks != nil {
			t.Errorf("%s: %q", c.name, got.Text)
		}
	}
}

// A block gives the times of its tracks, to the frame; the lead-out is none.
func TestCueSheetBlock(t *testing.T) {
	const second = 44100
	b := sheetBlock(0, []uint64{1, 0, 0, 588}, []uint64{2, 10 * second, 0}, []uint64{3, 20*second + 1, 0, 588, 1176}, []uint64{170, 30 * second})
	b[128+8] = 0x80
	s := sheetIn(t, sheetFile(b))
	frame := func(n int64) time.Duration { return time.Duration((n*1e9 + second/2) / second) }
	want := []Mark{
		{Number: 1, Audio: true, ISRC: "GBAYE9900001", Gap: 0, Start: frame(588)},
		{Number: 2, ISRC: "GBAYE9900001", Gap: 10 * time.Second, Start: 10 * time.Second},
		{Number: 3, Audio: true, ISRC: "GBAYE9900001", Gap: frame(20*second + 1), Start: frame(20*second + 1 + 588)},
	}
	if s.Catalog != "1234567890123" || !slices.Equal(s.Marks, want) {
		t.Errorf("%q %+v, want %+v", s.Catalog, s.Marks, want)
	}
	for n := range b { // cut off anywhere it is a shorter one
		file := sheetFile(b[:n])
		if got, err := CueSheet(bytes.NewReader(file), int64(len(file))); err != nil || len(got.Marks) > 3 || len(got.Marks) > 0 && got.Marks[0] != want[0] {
			t.Fatalf("%d bytes: %+v, %v", n, got, err)
		}
	}
	for _, at := range []uint64{1, 1<<64 - 1} {
		file := sheetFile(sheetBlock(1, []uint64{1, 1<<64 - 1, at}))
		if got := sheetIn(t, file); len(got.Marks) != 1 || got.Marks[0].Start < 48*time.Hour {
			t.Errorf("beyond all files: %+v", got.Marks)
		}
	}
}

// 170 is the end of a compact disc, and a track of what is none.
func TestCueSheetOfNoDisc(t *testing.T) {
	b := sheetBlock(1, []uint64{169, 0, 0}, []uint64{170, 44100, 0}, []uint64{171, 88200, 0}, []uint64{255, 132300, 0})
	for _, disc := range []bool{false, true} {
		b[128+8] = 0
		want := []int{169, 170, 171}
		if disc {
			b[128+8] = 0x80
			want = []int{169, 171, 255}
		}
		var got []int
		for _, m := range sheetIn(t, sheetFile(b)).Marks {
			got = append(got, m.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("a disc %v: tracks %v, want %v", disc, got, want)
		}
	}
}

// What flac writes is read.
func TestCueSheetOfFlac(t *testing.T) {
	if _, err := exec.LookPath("flac"); err != nil {
		t.Skip("flac is not installed; `make test` installs it")
	}
	dir := t.TempDir()
	sheet, raw, out := filepath.Join(dir, "a.cue"), filepath.Join(dir, "a.raw"), filepath.Join(dir, "a.flac")
	text := "CATALOG 0724349523425\nFILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nISRC GBAYE9900002\nINDEX 00 00:00:50\nINDEX 01 00:01:37\n"
	for name, b := range map[string][]byte{sheet: []byte(text), raw: make([]byte, 4*44100*3)} {
		if err := os.WriteFile(name, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("flac", "--silent", "--force-raw-format", "--endian=little", "--sign=signed", "--channels=2", "--bps=16", "--sample-rate=44100", "--cuesheet="+sheet, "-o", out, raw)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	s := sheetIn(t, b)
	if s.Catalog != "0724349523425" || len(s.Marks) != 2 || s.Marks[1].ISRC != "GBAYE9900002" {
		t.Fatalf("%+v", s)
	}
	if m := s.Marks[1]; m.Gap != 666666667 || m.Start != 1493333333 || !m.Audio || m.Number != 2 {
		t.Errorf("%+v", m)
	}
}

func FuzzCueSheet(f *testing.F) {
	f.Add(sheetFile(sheetBlock(0, []uint64{1, 0, 0, 588}, []uint64{170, 99})))
	f.Add(flacFile(vorbisComment(1, "CUESHEET=x")))
	f.Add(append([]byte("sound"), ape("Cuesheet", "x")...))
	f.Add((&builder{version: 4}).frame("TXXX", 0, []byte("\x03CueSheet\x00x")).tag(0))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := CueSheet(bytes.NewReader(b), int64(len(b)))
		if err != nil || len(s.Text) > 64<<10 || len(s.Marks) > 255 {
			t.Errorf("%d bytes of text, %d marks, %v", len(s.Text), len(s.Marks), err)
		}
		for _, m := range s.Marks {
			if m.Start < 0 || m.Gap < 0 {
				t.Errorf("%+v", m)
			}
		}
	})
}
