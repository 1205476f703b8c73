package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/player/cue"
	"linnet/player/library"
	"linnet/ui/app"
)

// cutAlbum is a folder with an album that is one file, and a sheet of it in an old
// charset.
func cutAlbum(t *testing.T) (dir, sheet string) {
	t.Helper()
	dir = t.TempDir()
	writeWAV(t, filepath.Join(dir, "album.wav"), recording(44100*12))
	// 王菲, 寓言 and 寒武纪 in GB18030.
	text := "PERFORMER \"\xcd\xf5\xb7\xc6\"\nTITLE \"\xd4\xa2\xd1\xd4\"\nFILE \"album.wav\" WAVE\nTRACK 01 AUDIO\nTITLE \"\xba\xae\xce\xe4\xbc\xcd\"\nINDEX 01 00:00:00\n" +
		"TRACK 02 AUDIO\nTITLE \"Two\"\nINDEX 01 00:04:30\nFILE \"gone.wav\" WAVE\nTRACK 03 AUDIO\nTITLE Gone\nINDEX 01 00:00:00\n"
	sheet = filepath.Join(dir, "album.cue")
	write(t, sheet, text)
	return dir, sheet
}

// The screens see a sheet as a folder of its tracks.
func TestSheetOnScreen(t *testing.T) {
	dir, sheet := cutAlbum(t)
	write(t, filepath.Join(dir, "cover.png"), "not quite a picture")
	list, err := disk{}.List(dir)
	if err != nil || len(list) != 2 || list[0].Path != sheet || !list[0].Dir || list[1].Dir {
		t.Fatalf("%+v, %v", list, err)
	}
	if e, err := (disk{}).Describe(list[0]); err != nil || e.Items != 2 {
		t.Errorf("%+v, %v", e, err)
	}
	tracks, err := disk{}.List(sheet)
	want := []app.Entry{
		{Name: "01 寒武纪", Path: cue.Name(sheet, 0), Size: -1, Title: "寒武纪", Artist: "王菲", Duration: cue.Sectors(330)},
		{Name: "02 Two", Path: cue.Name(sheet, 1), Size: -1, Title: "Two", Artist: "王菲"},
	}
	if err != nil || !slices.Equal(tracks, want) {
		t.Fatalf("%+v, %v", tracks, err)
	}
	e, err := disk{}.Describe(tracks[1])
	if err != nil || e.Duration != 12*time.Second-cue.Sectors(330) || e.Title != "Two" || e.Format != "PCM · 44.1 kHz" {
		t.Errorf("%+v, %v", e, err)
	}
	if data, err := coverData(tracks[0].Path); err != nil || string(data) != "not quite a picture" {
		t.Errorf("cover: %q, %v", data, err)
	}
	if lines := lyricsOf(tracks[0].Path); lines != nil {
		t.Errorf("lyrics: %v", lines)
	}
	if got := onDisk(tracks[0].Path); got != sheet {
		t.Errorf("it is there with %q", got)
	}
	for path, want := range map[string]string{tracks[1].Path: "album.cue, 2", list[1].Path: "album.wav", "/a/track0001": "track0001"} {
		if got := baseName(path); got != want {
			t.Errorf("%s is called %q", path, got)
		}
	}
	write(t, sheet, "nonsense")
	if list, err := (disk{}).List(sheet); err == nil {
		t.Errorf("a broken sheet: %v", list)
	}
}

