package library

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// Bad files are told apart, do not stop the scan, are not read again before
// they change, and are tracks when they are mended.
func TestProblems(t *testing.T) {
	s := newShelf(t, map[string]string{"1.mp3": "damaged", "2.mp3": "alien", "3.mp3": "locked", "4.mp3": "a|b|c", "5.mp3": "a|b|moving"})
	if err := os.Symlink("nowhere", filepath.Join(s.root, "6.mp3")); err != nil {
		t.Fatal(err)
	}
	os.Mkdir(filepath.Join(s.root, "7.mp3"), 0o777)
	if err := os.Symlink("..", filepath.Join(s.root, "7.mp3", "loop")); err != nil {
		t.Fatal(err)
	}
	s.then = func(path string) {
		if strings.HasSuffix(path, "5.mp3") {
			os.WriteFile(path, []byte("a|b|moving on"), 0o666)
		}
	}
	db := filepath.Join(t.TempDir(), "library.db")
	l := s.open(db)
	p := s.scan(l)
	got := map[string]Kind{}
	for _, b := range l.Snapshot().Problems() {
		got[b.Path] = b.Trouble
		if b.Detail == "" {
			t.Errorf("%s: no detail", b.Path)
		}
	}
	want := map[string]Kind{"1.mp3": Damaged, "2.mp3": Unsupported, "3.mp3": Unreadable, "5.mp3": Changing, "6.mp3": Unreadable, "7.mp3/loop": Unreadable}
	if fmt.Sprint(got) != fmt.Sprint(want) || p.Problems[Unreadable] != 3 || p.Tracks != 1 {
		t.Errorf("%v, want %v; %+v", got, want, p)
	}
	l.Close()
	s.then = nil
	s.put("1.mp3", "a|b|mended")
	l = s.open(db)
	defer l.Close()
	p = s.scan(l)
	if slices.Contains(s.reads, "2.mp3") || l.Snapshot().Track("1.mp3") == nil || l.Snapshot().Track("5.mp3") == nil || p.Tracks != 3 {
		t.Errorf("read %q, %+v", s.reads, p)
	}
}

// A database that is no database, or is damaged, is set aside.
func TestDamagedFile(t *testing.T) {
	s := newShelf(t, few)
	db := filepath.Join(t.TempDir(), "library.db")
	l := s.open(db)
	s.scan(l)
	l.Close()
	b, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"text": []byte("this is no database"), "zeros": make([]byte, len(b)), "short": b[:4096],
		"middle": append(slices.Clone(b[:8192]), make([]byte, len(b)-8192)...)} {
		if err := os.WriteFile(db, content, 0o666); err != nil {
			t.Fatal(err)
		}
		l := s.open(db)
		if p := s.scan(l); p.Tracks != 4 {
			t.Errorf("%s: %+v", name, p)
		}
		l.Close()
		os.Remove(db + ".damaged")
	}
}

// What is no file, or leads nowhere, is an entry each; the scan waits for none of it.
func TestHostileFolder(t *testing.T) {
	s := newShelf(t, few)
	in := func(name string) string { return filepath.Join(s.root, name) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(syscall.Mkfifo(in("pipe.mp3"), 0o666))
	must(syscall.Mkfifo(in(".charset"), 0o666)) // a text that does not say its charset has it looked at
	s.put("old.mp3", "TAG"+strings.Repeat("\xc4\xe3", 30)+strings.Repeat("\x00", 65))
	plug, err := net.Listen("unix", in("plug.mp3"))
	must(err)
	defer plug.Close()
	must(os.Symlink("/dev/zero", in("zero.mp3")))
	must(os.Symlink("self.mp3", in("self.mp3")))
	must(os.Symlink("nowhere.mp3", in("lost.mp3")))
	must(os.Mkdir(in("loop"), 0o777))
	must(os.Symlink("..", in("loop/again")))
	deep := s.root
	for range maxDepth + 3 {
		deep = filepath.Join(deep, "d")
	}
	must(os.MkdirAll(deep, 0o777))
	s.put("bad \xff\xfe name.mp3", "a|b|c")
	s.put("two\nlines.mp3", "a|b|d")
	s.put("album.mp3/in.mp3", "a|b|e") // a folder that is called like a file

	l := s.open(filepath.Join(t.TempDir(), "library.db"))
	for range 2 {
		got := map[string]string{}
		s.scan(l)
		for _, t := range l.Snapshot().Problems() {
			got[t.Path] = string(t.Trouble) + ": " + t.Detail
		}
		for name, want := range map[string]string{
			"pipe.mp3": "not a regular file", "plug.mp3": "not a regular file", "zero.mp3": "not a regular file", "self.mp3": "too many levels",
			"lost.mp3": "no such file", "loop/again": "leads back", strings.Repeat("d/", maxDepth) + "d": "in each other",
		} {
			if !strings.Contains(got[name], want) {
				t.Errorf("%s: %q, want %s", name, got[name], want)
			}
			delete(got, name)
		}
		if len(got) > 0 {
			t.Errorf("also %q", got)
		}
		if n := len(l.Snapshot().Tracks()); n != fewTracks+4 {
			t.Errorf("%d tracks", n)
		}
		// Kept, and found again.
		must(l.Close())
		l = s.open(filepath.Join(filepath.Dir(l.cfg.File), "library.db"))
	}
	must(os.Remove(in("loop/again")))
	must(os.RemoveAll(in("d")))
	s.scan(l)
	if n := len(l.Snapshot().Problems()); n != 5 {
		t.Errorf("%d problems are left", n)
	}
	l.Close()
}

// A folder that may not be read is an entry, and its tracks are kept.
func TestUnreadableFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	s := newShelf(t, few)
	s.put("shut/1.mp3", "a|b|c")
	l := s.open("")
	s.scan(l)
	os.Chmod(filepath.Join(s.root, "shut"), 0)
	defer os.Chmod(filepath.Join(s.root, "shut"), 0o777)
	s.scan(l)
	if bad := l.Snapshot().Problems(); len(bad) != 1 || bad[0].Path != "shut" || l.Snapshot().Track("shut/1.mp3") == nil {
		t.Errorf("%+v", bad)
	}
}

// A remark is about a track that is played, and is kept until the file changes.
func TestRemark(t *testing.T) {
	s := newShelf(t, few)
	file := filepath.Join(t.TempDir(), "library.db")
	l := s.open(file)
	s.scan(l)
	if err := errors.Join(l.Remark("top.mp3", "its cover is too large"), l.Remark("none.mp3", "x")); err != nil {
		t.Fatal(err)
	}
	l.Close()
	l = s.open(file)
	defer l.Close()
	p := s.scan(l)
	list := l.Snapshot().Remarked()
	if len(list) != 1 || list[0].Path != "top.mp3" || list[0].Detail != "its cover is too large" || p.Tracks != fewTracks || len(p.Problems) != 0 {
		t.Errorf("%+v, %+v", list, p)
	}
	s.put("top.mp3", "another|one|now")
	s.scan(l)
	if list := l.Snapshot().Remarked(); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}
