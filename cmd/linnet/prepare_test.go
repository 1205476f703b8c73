package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player/prepare"
)

// A library is prepared for a board; what fails is named, and the status says so.
func TestPrepare(t *testing.T) {
	tool(t, "ffmpeg", "ffprobe")
	dir := t.TempDir()
	from, to := filepath.Join(dir, "lib"), filepath.Join(dir, "card")
	os.Mkdir(from, 0o777)
	command(t, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x480:d=1:r=30", "-f", "lavfi", "-i", "sine=d=1:r=48000", "-c:v", "libx264", "-c:a", "ac3", filepath.Join(from, "film.mkv"))
	out := mustLinnet(t, "prepare", from, "--board", "smdk2410", "-o", to)
	if !strings.HasPrefix(out, "1 files: 1 transcoded, 0 copied, 0 were there, 0 failed, in ") {
		t.Error(out)
	}
	out = mustLinnet(t, "probe", filepath.Join(to, "film.mp4"))
	for _, want := range []string{"mpeg4, 320x240, 25 pictures a second", "aac, 44100 Hz, mono"} {
		if !strings.Contains(out, want) {
			t.Errorf("the film is not %s:\n%s", want, out)
		}
	}
	os.WriteFile(filepath.Join(from, "bad.ape"), []byte("x"), 0o666)
	code, out, errs := linnet(t, "prepare", from, "--board", "smdk2410", "-o", to)
	if code != 1 || !strings.HasPrefix(out, "2 files: 0 transcoded, 0 copied, 1 were there, 1 failed") || !strings.Contains(errs, "linnet: bad.ape: ") {
		t.Error(code, out, errs)
	}
}

func TestPrepareRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		want string
		args []string
	}{
		{"missing flags", []string{"prepare", dir}},
		{"no board is called", []string{"prepare", dir, "--board", "toaster", "-o", filepath.Join(dir, "x")}},
		{"say 0 or more", []string{"prepare", dir, "--board", "smdk2410", "--jobs=-1", "-o", filepath.Join(dir, "x")}},
	} {
		if code, _, errs := linnet(t, c.args...); code == 0 || !strings.Contains(errs, c.want) {
			t.Errorf("%q: status %d, %s", c.args, code, errs)
		}
	}
}

func TestPrepareText(t *testing.T) {
	for want, p := range map[string]prepare.Progress{
		"looking: 3 of 9 files": {Looking: true, Files: 3, Total: 9},
		"[##########----------] 50 %, 3 of 9 files, 1:05 left, 2 failed": {Files: 3, Total: 9, Done: 509, Left: 65 * time.Second, Failed: 2},
		"[####################] 100 %, 9 of 9 files":                     {Files: 9, Total: 9, Done: 1000, Left: -1},
	} {
		if got := prepareText(&p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	b := &prepareBar{}
	var out strings.Builder
	b.out = &out
	if b.draw(prepare.Progress{}); out.Len() != 0 {
		t.Error("a bar is drawn where there is no terminal")
	}
	b.live = true
	b.draw(prepare.Progress{Looking: true})
	b.clear()
	if out.String() != "\rlooking: 0 of 0 files\x1b[K\r\x1b[K" {
		t.Errorf("%q", out.String())
	}
}
