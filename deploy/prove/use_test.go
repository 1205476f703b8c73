package main

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
)

// TestUseScript reads the real script, whose pictures are all there.
func TestUseScript(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile(useScript)
	if err != nil {
		t.Fatal(err)
	}
	all, err := deeds(string(text))
	if err != nil {
		t.Fatal(err)
	}
	taps := 0
	for _, d := range all {
		if d.verb == "tap" {
			taps++
			if !d.at.In(image.Rect(0, 0, 320, 240)) {
				t.Errorf("%v is beside the screen", d.at)
			}
			continue
		}
		if _, err := os.Stat(filepath.Join(usePictures, "use-"+d.name+".png")); err != nil {
			t.Error(err)
		}
	}
	if taps < 20 || len(all)-taps < 10 {
		t.Errorf("%d taps and %d pictures are no real use", taps, len(all)-taps)
	}
	for _, bad := range []string{"tap 1", "tap x 1", "look", "look a 1,2,3", "other a", "jump 1 2"} {
		if _, err := deeds(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestUnlike(t *testing.T) {
	a, b := image.NewRGBA(image.Rect(0, 0, 8, 4)), image.NewRGBA(image.Rect(0, 0, 8, 4))
	b.SetRGBA(1, 1, color.RGBA{7, 3, 7, 255}) // the panel shows no such difference
	b.SetRGBA(2, 1, color.RGBA{8, 0, 0, 255})
	b.SetRGBA(5, 3, color.RGBA{0, 4, 0, 255})
	if n := unlike(a, b, nil); n != 2 {
		t.Errorf("%d pixels", n)
	}
	if n := unlike(a, b, []image.Rectangle{image.Rect(5, 3, 6, 4)}); n != 1 {
		t.Errorf("%d pixels beside the mask", n)
	}
	if n := unlike(a, image.NewRGBA(image.Rect(0, 0, 8, 5)), nil); n != 32 {
		t.Errorf("%d pixels of another size", n)
	}
}
