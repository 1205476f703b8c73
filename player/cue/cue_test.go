package cue

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/tag"
)

var update = flag.Bool("update", false, "write the golden files")

func playable(name string) bool {
	return slices.Contains([]string{".flac", ".wav", ".mp3"}, strings.ToLower(filepath.Ext(name)))
}

// dump is a sheet in words.
func dump(s *Sheet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q by %q, %q; genre %q, date %q, comment %q, catalog %q, disc %d of %d, %+v\ncharset %s\n",
		s.Title, s.Performer, s.Songwriter, s.Genre, s.Date, s.Comment, s.Catalog, s.Disc, s.Discs, s.Loudness, s.Charset)
	for _, f := range s.Files {
		fmt.Fprintf(&b, "file %q %s\n", f.Name, f.Type)
	}
	for _, t := range s.Tracks {
		fmt.Fprintf(&b, "%02d %q by %q, %q; genre %q, date %q, ISRC %q, %+v; file %d, gap %s, %s to %s, pregap %s, postgap %s\n",
			t.Number, t.Title, t.Performer, t.Songwriter, t.Genre, t.Date, t.ISRC, t.Loudness, t.File, Clock(t.Gap), Clock(t.Start), Clock(t.End), Clock(t.Pregap), Clock(t.Postgap))
	}
	return b.String()
}

