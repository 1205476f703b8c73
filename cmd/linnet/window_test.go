package main

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/ui/uitest"
)

// album is a folder of short recordings with names in both languages.
func album(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Two rivers")
	for name, seconds := range map[string]int{
		"01 Harbour lights.wav": 10, "02 远山的回声.wav": 7, "10 A long walk home in the rain, part two.wav": 3, "Outtakes/x.wav": 1,
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		writeWAV(t, path, recording(44100*seconds))
	}
	return dir
}

// Without a display and without a sound card, everything is played, and
// picture and sound are left in files that are named at the end.
func TestHeadless(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	dir := t.TempDir()
	out := mustLinnet(t, "--gal=mem", "--ao=null:fast", "--out="+dir, album(t))
	shot := filepath.Join(dir, "linnet.png")
	if !strings.Contains(out, "screenshot: "+shot) {
		t.Errorf("said:\n%s", out)
	}
	img, err := uitest.ReadPNG(shot)
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Size() != image.Pt(320, 240) {
		t.Errorf("the screenshot has %v pixels", img.Bounds().Size())
	}
}

// The file browser over a real folder, driven by a script, in both languages.
func TestFilesScreen(t *testing.T) {
	dir := album(t)
	for _, lang := range []string{"en", "zh"} {
		shot := filepath.Join(t.TempDir(), "shot.png")
		script := filepath.Join(t.TempDir(), "script")
		text := "wait 700ms\ntap 60 56\nwait 1s\nshot " + shot + "\nquit\n" // from Home to Files
		if err := os.WriteFile(script, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		t.Setenv("HOME", dir)
		mustLinnet(t, "--gal=mem", "--ao=null", "--state=", "--lang="+lang, "--ial=script:"+script)
		img, err := uitest.ReadPNG(shot)
		if err != nil {
			t.Fatal(err)
		}
		uitest.Golden(t, "files-"+lang, img)
	}
}

// Real use of a real library, by a script: it is scanned, an album is found and
// opened, and a track is searched for by pinyin initials and played.
func TestMusicScreen(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		dir := t.TempDir()
		script := filepath.Join(dir, "script")
		text := `wait 700ms
tap 60 56
wait 4s
tap 100 96
wait 1500ms
shot DIR/albums.png
tap 100 56
wait 1s
shot DIR/album.png
key home
tap 60 56
tap 298 18
MODE
tap 160 172
tap 96 198
wait 700ms
shot DIR/search.png
tap 100 56
wait 1500ms
quit
`
		mode := ""
		if lang == "zh" {
			mode = "tap 72 222" // Latin letters
		}
		text = strings.NewReplacer("DIR", dir, "MODE", mode).Replace(text)
		if err := os.WriteFile(script, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		wav := filepath.Join(dir, "heard.wav")
		mustLinnet(t, "--gal=mem", "--ao=wav:"+wav, "--state=", "--music=../../player/demo/album", "--lang="+lang, "--ial=script:"+script)
		for _, name := range []string{"albums", "album", "search"} {
			img, err := uitest.ReadPNG(filepath.Join(dir, name+".png"))
			if err != nil {
				t.Fatal(err)
			}
			uitest.Golden(t, "music-"+name+"-"+lang, img)
		}
		if n := len(readWAV(t, wav)); n < 44100 {
			t.Errorf("only %d frames of what was found were played", n/2)
		}
	}
}

// A script opens a file, and its track shows as playing.
func TestScriptPlays(t *testing.T) {
	dir := album(t)
	shot := filepath.Join(t.TempDir(), "shot.png")
	script := filepath.Join(t.TempDir(), "script")
	wav := filepath.Join(t.TempDir(), "x.wav")
	text := "wait 700ms\ntap 60 56\nwait 700ms\ntap 160 96\n1s key play\n300ms shot " + shot + "\nquit\n"
	if err := os.WriteFile(script, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", dir)
	mustLinnet(t, "--gal=mem", "--state=", "--ao=wav:"+wav, "--ial=script:"+script)
	if n := len(readWAV(t, wav)); n < 2*44100 {
		t.Errorf("only %d frames were played", n/2)
	}
}

func TestBadFlags(t *testing.T) {
	for _, args := range [][]string{{"--ial=nonsense", "--gal=mem"}, {"--gal=mem", "--ial=script:/does/not/exist"}, {"--ao=nonsense", "play", "x"}} {
		if code, _, errs := linnet(t, args...); code == 0 || errs == "" {
			t.Errorf("%q: status %d, said %q", args, code, errs)
		}
	}
}
