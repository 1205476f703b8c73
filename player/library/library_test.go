package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"golang.org/x/text/encoding/charmap"

	"linnet/player/media"
)

func TestScan(t *testing.T) {
	s := newShelf(t, few)
	db := filepath.Join(t.TempDir(), "deep", "library.db")
	l := s.open(db)
	p := s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "top.mp3 a/1.mp3 a/2.mp3 b/x.mp3" || p.Read != 4 || p.Files != 4 || p.Tracks != 4 {
		t.Fatalf("%s, %+v", got, p)
	}
	want := *l.Snapshot().Track("a/1.mp3")
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = s.open(db)
	defer l.Close()
	if got := *l.Snapshot().Track("a/1.mp3"); got != want {
		t.Errorf("from the file:\n%+v, want\n%+v", got, want)
	}
	if p := s.scan(l); p.Read != 0 || len(s.reads) != 0 || p.Files != 4 {
		t.Errorf("an unchanged rescan: %+v, %q", p, s.reads)
	}
	s.put("b/x.mp3", "The Beatles|Help!|Ticket to Ride")
	s.put("c/new.mp3", "a|b|c")
	os.Remove(filepath.Join(s.root, "a/2.mp3"))
	p = s.scan(l)
	if got := paths(l.Snapshot().Tracks()); got != "top.mp3 a/1.mp3 b/x.mp3 c/new.mp3" || p.Read != 2 || p.Removed != 1 {
		t.Errorf("%s, %+v", got, p)
	}
	if got := l.Snapshot().Track("b/x.mp3").Tags.Title; got != "Ticket to Ride" {
		t.Errorf("title %q", got)
	}
}

// A scan that is killed goes on where the last commit was: the database is
// copied as it lies there, in the middle.
func TestResume(t *testing.T) {
	files := map[string]string{}
	for i := range 1000 {
		files[fmt.Sprintf("%03d/%d.mp3", i/10, i)] = fmt.Sprintf("artist %d|album %d|title %d", i/100, i/10, i)
	}
	s := newShelf(t, files)
	dir := t.TempDir()
	db, copied := filepath.Join(dir, "library.db"), filepath.Join(dir, "copy.db")
	n := 0
	s.then = func(string) {
		if n++; n == 700 {
			b, err := os.ReadFile(db)
			if err == nil {
				err = os.WriteFile(copied, b, 0o666)
			}
			if err != nil {
				t.Error(err)
			}
		}
	}
	l := s.open(db)
	s.scan(l)
	l.Close()
	l = s.open(copied)
	defer l.Close()
	if had := len(l.Snapshot().Tracks()); had < 512 || had > 700 {
		t.Errorf("%d tracks were committed", had)
	}
	p := s.scan(l)
	if p.Read < 300 || p.Read > 500 || p.Tracks != 1000 {
		t.Errorf("%+v", p)
	}
}

