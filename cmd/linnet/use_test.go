package main

import (
	"fmt"
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/ui/uitest"
)

// A useStep is a line of testdata/use.txt.
type useStep struct {
	verb, name string
	at         image.Point
	least      int
	masks      []image.Rectangle
}

func useSteps(t *testing.T) (all []useStep) {
	t.Helper()
	text, err := os.ReadFile("testdata/use.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		s := useStep{verb: f[0]}
		var n int
		switch s.verb {
		case "tap":
			n, err = fmt.Sscan(strings.Join(f[1:], " "), &s.at.X, &s.at.Y)
			n -= 2
		case "other":
			s.name = f[1]
			n, err = fmt.Sscan(f[2], &s.least)
			n--
		case "look":
			s.name = f[1]
			for _, m := range f[2:] {
				var r image.Rectangle
				if n, err = fmt.Sscanf(m, "%d,%d,%d,%d", &r.Min.X, &r.Min.Y, &r.Max.X, &r.Max.Y); err != nil {
					break
				}
				n -= 4
				s.masks = append(s.masks, r)
			}
		default:
			err = fmt.Errorf("%s is nothing to do", s.verb)
		}
		if err != nil || n != 0 {
			t.Fatalf("use.txt: %q: %v", line, err)
		}
		all = append(all, s)
	}
	return all
}

// masked is a picture with rectangles blackened.
func masked(m image.Image, masks []image.Rectangle) *image.RGBA {
	out := image.NewRGBA(m.Bounds())
	draw.Draw(out, out.Rect, m, out.Rect.Min, draw.Src)
	for _, r := range masks {
		draw.Draw(out, r, image.Black, image.Point{}, draw.Src)
	}
	return out
}

// useHome is a home with the demo album and the demo clip.
func useHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for _, pattern := range []string{"album/*.mp3", "clip/*.mpg"} {
		files, err := filepath.Glob("../../player/demo/" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(home, "Music", filepath.Base(filepath.Dir(f)), filepath.Base(f))
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return home
}

// TestUseInMemory does it by a script, without a window.
func TestUseInMemory(t *testing.T) {
	home, dir := useHome(t), t.TempDir()
	var b strings.Builder
	b.WriteString("wait 4s\n") // also for the library to be read
	steps := useSteps(t)
	for i, s := range steps {
		switch s.verb {
		case "tap":
			fmt.Fprintf(&b, "tap %d %d\nwait 700ms\n", s.at.X, s.at.Y)
		default:
			fmt.Fprintf(&b, "wait 900ms\nshot %s/%d.png\n", dir, i)
		}
	}
	b.WriteString("quit\n")
	file := filepath.Join(dir, "script")
	t.Setenv("HOME", home)
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	shots := func(i int) string { return filepath.Join(dir, fmt.Sprint(i, ".png")) }
	patiently(t, b.String(), func(text string) bool {
		write(t, file, text)
		mustLinnet(t, "--gal=mem", "--ao=null", "--state="+t.TempDir(), "--ial=script:"+file)
		for i, s := range steps {
			if s.verb == "look" && !isGolden("use-"+s.name, shots(i), s.masks...) {
				return false
			}
		}
		return true
	})
	for i, s := range steps {
		if s.verb == "tap" {
			continue
		}
		shot, err := uitest.ReadPNG(shots(i))
		if err != nil {
			t.Fatal(err)
		}
		if s.verb == "look" {
			uitest.Golden(t, "use-"+s.name, masked(shot, s.masks))
			continue
		}
		want, err := uitest.ReadPNG("testdata/golden/use-" + s.name + ".png")
		if err != nil {
			t.Fatal(err)
		}
		if n, _, _ := uitest.Compare(shot, want); n < s.least {
			t.Errorf("it differs from %s in %d pixels only", s.name, n)
		}
	}
}
