package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/deploy/bench/meter"
	"linnet/player/tag"
)

// The files have the tags that were meant, whatever they are made of.
func TestCollection(t *testing.T) {
	dir := t.TempDir()
	streaminfo := append([]byte("fLaC\x80\x00\x00\x22"), make([]byte, 34)...)
	for name, data := range map[string]string{
		"mp3": string(id3([][2]string{{"TITLE", "old"}})) + strings.Repeat("\xff\xfb\x90\x00", 20000), "flac": string(streaminfo) + "frames", "ogg": "OggS", "mp4": "ftyp",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file := func(name string) string { return filepath.Join(dir, name) }
	c, err := openCollection(file("mp3"), file("flac"), file("ogg"), file("mp4"))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.write(file("all"), 20); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, path := range glob(t, file("all/*/*/*")) {
		count[filepath.Ext(path)]++
		if ext := filepath.Ext(path); ext != ".mp3" && ext != ".flac" {
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		info, _ := f.Stat()
		r, err := tag.Inspect(f, info.Size(), "", nil)
		f.Close()
		title := strings.TrimSuffix(filepath.Base(path)[3:], filepath.Ext(path))
		if err != nil || r.Tags.Title != title || r.Tags.Album != "The Album 0" && r.Tags.Album != "The Album 1" || r.Tags.Track == 0 {
			t.Errorf("%s: %+v, %v", path, r.Tags, err)
		}
		if info.Size() > collectionHead+4096 {
			t.Errorf("%s has %d bytes", path, info.Size())
		}
	}
	if count[".mp3"] != 12 || count[".flac"] != 4 || count[".ogg"] != 2 || count[".m4a"] != 2 {
		t.Errorf("%v", count)
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil || len(all) == 0 {
		t.Fatal(pattern, err)
	}
	return all
}

func TestLibraryRows(t *testing.T) {
	m := libraryMarks()
	all := []screened{
		newWhole(m[0], meter.Count{Instructions: 9e9, Cycles: 14e9}, nil), newWhole(m[1], meter.Count{Instructions: 2e9}, nil),
		newScreened(m[2], laps(500, 2500), "part “a”, 0 found\npart “b”, 20 found\n", nil), newScreened(m[3], nil, "bytes 4500000\n", nil),
		newWhole(m[0], meter.Count{}, errors.New("it fell over")),
	}
	var got strings.Builder
	printScreens(&got, all)
	want := `                                  Minsn   Mcycles
a first scan                    9000.00  14000.00  ██████████████████████             │  72.0 s
a scan that finds nothing new  failed: 16.0 s; 1250.00 is the most
a search, the dearest              2.50      5.00  ██████████████                     │  20 ms, the most of 2: “b”, 20 found
memory                                             ███████████████████████████        │  4.50 MB
a first scan                   failed: it fell over
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