// probe and tags tell what a sheet says.
func TestSheetTold(t *testing.T) {
	_, sheet := cutAlbum(t)
	out := mustLinnet(t, "tags", sheet)
	for _, want := range []string{"album        寓言", "performer    王菲", "charset      GB18030 (3 texts in ", "FILE album.wav WAVE", "TRACK 02 at 00:04:30, TITLE = Two", "FILE gone.wav WAVE"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if again := mustLinnet(t, "tags", cue.Name(sheet, 1)); again != out {
		t.Errorf("of a track:\n%s", again)
	}
	if out := mustLinnet(t, "tags", "--charset=windows-1251", sheet); !strings.Contains(out, "as asked for") || strings.Contains(out, "王菲") {
		t.Errorf("as another charset:\n%s", out)
	}
	out = mustLinnet(t, "probe", sheet, cue.Name(sheet, 0))
	for _, want := range []string{"container  cue", "track 1    0:00 (0.000 s), 0:04  寒武纪 · 王菲", "track 2    0:04 (4.400 s), 0:07  Two · 王菲", "track 3    0:00 (0.000 s), not there  Gone · 王菲",
		"duration   0:04 (4.400 s)", "title      寒武纪", "track      1 of 3"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	var p probed
	if err := json.Unmarshal([]byte(mustLinnet(t, "probe", "--json", sheet)), &p); err != nil || len(p.Tracks) != 3 || p.Tracks[1].Start != 4.4 || p.Tracks[2].Duration != -1 || p.Streams == nil {
		t.Errorf("%+v, %v", p, err)
	}
	write(t, sheet, "nonsense")
	for _, command := range []string{"tags", "probe", "play"} {
		if code, _, errs := linnet(t, command, sheet); code == 0 || !strings.Contains(errs, "no track of sound") {
			t.Errorf("%s of a broken sheet: %d, %s", command, code, errs)
		}
	}
}

// A track that begins behind the end of its file is none; of a file whose length is not
// known all are.
func TestPartsInTheirFile(t *testing.T) {
	s, err := cue.Parse([]byte("FILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:01:00\nTRACK 02 AUDIO\nINDEX 01 00:10:00\nTRACK 03 AUDIO\nINDEX 01 00:12:00\nTRACK 04 AUDIO\nINDEX 01 00:15:00\n"), "")
	if err != nil {
		t.Fatal(err)
	}
	s.Files[0].Path = "a.wav"
	const sec = time.Second
	for whole, want := range map[time.Duration][]time.Duration{12 * sec: {9 * sec, 2 * sec}, 13 * sec: {9 * sec, 2 * sec, sec}, -1: {9 * sec, 2 * sec, 3 * sec, -1}} {
		var got []time.Duration
		for _, p := range partsOf(s, "a.cue", func(string) (library.Facts, error) { return library.Facts{Duration: whole}, nil }) {
			got = append(got, p.Duration)
		}
		if !slices.Equal(got, want) {
			t.Errorf("of a file of %v: %v, want %v", whole, got, want)
		}
	}
}

// The library has the tracks of an album in one file with their titles, and a problem
// for the file that is not there.
func TestSheetInLibrary(t *testing.T) {
	dir, sheet := cutAlbum(t)
	lib, err := openLibrary(dir, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	if _, err := lib.Scan(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s := newShelves(nil, func(err error) { t.Error(err) })
	s.lib.Store(lib)
	shelf, err := s.Look(app.Place{Kind: app.OfAlbum, Name: "寓言", Artist: "王菲"})
	if err != nil || shelf.Len() != 2 {
		t.Fatalf("%d tracks, %v", shelf.Len(), err)
	}
	if it := shelf.Item(0); it.Title != "寒武纪" || it.Number != 1 || it.Length != cue.Sectors(330) || it.Path != cue.Name(sheet, 0) {
		t.Errorf("%+v", it)
	}
	if shelf, _ = s.Look(app.Place{Kind: app.WithWords, Name: "hwj"}); shelf.Len() != 1 {
		t.Errorf("%d tracks are found", shelf.Len())
	}
	if shelf, _ = s.Look(app.Place{Kind: app.WithTrouble}); shelf.Len() != 1 || shelf.Item(0).Path != sheet || !strings.Contains(shelf.Item(0).Detail, "gone.wav") {
		t.Errorf("%d problems: %+v", shelf.Len(), shelf.Item(0))
	}
	// Without the sheet the file is a track.
	if err := os.Remove(sheet); err != nil {
		t.Fatal(err)
	}
	if p, err := lib.Scan(t.Context(), nil); err != nil || p.Tracks != 1 || len(p.Problems) != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}