// A scan that is stopped keeps what it has.
func TestStopped(t *testing.T) {
	s := newShelf(t, few)
	ctx, cancel := context.WithCancel(t.Context())
	s.then = func(path string) { cancel() }
	l := s.open("")
	if _, err := l.Scan(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if n := len(l.Snapshot().Tracks()); n != 1 {
		t.Errorf("%d tracks", n)
	}
}

// A scan that is stopped before it has seen anything forgets nothing.
func TestStoppedAtOnce(t *testing.T) {
	s := newShelf(t, few)
	l := s.open("")
	s.scan(l)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if p, err := l.Scan(ctx, nil); !errors.Is(err, context.Canceled) || p.Tracks != fewTracks || p.Removed != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}

// While files are counted it is told how many there are so far.
func TestCounting(t *testing.T) {
	s := newShelf(t, few)
	l := s.open("")
	now := time.Now()
	l.cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	var counts []int
	if _, err := l.Scan(t.Context(), func(p Progress) {
		if p.Counting {
			counts = append(counts, p.Total)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(counts) != "[1 3 4]" {
		t.Errorf("%d", counts)
	}
}

// v1 is a file of an ID3v1 tag.
func v1(title, artist string) string {
	b := make([]byte, 128)
	copy(b, "TAG")
	copy(b[3:33], title)
	copy(b[33:63], artist)
	b[127] = 255
	return string(b)
}

// A short title is read by what stands beside it, and by a file that says it.
func TestCharset(t *testing.T) {
	cp := func(s string) string {
		out, err := charmap.Windows1251.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	s := newShelf(t, map[string]string{
		"ru/1.mp3": v1(cp("Мы"), cp("Кино")), "ru/2.mp3": v1(cp("Группа крови"), cp("Кино")), "ru/3.mp3": v1(cp("Я"), cp("Кино")),
		"forced/cd/1.mp3": v1(cp("Мы"), ""), "forced/.charset": "cp1251\n",
	})
	l := s.open("")
	s.scan(l)
	for path, want := range map[string]string{"ru/1.mp3": "Мы", "ru/3.mp3": "Я", "forced/cd/1.mp3": "Мы"} {
		if got := l.Snapshot().Track(path); got.Tags.Title != want || got.Charset != "windows-1251" {
			t.Errorf("%s: %q, %s", path, got.Tags.Title, got.Charset)
		}
	}
}

func TestStats(t *testing.T) {
	s := newShelf(t, few)
	db := filepath.Join(t.TempDir(), "library.db")
	l := s.open(db)
	l.Played("top.mp3")
	l.Played("top.mp3")
	l.Rate("top.mp3", 11)
	l.Leave("a/1.mp3", 1500*time.Millisecond)
	for i := range maxStickers {
		if err := l.Stick("top.mp3", fmt.Sprint("n", i), "v"); err != nil {
			t.Fatal(err)
		}
	}
	for _, bad := range [][2]string{{"", "v"}, {"more", "v"}, {"n1", strings.Repeat("x", maxStickerValue+1)}} {
		if err := l.Stick("top.mp3", bad[0], bad[1]); !errors.Is(err, ErrSticker) {
			t.Errorf("%q: %v", bad[0], err)
		}
	}
	l.Stick("top.mp3x", "n1", "other")
	l.Peel("top.mp3", "n2")
	l.Close()
	l = s.open(db)
	defer l.Close()
	got := l.Stats("top.mp3")
	if got.Plays != 2 || got.Rating != 10 || time.Since(got.Last) > time.Minute || l.Stats("a/1.mp3").Resume != 1500*time.Millisecond {
		t.Errorf("%+v", got)
	}
	if notes := l.Stickers("top.mp3"); len(notes) != maxStickers-1 || notes["n1"] != "v" {
		t.Errorf("stickers %v", notes)
	}
	var seen []string
	l.EachSticker("n1", func(path, value string) { seen = append(seen, path+"="+value) })
	if fmt.Sprint(seen) != "[top.mp3=v top.mp3x=other]" {
		t.Errorf("%v", seen)
	}
	if ok, err := l.Peel("top.mp3", ""); !ok || err != nil || len(l.Stickers("top.mp3")) != 0 || len(l.Stickers("top.mp3x")) != 1 {
		t.Error("peeling all")
	}
	if ok, _ := l.Peel("top.mp3", "n1"); ok {
		t.Error("peeled what was not there")
	}
}

func TestInUse(t *testing.T) {
	s := newShelf(t, few)
	db := filepath.Join(t.TempDir(), "library.db")
	l := s.open(db)
	defer l.Close()
	if _, err := Open(Config{Root: s.root, File: db, Read: s.read}); !errors.Is(err, ErrInUse) {
		t.Errorf("error %v", err)
	}
}

func TestRecords(t *testing.T) {
	in := interner{}
	want := Track{Path: "x", Size: 1 << 40, ModTime: 1 << 60, Added: 5, Volume: "usb", Absent: true, Format: "f", Duration: -1, Charset: "Big5",
		Trouble: Damaged, Detail: "d", Tags: media.Tags{Title: "t", Artist: "a", Album: "b", AlbumArtist: "c", Composer: "d", Genre: "e", Date: "f",
			Comment: "g", Track: 1, TrackTotal: 2, Disc: 3, DiscTotal: 4, HasCover: true}, Audio: media.AudioFormat{Rate: 1, Channels: 2, Bits: 3}}
	if was, now := len(want.encode(nil)), want; now.decode(append(want.encode(nil), 7), in.intern) != nil || now != want || was == 0 {
		t.Errorf("what stands behind a record of a file matters: %+v", now)
	}
	want.Of, want.From, want.To, want.Sheet = "y", 5, 1<<50, true
	b := want.encode(nil)
	got := Track{Path: "x"}
	if err := got.decode(b, in.intern); err != nil || got != want {
		t.Errorf("%v\n%+v\n%+v", err, got, want)
	}
	for n := range b {
		var t2 Track
		if t2.decode(b[:n], in.intern) == nil {
			t.Errorf("%d of %d bytes are a record", n, len(b))
		}
	}
}

func FuzzRecord(f *testing.F) {
	f.Add((&Track{Path: "x", Tags: media.Tags{Title: "t"}}).encode(nil))
	f.Add((&Track{Path: "x", Of: "y", To: 5, Sheet: true}).encode(nil))
	f.Add((&Stats{Plays: 3}).encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		var tr Track
		tr.decode(b, interner{}.intern)
		var s Stats
		s.decode(b)
	})
}

// What is copied into a folder that is watched is found, and what is deleted is
// gone.
func TestKeep(t *testing.T) {
	s := newShelf(t, few)
	has := s.keep()
	has("top.mp3 a/1.mp3 a/2.mp3 b/x.mp3")
	s.put("new/1.mp3", "a|b|c")
	os.Remove(filepath.Join(s.root, "a/1.mp3"))
	has("top.mp3 a/2.mp3 b/x.mp3 new/1.mp3")
}

// So is what comes into a folder that was listed and is not watched yet.
func TestKeepWhileScanning(t *testing.T) {
	s := newShelf(t, few)
	first := true
	s.then = func(string) {
		if first {
			first = false
			s.put("b/y.mp3", "a|b|c")
		}
	}
	s.keep()("top.mp3 a/1.mp3 a/2.mp3 b/x.mp3 b/y.mp3")
}

// A file that is the only one of its folder, and is still being written, is a track soon
// after that has ended, whether it could be read meanwhile or not; so is a damaged one
// that is written anew.
func TestKeepWhileWriting(t *testing.T) {
	s := newShelf(t, few)
	s.put("c/half.mp3", "")
	s.put("d/bad.mp3", "damaged")
	grows := []string{"damaged", "a|b|whole"} // before its folder is watched
	s.then = func(path string) {
		if filepath.Base(path) == "half.mp3" && len(grows) > 0 {
			s.put("c/half.mp3", grows[0])
			grows = grows[1:]
		}
	}
	has := s.keep()
	has("top.mp3 a/1.mp3 a/2.mp3 b/x.mp3 c/half.mp3")
	s.put("d/bad.mp3", "a|b|whole")
	has("top.mp3 a/1.mp3 a/2.mp3 b/x.mp3 c/half.mp3 d/bad.mp3")
}

// What was being written is looked at again once, when its folder is watched for the
// first time: then there are events. It may stay as it is, as on a medium that is gone.
func TestWatchLooksAgainOnce(t *testing.T) {
	s := newShelf(t, few)
	s.put("c/half.mp3", "a|b")
	s.then = func(path string) {
		if filepath.Base(path) == "half.mp3" {
			s.put("c/half.mp3", "a|b|whole")
		}
	}
	l := s.open("")
	s.scan(l)
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	changed := map[string]time.Time{}
	for _, dir := range []string{"", "a", "b", "c"} {
		dir = filepath.Join(s.root, dir)
		changed[dir] = changeOf(dir)
	}
	if bad := l.Snapshot().Problems(); len(bad) != 1 || bad[0].Trouble != Changing {
		t.Fatalf("%+v", bad)
	}
	if !l.watch(w, changed) || l.watch(w, watched(w)) {
		t.Error("it looks again at each scan, or never")
	}
	os.RemoveAll(filepath.Join(s.root, "c"))
	if l.watch(w, map[string]time.Time{s.root: always, filepath.Join(s.root, "a"): always, filepath.Join(s.root, "b"): always}) {
		t.Error("it looks again for a folder that is gone")
	}
}

// keep has a library kept until the test ends. The function that it returns waits for
// tracks.
func (s *shelf) keep() (has func(want string)) {
	s.t.Helper()
	// Clocks of files stand still for some milliseconds at a time: what comes is not of
	// the same.
	long := time.Now().Add(-time.Hour)
	filepath.WalkDir(s.root, func(path string, _ fs.DirEntry, _ error) error { return os.Chtimes(path, long, long) })
	l := s.open("")
	ctx, cancel := context.WithCancel(s.t.Context())
	done := make(chan struct{})
	go func() {
		l.Keep(ctx, nil, func(err error) { s.t.Error(err) })
		close(done)
	}()
	s.t.Cleanup(func() {
		cancel()
		<-done
	})
	return func(want string) {
		s.t.Helper()
		for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(50 * time.Millisecond) {
			if paths(l.Snapshot().Tracks()) == want {
				return
			}
		}
		s.t.Fatalf("there are %s, want %s", paths(l.Snapshot().Tracks()), want)
	}
}