// Sheets as programs write them, each with what is read from it.
func TestGolden(t *testing.T) {
	sheets, err := filepath.Glob("testdata/*.cue")
	if err != nil || len(sheets) < 7 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	for _, name := range sheets {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse(b, "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		golden := strings.TrimSuffix(name, ".cue") + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(dump(s)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(s); got != string(want) {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
	}
}

// A frame of a compact disc is a 75th of a second, and exactly so in samples.
func TestSectors(t *testing.T) {
	for _, rate := range []int{8000, 11025, 16000, 22050, 32000, 37800, 44100, 48000, 88200, 96000, 192000} {
		a := media.AudioFormat{Rate: rate}
		for _, n := range []int64{0, 1, 2, 3, 37, 74, 75, 76, 4499, 99*60*75 + 74, maxMinutes * 60 * 75} {
			// The nearest frame; no count of sectors is half-way between two.
			if got, want := a.Frames(Sectors(n)), (n*int64(rate)*2+75)/150; got != want {
				t.Errorf("%d sectors at %d Hz: %d frames, want %d", n, rate, got, want)
			}
			if n < 99*60*75 {
				if d, ok := clock(Clock(Sectors(n))); !ok || d != Sectors(n) {
					t.Errorf("%d sectors are written %s, and read as %v", n, Clock(Sectors(n)), d)
				}
			}
		}
	}
	if got := (media.AudioFormat{Rate: 44100}).Frames(Sectors(1)); got != 588 {
		t.Errorf("a sector is %d frames", got)
	}
	for _, bad := range []string{"", "1:2", "1:2:3:4", "1:60:00", "1:00:75", "-1:00:00", "a:00:00", "99999999999:00:00", "1:2:"} {
		if d, ok := clock(bad); ok {
			t.Errorf("%q is %v", bad, d)
		}
	}
}

// What is no sheet is refused, with the reason; what does not matter is passed over.
func TestBroken(t *testing.T) {
	const head = "FILE \"a.wav\" WAVE\nTRACK 01 AUDIO\n"
	for text, want := range map[string]string{
		"":                                    "no track",
		"hello\x00\xff":                       "no track",
		head:                                  "no track",
		head + "INDEX 01 00:00":               "no number and time",
		head + "INDEX x 00:00:00":             "no number and time",
		"INDEX 01 00:00:00":                   "INDEX without",
		"TRACK one AUDIO":                     "not numbered",
		"FILE":                                "FILE without a name",
		"FILE \"\" WAVE":                      "FILE without a name",
		"PREGAP 00:00:00":                     "no time of a TRACK",
		head + "PREGAP now":                   "no time of a TRACK",
		"TITLE " + strings.Repeat("x", 1<<19): "longer than",
		"FILE \"" + strings.Repeat("x", 2000) + "\" WAVE":                                      "too long",
		strings.Repeat("FILE a WAVE\n", 1200):                                                  "more than 999 files",
		head + "INDEX 01 00:02:00\nTRACK 02 AUDIO\nINDEX 01 00:02:00":                          "a track at 00:02:00 follows one at 00:02:00",
		head + "INDEX 01 00:02:00\n" + strings.Repeat("TRACK 02 AUDIO\nINDEX 1 0:3:0\n", 1100): "more than 999 tracks",
	} {
		var bad *media.FormatError
		if s, err := Parse([]byte(text), ""); !errors.As(err, &bad) || !strings.Contains(bad.Msg, want) {
			t.Errorf("%.60q: %v, %v, want %q", text, s, err, want)
		}
	}
	s, err := Parse([]byte("FOO bar\n"+head+"TITLE \""+strings.Repeat("é", 900)+"\"\nNONSENSE\nINDEX 00 00:00:01\nREM\nREM REPLAYGAIN_TRACK_GAIN loud"), "")
	if err != nil || len(s.Tracks) != 1 || s.Tracks[0].Start != Sectors(1) || len(s.Tracks[0].Title) != maxText || s.Tracks[0].Loudness.Known {
		t.Errorf("%+v, %v", s, err)
	}
}

// As many tracks are taken as have names.
func TestMostTracks(t *testing.T) {
	text := func(n int) []byte {
		b := []byte("FILE a.wav WAVE\n")
		for i := range n {
			b = fmt.Appendf(b, "TRACK %02d AUDIO\nINDEX 01 %s\n", i+1, Clock(Sectors(int64(75*i))))
		}
		return b
	}
	s, err := Parse(text(MaxTracks), "")
	if err != nil || len(s.Tracks) != MaxTracks {
		t.Fatalf("%v", err)
	}
	if _, i, ok := Split(Name("/a.cue", MaxTracks-1)); !ok || i != MaxTracks-1 {
		t.Error("the last one has no name")
	}
	if _, err := Parse(text(MaxTracks+1), ""); err == nil {
		t.Error("one more is taken")
	}
}

// Valid UTF-8 is that, but where it is so by chance.
func TestByChance(t *testing.T) {
	for text, want := range map[string]string{"\xc1\xaa\xcd\xa8": "联通", "é": "é", "Björk": "Björk", "爱": "爱", "Привет": "Привет"} {
		s, err := Parse([]byte("TITLE \""+text+"\"\nFILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00"), "")
		if err != nil || s.Title != want {
			t.Errorf("%q: %q (%s, %s), want %q", text, s.Title, s.Charset, s.Why, want)
		}
	}
}

// The folder says the charset where the text does not.
func TestForced(t *testing.T) {
	b := []byte("TITLE \"\xb0\xae\"\nFILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00")
	for _, c := range []struct{ name, want string }{{"GB18030", "爱"}, {"Big5", "乾"}, {"windows-1251", "°®"}} {
		charset, err := tag.ParseCharset(c.name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse(b, charset)
		if err != nil || s.Title != c.want || s.Charset != charset {
			t.Errorf("%s: %q (%s), %v", c.name, s.Title, s.Charset, err)
		}
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".charset"), "Big5\n")
	write(t, filepath.Join(dir, "x.cue"), string(b))
	s, err := Open(filepath.Join(dir, "x.cue"), playable)
	if err != nil || s.Title != "乾" {
		t.Errorf("with .charset: %+v, %v", s, err)
	}
}

// sheetInID3 is an ID3v2.4 tag with a sheet, in the encoding of that byte.
func sheetInID3(encoding, text string) string {
	frame := encoding + "CUESHEET\x00" + text
	return "ID3\x04\x00\x00\x00\x00" + string([]byte{byte((len(frame) + 10) >> 7), byte(len(frame)+10) & 127}) +
		"TXXX\x00\x00" + string([]byte{byte(len(frame) >> 7), byte(len(frame) & 127)}) + "\x00\x00" + frame
}

// A sheet within a file that speaks of others, too, is about the file that it is in.
func TestWithin(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.mp3")
	write(t, name, sheetInID3("\x03", "FILE 1 WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 01:00:00\nFILE 2 WAVE\nTRACK 03 AUDIO\nINDEX 01 00:00:00"))
	s, err := Open(name, playable)
	if err != nil || len(s.Tracks) != 2 || len(s.Files) != 1 || s.Path(0) != name || s.Path(1) != name || s.Tracks[0].End != time.Minute || s.Tracks[1].End != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	write(t, name, sheetInID3("\x03", "")+"x")
	if _, err := Open(name, playable); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a sheet: %v", err)
	}
}

// Marks of a block are tracks up to one that is not behind the last; data is none.
func TestMarks(t *testing.T) {
	at := func(n int64, audio bool) tag.Mark {
		return tag.Mark{Number: int(n), Audio: audio, Gap: Sectors(n), Start: Sectors(n) + 1}
	}
	s := &Sheet{}
	s.marks(&tag.Sheet{Catalog: "c", Marks: []tag.Mark{at(1, true), at(2, true), at(3, false), at(4, true), at(4, true), at(5, true)}})
	var got []string
	for _, tr := range s.Tracks {
		got = append(got, fmt.Sprintf("%d %s %s %s", tr.Number, Clock(tr.Gap), Clock(tr.Start), Clock(tr.End)))
	}
	if want := []string{"1 00:00:01 00:00:01 00:00:02", "2 00:00:02 00:00:02 00:00:03", "4 00:00:04 00:00:04 00:00:00"}; !slices.Equal(got, want) || s.Catalog != "c" {
		t.Errorf("%q, want %q", got, want)
	}
}

