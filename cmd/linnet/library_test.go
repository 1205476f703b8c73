package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"linnet/player/library"
)

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o777)
	}
	if err == nil {
		err = os.WriteFile(to, b, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

const demoAlbum = "../../player/demo/album"

func TestScanCommand(t *testing.T) {
	dir, state := t.TempDir(), t.TempDir()
	for i, name := range []string{"01 Morning on the Perch.mp3", "02 林间小路.mp3"} {
		copyFile(t, filepath.Join(demoAlbum, name), filepath.Join(dir, "album", string('a'+rune(i))+".mp3"))
	}
	write(t, filepath.Join(dir, "not.mp3"), "text, and nothing else")
	write(t, filepath.Join(dir, "short.flac"), "fLaC")
	out := mustLinnet(t, "scan", "--list", "--state="+state, dir)
	for _, want := range []string{"0:38  album/b.mp3  Linnet · Hedgerow 树篱 · 林间小路", "2 tracks, 1 artist, 1 album, 1:21", " of sound; 4 of 4 files read", "by format: 2 mpa", "unsupported: not.mp3: ", "damaged: short.flac: "} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if out := mustLinnet(t, "scan", "--state="+state, dir); !strings.Contains(out, " of sound; 0 of 4 files read") {
		t.Errorf("again:\n%s", out)
	}
	if code, _, errs := linnet(t, "scan", filepath.Join(dir, "not.mp3")); code == 0 || !strings.Contains(errs, "not a folder") {
		t.Errorf("a file is scanned: %s", errs)
	}
}

func TestScanBar(t *testing.T) {
	p := library.Progress{Files: 50, Total: 200, Read: 40, Elapsed: 10 * time.Second, Left: 30 * time.Second, Problems: map[library.Kind]int{library.Damaged: 2, library.Unsupported: 1}}
	if got, want := barText(&p), "[#####---------------] 50 of 200 files, 5 a second, 0:30 left, 2 damaged, 1 unsupported"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// tagged is a file that is only an ID3v1 tag.
func tagged(title, artist string) string {
	b := make([]byte, 128)
	copy(b, "TAG")
	copy(b[3:33], title)
	copy(b[33:63], artist)
	b[127] = 255
	return string(b)
}

func TestTagsCommand(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "1.mp3"), tagged("\xcc\xfb", "\xca\xe8\xed\xee"))                      // Мы, Кино
	write(t, filepath.Join(dir, "2.mp3"), tagged("\xc3\xf0\xf3\xef\xef\xe0 \xea\xf0\xee\xe2\xe8", "")) // Группа крови
	out := mustLinnet(t, "tags", filepath.Join(dir, "1.mp3"), filepath.Join(dir, "2.mp3"))
	for _, want := range []string{"title        Мы", "charset      windows-1251 (4 texts in ", "ID3v1 title = Группа крови  (windows-1251)"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	out = mustLinnet(t, "tags", "--charset=gbk", filepath.Join(dir, "1.mp3"))
	if !strings.Contains(out, "title        帖") || !strings.Contains(out, "GB18030 (as asked for)") {
		t.Errorf("forced:\n%s", out)
	}
	if code, _, errs := linnet(t, "tags", "--charset=klingon", filepath.Join(dir, "1.mp3")); code == 0 || !strings.Contains(errs, "klingon") {
		t.Errorf("klingon: %s", errs)
	}
	if code, _, _ := linnet(t, "tags", filepath.Join(dir, "none.mp3")); code == 0 {
		t.Error("a file that is not there")
	}
	if out := mustLinnet(t, "tags", filepath.Join(demoAlbum, "02 林间小路.mp3")); !strings.Contains(out, "ID3v2.3 TIT2 = 林间小路\n") || strings.Contains(out, "charset") {
		t.Errorf("stated:\n%s", out)
	}
}

// TestScanStopped interrupts a scan on its way: it says how far it came, fails, and with a
// state the next one goes on from there.
func TestScanStopped(t *testing.T) {
	dir, state := t.TempDir(), t.TempDir()
	song, err := os.ReadFile(filepath.Join(demoAlbum, "02 林间小路.mp3"))
	if err != nil {
		t.Fatal(err)
	}
	const files = 3000
	for i := range files {
		os.MkdirAll(filepath.Join(dir, strconv.Itoa(i/100)), 0o777)
		write(t, filepath.Join(dir, strconv.Itoa(i/100), strconv.Itoa(i)+".mp3"), string(song[:20000]))
	}
	for _, c := range []struct {
		args []string
		says string
	}{{[]string{"scan", dir}, "without --state nothing"}, {[]string{"scan", "--state=" + state, dir}, "the next scan goes on from there"}} {
		stopped := false
		// How soon it is under way, and for how long, depends on the machine and on what
		// else it does: it is come near to from both sides.
		after := 25 * time.Millisecond
		for began := time.Now(); !stopped && time.Since(began) < patience; {
			cmd := exec.Command(os.Args[0], c.args...)
			cmd.Env = append(os.Environ(), asProgram+"=1")
			var out, errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(after)
			cmd.Process.Signal(os.Interrupt)
			if cmd.Wait() == nil { // it was done
				after = after * 4 / 5
				os.RemoveAll(state) // what is known is not read
				continue
			}
			after = after * 3 / 2
			stopped = strings.Contains(errs.String(), c.says) && strings.Contains(out.String(), " of sound; ")
		}
		if !stopped {
			t.Errorf("%q: it never says %q", c.args, c.says)
		}
	}
	if out := mustLinnet(t, "scan", "--state="+state, dir); !strings.Contains(out, strconv.Itoa(files)+" tracks") {
		t.Errorf("then:\n%s", out)
	}
}
