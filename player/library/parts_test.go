package library

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player/media"
)

// sheetShelf is a shelf of which files ".cue" are sheets: a line for each part, of the
// file and its title. Files whose text is "within NAME" have two parts themselves.
func sheetShelf(t *testing.T, files map[string]string) (*shelf, func(db string) *Library) {
	s := newShelf(t, files)
	read := func(path string) (Facts, error) {
		b, err := os.ReadFile(path)
		if err != nil {
			return Facts{}, err
		}
		f := Facts{Format: "cue", Duration: -1}
		lines := strings.Split(string(b), "\n")
		if name, ok := strings.CutPrefix(string(b), "within "); ok {
			f, err = s.read(path)
			lines = []string{filepath.Base(path) + "|" + name + " A", filepath.Base(path) + "|" + name + " B"}
		} else if !strings.HasSuffix(path, ".cue") {
			return s.read(path)
		} else {
			s.reads = append(s.reads, filepath.Base(path))
		}
		for i, line := range lines {
			file, title, _ := strings.Cut(line, "|")
			file = filepath.Join(filepath.Dir(path), file)
			if _, gone := os.Stat(file); gone != nil {
				err = &fs.PathError{Op: "open", Path: file, Err: fs.ErrNotExist}
				continue
			}
			f.Parts = append(f.Parts, Part{Name: fmt.Sprintf("track%04d", i+1), File: file, From: time.Duration(i) * time.Second, To: time.Duration(i+1) * time.Second,
				Duration: time.Second, Tags: media.Tags{Title: title, Artist: "Band", Album: "Disc", Track: i + 1}})
		}
		return f, err
	}
	return s, func(db string) *Library {
		l, err := Open(Config{Root: s.root, File: db, Read: read, Playable: func(n string) bool { return strings.HasSuffix(n, ".mp3") || strings.HasSuffix(n, ".cue") }})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
}

// A file with a sheet is its tracks and not itself, from scan to scan, and in a
// database that is opened again; without its sheet it is a track again.
func TestParts(t *testing.T) {
	s, open := sheetShelf(t, map[string]string{"d/album.mp3": "a|b|whole", "d/album.cue": "album.mp3|One\nalbum.mp3|Two", "d/other.mp3": "a|b|other"})
	db := filepath.Join(t.TempDir(), "library.db")
	l := open(db)
	s.scan(l)
	const all = "d/other.mp3 d/album.cue/track0001 d/album.cue/track0002"
	look := func(when, want string, reads int) {
		t.Helper()
		p := s.scan(l)
		if got := paths(l.Snapshot().Tracks()); got != want || len(s.reads) != reads || p.Tracks != len(l.Snapshot().Tracks()) {
			t.Errorf("%s: %s, %q read, want %s", when, got, s.reads, want)
		}
	}
	look("unchanged", all, 0)
	want := *l.Snapshot().Track("d/album.cue/track0002")
	if want.Of != "d/album.mp3" || want.From != time.Second || want.To != 2*time.Second || want.Tags.Title != "Two" || want.Size != 9 {
		t.Errorf("%+v", want)
	}
	if got := paths(l.Snapshot().Search("two band", 0, 10)); got != "d/album.cue/track0002" {
		t.Errorf("found: %s", got)
	}
	if got := paths(l.Snapshot().Search("track", 0, 10)); got != "" {
		t.Errorf("found by the number: %s", got)
	}
	if err := l.Played("d/album.cue/track0002"); err != nil {
		t.Fatal(err)
	}
	l.Close()
	l = open(db)
	defer func() { l.Close() }()
	if got := *l.Snapshot().Track("d/album.cue/track0002"); got != want {
		t.Errorf("from the file:\n%+v, want\n%+v", got, want)
	}
	look("opened again", all, 0)
	s.put("d/album.cue", "album.mp3|One\nalbum.mp3|Zwei\nalbum.mp3|Three")
	look("another sheet", all+" d/album.cue/track0003", 1)
	if got := l.Snapshot().Track("d/album.cue/track0002").Tags.Title; got != "Zwei" || l.Stats("d/album.cue/track0002").Plays != 1 {
		t.Errorf("the second is %q", got)
	}
	s.put("d/album.cue", "album.mp3|One")
	look("a shorter sheet", "d/other.mp3 d/album.cue/track0001", 1)
	s.put("d/album.mp3", "a|b|whole, and encoded anew")
	look("another file", "d/other.mp3 d/album.cue/track0001", 2)
	if got := l.Snapshot().Track("d/album.cue/track0001").Size; got != 27 {
		t.Errorf("%d bytes", got)
	}
	os.Remove(filepath.Join(s.root, "d/album.cue"))
	look("no sheet", "d/album.mp3 d/other.mp3", 0)
}

// A sheet whose files are away is in trouble until they are there.
func TestPartsAway(t *testing.T) {
	s, open := sheetShelf(t, map[string]string{"a.cue": "1.mp3|One\n2.mp3|Two", "1.mp3": "a|b|c"})
	l := open("")
	p := s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "a.cue/track0001" || p.Problems[Unreadable] != 1 || paths(l.Snapshot().Problems()) != "a.cue" {
		t.Errorf("%s, %+v", got, p)
	}
	s.put("2.mp3", "a|b|d")
	p = s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "a.cue/track0001 a.cue/track0002" || len(p.Problems) != 0 {
		t.Errorf("%s, %+v", got, p)
	}
	os.Remove(filepath.Join(s.root, "1.mp3"))
	p = s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "a.cue/track0002" || p.Problems[Unreadable] != 1 {
		t.Errorf("%s, %+v", got, p)
	}
	os.Rename(s.root, s.root+" away")
	p = s.scan(l)
	if got := l.Snapshot().Tracks(); len(got) != 1 || !got[0].Absent || p.Absent != 1 {
		t.Errorf("%s, %+v", paths(got), p)
	}
	os.Rename(s.root+" away", s.root)
	s.put("1.mp3", "a|b|c")
	s.scan(l)
	if got := l.Snapshot().Tracks(); len(got) != 2 || got[0].Absent || got[1].Absent {
		t.Errorf("%s", paths(got))
	}
}

// A sheet within a file counts where there is none beside it.
func TestPartsWithin(t *testing.T) {
	s, open := sheetShelf(t, map[string]string{"x.mp3": "within Inner"})
	l := open("")
	s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "x.mp3/track0001 x.mp3/track0002" {
		t.Error(got)
	}
	s.put("x.cue", "x.mp3|Outer")
	s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "x.cue/track0001" {
		t.Error(got)
	}
	if _, tracks := l.Snapshot().Folder("x.cue"); len(tracks) != 1 {
		t.Errorf("the sheet as a folder: %s", paths(tracks))
	}
	os.Remove(filepath.Join(s.root, "x.cue"))
	s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "x.mp3/track0001 x.mp3/track0002" {
		t.Error(got)
	}
	if l.Snapshot().Track("x.mp3") == nil || l.Snapshot().Track("x.cue") != nil {
		t.Error("by its name the file is a track still, and a sheet is none")
	}
	if got := paths(l.Snapshot().Parts("x.mp3")); got != "x.mp3/track0001 x.mp3/track0002" || l.Snapshot().Parts("x.cue") != nil || l.Snapshot().Parts("") != nil {
		t.Error(got)
	}
}