// Small things that programs do.
func TestHabits(t *testing.T) {
	const text = "FILE a.wav WAVE\nTRACK 01 CDG\nINDEX 01 00:00:00\x00\x00\nTRACK 02 AUDIO\nINDEX 00 00:00:10\nFILE b.wav WAVE\nINDEX 01 00:00:30\n\x00"
	s, err := Parse([]byte(text), "")
	if err != nil || len(s.Tracks) != 2 || s.Tracks[0].Number != 1 || s.Tracks[1].File != 1 || s.Tracks[1].Gap != s.Tracks[1].Start {
		t.Errorf("%+v, %v", s, err)
	}
	b := []byte{0xfe, 0xff}
	for _, r := range text {
		b = append(b, 0, byte(r))
	}
	if wide, err := Parse(b, "Big5"); err != nil || wide.Charset != "UTF-16" || !slices.Equal(wide.Tracks, s.Tracks) {
		t.Errorf("in UTF-16: %+v, %v", wide, err)
	}
}

// Text within a file is UTF-8, whatever its folder's files are.
func TestForcedWithin(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".charset"), "Big5\n")
	text := "TITLE \"月亮\"\nFILE x WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n"
	for _, c := range []struct{ encoding, text string }{{"\x03", text}, {"\x00", "TITLE \"\xa4\xeb\xab\x47\"" + text[strings.IndexByte(text, '\n'):]}} {
		name := filepath.Join(dir, "x.mp3")
		write(t, name, sheetInID3(c.encoding, c.text))
		s, err := Open(name, playable)
		if err != nil {
			t.Fatal(err)
		}
		if s.Title != "月亮" {
			t.Errorf("%q", s.Title)
		}
	}
}

