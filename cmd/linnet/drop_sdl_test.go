//go:build sdl && cgo

package main

import (
	"bytes"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"linnet/ui/uitest/xvfb"
)

// TestDragOntoWindow has another program of the desktop drag a folder and a file onto
// the window: they are played, in this order. What is dragged away again is not, and
// what is dropped later takes their place.
func TestDragOntoWindow(t *testing.T) {
	server := xvfb.Start(t)
	server.Setenv()
	dir := album(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	wav := filepath.Join(t.TempDir(), "x.wav")
	ended := make(chan int)
	var out, errs bytes.Buffer
	go func() {
		ended <- run(nil, &out, &errs, []string{"--ao=wav:" + wav, "--lang=en", "--state="})
	}()
	defer func() {
		if t.Failed() {
			t.Log(out.String(), errs.String())
		}
	}()
	uri := func(name string) string {
		return (&url.URL{Scheme: "file", Path: filepath.Join(dir, name)}).String()
	}
	server.Window("Linnet")
	server.DragAway("Linnet")
	server.Drop("Linnet", uri("Outtakes"), uri("10 A long walk home in the rain, part two.wav"))
	const second = 4 * 44100
	if !grows(wav, 44+4*second) {
		t.Fatal("what was dropped is not played")
	}
	time.Sleep(300 * time.Millisecond) // it is over
	server.Drop("Linnet", uri("02 远山的回声.wav"))
	if !grows(wav, 44+11*second) {
		t.Error("what was dropped then is not played")
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
	if got, want := len(readWAV(t, wav)), 2*44100*11; got != want {
		t.Errorf("%d samples were played, want %d", got, want)
	}
}
