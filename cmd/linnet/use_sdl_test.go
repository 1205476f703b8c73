//go:build sdl && cgo

package main

import (
	"bytes"
	"image"
	"path/filepath"
	"testing"
	"time"

	"linnet/ui/gal/rgb565"
	"linnet/ui/uitest"
	"linnet/ui/uitest/xvfb"
)

// TestUseInAWindow does the same with a mouse: each picture is waited for, and is
// the one of the script's in memory.
func TestUseInAWindow(t *testing.T) {
	server := xvfb.Start(t)
	server.Setenv()
	t.Setenv("HOME", useHome(t))
	state := t.TempDir()
	ended := make(chan int)
	var out, errs bytes.Buffer
	go func() {
		ended <- run(nil, &out, &errs, []string{"--scale=2", "--ao=null", "--lang=auto", "--state=" + state})
	}()
	defer func() {
		if t.Failed() {
			t.Log(out.String(), errs.String())
		}
	}()
	panel := image.Pt(320, 240)
	var at image.Rectangle
	looks := func(name string, right func(n int) bool, masks []image.Rectangle) {
		t.Helper()
		want, err := uitest.ReadPNG("testdata/golden/use-" + name + ".png")
		if err != nil {
			t.Fatal(err)
		}
		shot, ok := server.Wait(func(shot *image.RGBA) bool {
			at = server.Window("Linnet")
			m, err := xvfb.Shrink(shot, at, panel)
			if err != nil {
				return false
			}
			n, _, _ := uitest.Compare(masked(rgb565.ToRGBA(m), masks), want)
			return right(n)
		})
		if !ok {
			path := filepath.Join("testdata", "failed", "use-"+name+".png")
			uitest.WritePNG(path, shot)
			t.Fatalf("the window does not come to look right: %s; see %s", name, path)
		}
	}
	for _, s := range useSteps(t) {
		switch s.verb {
		case "tap":
			server.Click(at.Min.Add(s.at.Mul(2)), 1)
			time.Sleep(300 * time.Millisecond)
		case "look":
			looks(s.name, func(n int) bool { return n == 0 }, s.masks)
		case "other":
			looks(s.name, func(n int) bool { return n >= s.least }, nil)
		}
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
}
