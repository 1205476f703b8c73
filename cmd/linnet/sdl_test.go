//go:build sdl && cgo

package main

import (
	"bytes"
	"image"
	"path/filepath"
	"testing"
	"time"

	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
	"linnet/ui/uitest"
	"linnet/ui/uitest/xvfb"
)

// The real program in a real window: the file browser looks as its golden
// picture, a click plays a file, and closing the window ends the program.
func TestWindow(t *testing.T) {
	server := xvfb.Start(t)
	server.Setenv()
	dir := album(t)
	t.Setenv("HOME", dir)
	wav := filepath.Join(t.TempDir(), "x.wav")
	ended := make(chan int)
	var out, errs bytes.Buffer
	go func() {
		ended <- run(nil, &out, &errs, []string{"--scale=2", "--ao=wav:" + wav, "--lang=en", "--state="})
	}()
	defer func() {
		if t.Failed() {
			t.Log(out.String(), errs.String())
		}
	}()

	panel := image.Pt(320, 240)
	var at image.Rectangle
	shown := func(shot *image.RGBA) *rgb565.Image {
		at = server.Window("Linnet")
		m, err := xvfb.Shrink(shot, at, panel)
		if err != nil {
			return nil
		}
		return m
	}
	want, err := uitest.ReadPNG("testdata/golden/files-en.png")
	if err != nil {
		t.Fatal(err)
	}
	home, ok := server.Wait(func(shot *image.RGBA) bool {
		m := shown(shot)
		return m != nil && m.At(300, 200) == theme.Dark().Surface // beside where to go stands what plays
	})
	if !ok {
		path := filepath.Join("testdata", "failed", "home.png")
		uitest.WritePNG(path, home)
		t.Fatalf("the window does not show Home; see %s", path)
	}
	server.Click(at.Min.Add(image.Pt(60, 56).Mul(2)), 1) // to Files
	shot, ok := server.Wait(func(shot *image.RGBA) bool {
		m := shown(shot)
		if m == nil {
			return false
		}
		n, _, _ := uitest.Compare(rgb565.ToRGBA(m), want)
		return n == 0
	})
	if !ok {
		path := filepath.Join("testdata", "failed", "window.png")
		uitest.WritePNG(path, shot)
		t.Fatalf("the window does not look like files-en.png; see %s", path)
	}
	server.Click(at.Min.Add(image.Pt(160, 96).Mul(2)), 1)
	if _, ok := server.Wait(func(shot *image.RGBA) bool {
		m := shown(shot)
		if m == nil {
			return false
		}
		n, _, _ := uitest.Compare(rgb565.ToRGBA(m), want)
		return n > 5000
	}); !ok {
		t.Error("a click on a file does not change the screen")
	}
	if !grows(wav, 4*44100) {
		t.Error("a click on a file does not play it")
	}
	server.CloseWindow("Linnet")
	select {
	case code := <-ended:
		if code != 0 {
			t.Errorf("the program ended with %d", code)
		}
	case <-time.After(time.Minute):
		t.Fatal("the program does not end when its window is closed")
	}
	if n := len(readWAV(t, wav)); n < 2*44100 {
		t.Errorf("only %d frames were played", n/2)
	}
}
