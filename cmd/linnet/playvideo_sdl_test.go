//go:build sdl && cgo

package main

import (
	"bytes"
	"image"
	"path/filepath"
	"testing"
	"time"

	"linnet/ui/uitest/xvfb"
)

// A film that is played from the terminal is seen in a window, whose closing ends it.
func TestPlayWindow(t *testing.T) {
	tool(t, "ffmpeg")
	server := xvfb.Start(t)
	server.Setenv()
	file := filepath.Join(t.TempDir(), "red.avi")
	command(t, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=160x120:d=60:r=5", "-f", "lavfi", "-i", "sine=d=60", "-c:v", "mpeg4", "-c:a", "mp2", file)
	ended := make(chan int)
	var out, errs bytes.Buffer
	go func() { ended <- run(nil, &out, &errs, []string{"play", "--ao=null", file}) }()
	const title = "red.avi - Linnet"
	_, seen := server.Wait(func(shot *image.RGBA) bool {
		at := server.Window(title)
		if at.Dx() != 160 || at.Dy() != 120 {
			return false
		}
		c := shot.RGBAAt((at.Min.X+at.Max.X)/2, (at.Min.Y+at.Max.Y)/2)
		return c.R > 200 && c.G < 50 && c.B < 50
	})
	if !seen {
		t.Error("the film is not seen")
	}
	server.CloseWindow(title)
	select {
	case code := <-ended:
		if code != 1 {
			t.Errorf("status %d, %s%s", code, out.String(), errs.String())
		}
	case <-time.After(time.Minute):
		t.Fatal("it does not end with its window")
	}
}
