package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"linnet/player/media"
	"linnet/player/tag"
)

// A shelf is a folder of files whose content says what a reader finds in them:
// "artist|album|title", or trouble.
type shelf struct {
	t     testing.TB
	root  string
	reads []string
	then  func(path string) // called by each read
}

func newShelf(t testing.TB, files map[string]string) *shelf {
	s := &shelf{t: t, root: filepath.Join(t.TempDir(), "music")}
	os.Mkdir(s.root, 0o777)
	for name, content := range files {
		s.put(name, content)
	}
	return s
}

func (s *shelf) put(name, content string) {
	s.t.Helper()
	path := filepath.Join(s.root, name)
	os.MkdirAll(filepath.Dir(path), 0o777)
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) read(path string) (Facts, error) {
	if s.then != nil {
		s.then(path)
	}
	rel, _ := filepath.Rel(s.root, path)
	s.reads = append(s.reads, rel)
	b, err := os.ReadFile(path)
	if err != nil {
		return Facts{}, err
	}
	switch text := string(b); {
	case text == "damaged":
		return Facts{}, media.WithFile(&media.FormatError{Stage: "test", Msg: "no sense in it"}, path)
	case text == "alien":
		return Facts{}, &media.UnsupportedError{Stage: "test", Msg: "a MIDI file"}
	case text == "locked":
		return Facts{}, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
	case strings.HasPrefix(text, "TAG"):
		f, err := os.Open(path)
		if err != nil {
			return Facts{}, err
		}
		defer f.Close()
		u, err := tag.ReadUndecided(f, int64(len(b)))
		return Facts{Format: "mpa", Duration: time.Second, Undecided: u}, err
	}
	var p [3]string
	copy(p[:], strings.Split(string(b), "|"))
	return Facts{Format: "test", Duration: 3 * time.Second, Audio: media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16},
		Tags: media.Tags{Artist: p[0], Album: p[1], Title: p[2], Track: 1, HasCover: true}}, nil
}

func (s *shelf) open(file string) *Library {
	s.t.Helper()
	l, err := Open(Config{Root: s.root, File: file, Read: s.read, Playable: func(n string) bool { return strings.HasSuffix(n, ".mp3") }})
	if err != nil {
		s.t.Fatal(err)
	}
	return l
}

func (s *shelf) scan(l *Library) Progress {
	s.t.Helper()
	s.reads = nil
	p, err := l.Scan(s.t.Context(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

func paths(list []*Track) string {
	var names []string
	for _, t := range list {
		names = append(names, t.Path)
	}
	return strings.Join(names, " ")
}

var few = map[string]string{
	"a/1.mp3": "邓丽君|岛国之情歌|月亮代表我的心", "a/2.mp3": "邓丽君|岛国之情歌|甜蜜蜜", "b/x.mp3": "The Beatles|Help!|Yesterday", "b/notes.txt": "not music",
	"top.mp3": "Beck|Odelay|Devil's Haircut", ".hidden.mp3": "no|no|no", "a/.git/3.mp3": "no|no|no",
}

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

// Where the root is not there, or is an empty folder to mount on, everything is
// away, and comes back without being read again.
func TestAbsentRoot(t *testing.T) {
	s := newShelf(t, few)
	l := s.open(filepath.Join(t.TempDir(), "library.db"))
	defer l.Close()
	s.scan(l)
	l.Played("top.mp3")
	for _, empty := range []bool{false, true} {
		away := s.root + ".away"
		if err := os.Rename(s.root, away); err != nil {
			t.Fatal(err)
		}
		if empty {
			os.Mkdir(s.root, 0o777)
		}
		if p := s.scan(l); p.Absent != 4 || p.Tracks != 4 || p.Removed != 0 {
			t.Errorf("away: %+v", p)
		}
		os.Remove(s.root)
		if err := os.Rename(away, s.root); err != nil {
			t.Fatal(err)
		}
		if p := s.scan(l); p.Absent != 0 || p.Read != 0 || p.Tracks != 4 {
			t.Errorf("back: %+v", p)
		}
	}
	if got := l.Stats("top.mp3").Plays; got != 1 {
		t.Errorf("%d plays", got)
	}
}

// A stick below the root that is pulled out is away; the rest is not.
func TestAbsentStick(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("mounting needs root")
	}
	s := newShelf(t, few)
	stick := filepath.Join(s.root, "usb")
	os.Mkdir(stick, 0o777)
	if out, err := exec.Command("mount", "-t", "tmpfs", "none", stick).CombinedOutput(); err != nil {
		t.Skipf("mounting is not possible here: %s", out)
	}
	in := true
	pull := func() {
		if in {
			exec.Command("umount", stick).Run()
		}
		in = false
	}
	t.Cleanup(pull)
	s.put("usb/s/1.mp3", "x|y|z")
	l := s.open("")
	if p := s.scan(l); p.Tracks != 5 || l.Snapshot().Track("usb/s/1.mp3").Volume != "usb" {
		t.Fatalf("%+v", p)
	}
	pull()
	if p := s.scan(l); p.Absent != 1 || p.Tracks != 5 || p.Removed != 0 {
		t.Errorf("pulled: %+v", p)
	}
	if err := l.Forget("usb"); err != nil || len(l.Snapshot().Tracks()) != 4 {
		t.Errorf("%v, %d tracks", err, len(l.Snapshot().Tracks()))
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
	l := s.open("")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		l.Keep(ctx, nil, func(err error) { t.Error(err) })
		close(done)
	}()
	has := func(want string) {
		t.Helper()
		for range 600 {
			if paths(l.Snapshot().Tracks()) == want {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("there are %s, want %s", paths(l.Snapshot().Tracks()), want)
	}
	has("top.mp3 a/1.mp3 a/2.mp3 b/x.mp3")
	time.Sleep(200 * time.Millisecond) // the watches come behind the scan
	s.put("new/1.mp3", "a|b|c")
	os.Remove(filepath.Join(s.root, "a/1.mp3"))
	has("top.mp3 a/2.mp3 b/x.mp3 new/1.mp3")
	cancel()
	<-done
}

const fewTracks = 4 // of few

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

// A volume that goes away while it is scanned is away, not in trouble; files that are
// deleted meanwhile are forgotten.
func TestPulledDuringScan(t *testing.T) {
	s := newShelf(t, few)
	l := s.open("")
	s.scan(l)
	for name := range few {
		s.put(name, few[name]+" once more")
	}
	s.put("new.mp3", "a|b|c")
	n := 0
	s.then = func(string) {
		if n++; n == 2 {
			os.Rename(s.root, s.root+".away")
			os.Mkdir(s.root, 0o777)
		}
	}
	if p := s.scan(l); p.Absent != fewTracks || p.Tracks != fewTracks+1 || len(p.Problems) != 0 || p.Removed != 0 {
		t.Errorf("pulled: %+v", p)
	}
	s.then = nil
	os.Remove(s.root)
	os.Rename(s.root+".away", s.root)
	if p := s.scan(l); p.Absent != 0 || p.Tracks != fewTracks+1 || len(p.Problems) != 0 {
		t.Errorf("back: %+v", p)
	}
	s.put("x.mp3", "p|q|r")
	s.put("y.mp3", "p|q|s")
	s.then = func(path string) { os.Remove(filepath.Join(s.root, "y.mp3")) }
	if p := s.scan(l); p.Tracks != fewTracks+2 || len(p.Problems) != 0 {
		t.Errorf("deleted: %+v", p)
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