// Discs are counted as tags do.
func TestDiscs(t *testing.T) {
	const rest = "\nFILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00"
	for text, want := range map[string][2]int{
		"REM DISCNUMBER 2\nREM TOTALDISCS 3": {2, 3}, "REM DISCNUMBER \"2/3\"": {2, 3}, "REM DISCNUMBER -2": {}, "REM DISCNUMBER 99999999999\nREM DISCTOTAL 4294967297": {},
	} {
		s, err := Parse([]byte(text+rest), "")
		if err != nil || s.Disc != want[0] || s.Discs != want[1] {
			t.Errorf("%q: %d of %d, %v", text, s.Disc, s.Discs, err)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Files are found where the sheet was written for another machine.
func TestLocate(t *testing.T) {
	for _, c := range []struct{ written, there, want string }{
		{"a.wav", "a.wav a.flac", "a.wav"},
		{"a.wav", "a.flac a.txt", "a.flac"},
		{"A.WAV", "a.flac a.wav", "a.wav"},
		{"A Song.wav", "a song.MP3", "a song.MP3"},
		{`C:\rips\a.wav`, "a.flac", "a.flac"},
		{`CD1\a.wav`, "CD1/a.wav", "CD1/a.wav"},
		{"/nowhere/a.wav", "a.wav", "a.wav"},
		{"CDImage.wav", "sheet.flac", "sheet.flac"},
		{"CDImage.wav", "other.flac", ""},
		{"a.wav", "a.txt", ""},
		{"sub", "sub/x.wav", ""},
		{"月亮.wav", "月亮.flac", "月亮.flac"},
	} {
		dir := t.TempDir()
		for name := range strings.SplitSeq(c.there, " ") {
			if c.there == "a song.MP3" {
				name = c.there
			}
			write(t, filepath.Join(dir, name), "x")
		}
		sheet := filepath.Join(dir, "sheet.cue")
		write(t, sheet, "FILE \""+c.written+"\" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n")
		s, err := Open(sheet, playable)
		if err != nil {
			t.Fatal(err)
		}
		want := c.want
		if want != "" {
			want = filepath.Join(dir, want)
		}
		if got := s.Path(0); got != want {
			t.Errorf("%q with %q: %q, want %q", c.written, c.there, got, want)
		}
		if n := len(s.Names(sheet)); n != 1 && want != "" || n != 0 && want == "" {
			t.Errorf("%q: %d names", c.written, n)
		}
	}
}

func TestNames(t *testing.T) {
	name := Name("/m/a.cue", 11)
	if name != "/m/a.cue/track0012" {
		t.Error(name)
	}
	if sheet, i, ok := Split(name); sheet != "/m/a.cue" || i != 11 || !ok {
		t.Error(sheet, i, ok)
	}
	for _, bad := range []string{"track0001", "/m/track1", "/m/track0000", "/m/track00001", "/m/track000x", "/m/Track0001", "/m/a.mp3", "", "/m/track1000"} {
		if sheet, i, ok := Split(bad); ok {
			t.Errorf("%q is track %d of %q", bad, i, sheet)
		}
	}
	if !Is("x.CUE") || Is("x.wav") {
		t.Error("kinds")
	}
}

// opened is an OpenMedia that opens nothing.
func opened(tags media.Tags) player.OpenMedia {
	return func(name string) (*player.Media, error) {
		if _, err := os.Stat(name); err != nil {
			return nil, err
		}
		return &player.Media{Name: name, Tags: tags, Chapters: []media.Chapter{{Title: "x"}}}, nil
	}
}

// A track's media is its file's, with its own range and tags; names of other kinds are
// opened as ever.
func TestBehind(t *testing.T) {
	dir := t.TempDir()
	sheet := filepath.Join(dir, "a.cue")
	write(t, sheet, "PERFORMER \"P\"\nFILE \"a.wav\" WAVE\nTRACK 01 AUDIO\nTITLE \"T\"\nINDEX 01 00:01:00\nTRACK 02 AUDIO\nPERFORMER Q\nINDEX 01 00:02:00\n"+
		"FILE \"gone.wav\" WAVE\nTRACK 03 AUDIO\nINDEX 01 00:00:00")
	write(t, filepath.Join(dir, "a.flac"), "x")
	write(t, filepath.Join(dir, "folder", "track0001"), "x")
	album := media.Loudness{Known: true, Gain: -300}
	open := Behind(opened(media.Tags{Title: "whole", Album: "A", Genre: "G", Track: 9, HasCover: true, ReplayGain: media.ReplayGain{Track: album}}), playable)
	for i, want := range []player.Media{
		{Range: player.Range{From: time.Second, To: 2 * time.Second}, Tags: media.Tags{Title: "T", Artist: "P", Track: 1}},
		{Range: player.Range{From: 2 * time.Second}, Tags: media.Tags{Title: "A 02", Artist: "Q", Track: 2}},
	} {
		want.Name, want.File = Name(sheet, i), filepath.Join(dir, "a.flac")
		g := &want.Tags
		g.Album, g.Genre, g.AlbumArtist, g.TrackTotal, g.HasCover, g.ReplayGain.Album = "A", "G", "P", 3, true, album
		m, err := open(want.Name)
		if err != nil {
			t.Fatal(err)
		}
		if m.Name != want.Name || m.File != want.File || m.Range != want.Range || m.Tags != want.Tags || m.Chapters != nil {
			t.Errorf("%+v, want %+v", m, want)
		}
		if got := FileOf(want.Name, playable); got != want.File {
			t.Errorf("its file is %q", got)
		}
	}
	for _, gone := range []string{Name(sheet, 2), Name(sheet, 3), Name(filepath.Join(dir, "no.cue"), 0)} {
		if m, err := open(gone); !errors.Is(err, fs.ErrNotExist) && !strings.Contains(fmt.Sprint(err), "no such track") {
			t.Errorf("%s: %v, %v", gone, m, err)
		}
	}
	plain := filepath.Join(dir, "folder", "track0001")
	if m, err := open(plain); err != nil || m.Name != plain || m.Tags.Title != "whole" || FileOf(plain, playable) != plain {
		t.Errorf("a file that is called as a track: %+v, %v", m, err)
	}
	if m, err := open(Name(filepath.Join(dir, "a.flac"), 0)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file without a sheet: %+v, %v", m, err)
	}
}

func FuzzParse(f *testing.F) {
	sheets, _ := filepath.Glob("testdata/*.cue")
	for _, name := range sheets {
		if b, err := os.ReadFile(name); err == nil {
			f.Add(b)
		}
	}
	f.Add([]byte("FILE\"\"\nTRACK 1\nINDEX 1 0:0:0"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Parse(b, "")
		if err != nil {
			var bad *media.FormatError
			if !errors.As(err, &bad) {
				t.Errorf("%T: %v", err, err)
			}
			return
		}
		if len(s.Tracks) == 0 || len(s.Tracks) > MaxTracks {
			t.Errorf("%d tracks", len(s.Tracks))
		}
		for i, tr := range s.Tracks {
			if tr.File < 0 || tr.File > 0 && tr.File >= len(s.Files) || tr.Start < 0 || tr.End != 0 && tr.End <= tr.Start || tr.Gap > tr.Start {
				t.Errorf("track %d: %+v", i, tr)
			}
			for _, text := range []string{tr.Title, tr.Performer, s.Tags(i, media.Tags{}).Album} {
				if len(text) > maxText || strings.ContainsAny(text, "\r\n\x00") || !bytes.Equal([]byte(text), bytes.ToValidUTF8([]byte(text), nil)) {
					t.Errorf("%q", text)
				}
			}
		}
	})
}
