package main

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

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

// patiently plays a script, and once more with more time between what is done, where
// it did not come to be right: a busy machine takes longer for it. The last attempt is
// what a test goes by.
func patiently(t *testing.T, text string, play func(text string) (right bool)) {
	t.Helper()
	const most = 9
	began := time.Now()
	for times := time.Duration(1); ; times *= 3 {
		if play(slower(t, text, times)) || times >= most || time.Since(began) > time.Minute {
			return
		}
		t.Logf("not yet right, with waits that are %d times as long", times)
	}
}

var waits = regexp.MustCompile(`(?m)^(wait )?[0-9][0-9.]*m?s\b`)

// slower is a script with waits that are so many times as long.
func slower(t *testing.T, text string, times time.Duration) string {
	return waits.ReplaceAllStringFunc(text, func(s string) string {
		wait, found := strings.CutPrefix(s, "wait ")
		d, err := time.ParseDuration(wait)
		if err != nil {
			t.Fatal(err)
		}
		if found {
			return fmt.Sprint("wait ", d*times)
		}
		return fmt.Sprint(d * times)
	})
}

// isGolden says whether the picture in a file, with rectangles blackened, is a golden one.
func isGolden(name, shot string, masks ...image.Rectangle) bool {
	got, err := uitest.ReadPNG(shot)
	if err != nil {
		return false
	}
	want, err := uitest.ReadPNG(filepath.Join("testdata", "golden", name+".png"))
	if err != nil {
		return false
	}
	n, _, _ := uitest.Compare(masked(got, masks), want)
	return n == 0
}

// plays says whether a WAV file has so many frames.
func plays(wav string, frames int64) bool {
	info, err := os.Stat(wav)
	return err == nil && info.Size() >= 44+4*frames
}

// The file browser over a real folder, driven by a script, in both languages.
func TestFilesScreen(t *testing.T) {
	dir := album(t)
	for _, lang := range []string{"en", "zh"} {
		shot := filepath.Join(t.TempDir(), "shot.png")
		script := filepath.Join(t.TempDir(), "script")
		t.Setenv("HOME", dir)
		// From Home to Files.
		patiently(t, "wait 700ms\ntap 60 56\nwait 1s\nshot "+shot+"\nquit\n", func(text string) bool {
			write(t, script, text)
			mustLinnet(t, "--gal=mem", "--ao=null", "--state=", "--lang="+lang, "--ial=script:"+script)
			return isGolden("files-"+lang, shot)
		})
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
		wav := filepath.Join(dir, "heard.wav")
		names := []string{"albums", "album", "search"}
		patiently(t, text, func(text string) bool {
			write(t, script, text)
			os.Remove(wav)
			mustLinnet(t, "--gal=mem", "--ao=wav:"+wav, "--state=", "--music=../../player/demo/album", "--lang="+lang, "--ial=script:"+script)
			for _, name := range names {
				if !isGolden("music-"+name+"-"+lang, filepath.Join(dir, name+".png")) {
					return false
				}
			}
			return plays(wav, 44100)
		})
		for _, name := range names {
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
	t.Setenv("HOME", dir)
	patiently(t, text, func(text string) bool {
		write(t, script, text)
		os.Remove(wav)
		mustLinnet(t, "--gal=mem", "--state=", "--ao=wav:"+wav, "--ial=script:"+script)
		return plays(wav, 2*44100)
	})
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
