//go:build sdl && cgo

package sdl

import (
	"slices"
	"testing"
	"time"

	"github.com/veandco/go-sdl2/sdl"
)

// What is dragged onto the window comes at once when it is complete; text, and a
// drop that is broken off, do not.
func TestDrop(t *testing.T) {
	got := make(chan []string, 1)
	w := &window{drop: func(paths []string) { got <- paths }}
	drop := func(kind uint32, file string) { w.handle(&sdl.DropEvent{Type: kind, File: file}) }
	drop(sdl.DROPBEGIN, "")
	drop(sdl.DROPFILE, "/lost.mp3")
	drop(sdl.DROPBEGIN, "")
	drop(sdl.DROPFILE, "/a.mp3")
	drop(sdl.DROPTEXT, "text")
	drop(sdl.DROPFILE, "/远山")
	drop(sdl.DROPCOMPLETE, "")
	select {
	case paths := <-got:
		if !slices.Equal(paths, []string{"/a.mp3", "/远山"}) {
			t.Errorf("%q", paths)
		}
	case <-time.After(time.Minute):
		t.Fatal("nothing came")
	}
	drop(sdl.DROPCOMPLETE, "")
	(&window{}).handle(&sdl.DropEvent{Type: sdl.DROPCOMPLETE})
	select {
	case paths := <-got:
		t.Errorf("%q came again", paths)
	default:
	}
}
