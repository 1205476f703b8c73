package sdl

import (
	"image"
	"testing"
)

func TestFit(t *testing.T) {
	screen := image.Pt(320, 240)
	for _, c := range []struct {
		window image.Point
		at     image.Rectangle
	}{
		{image.Pt(320, 240), image.Rect(0, 0, 320, 240)},
		{image.Pt(960, 720), image.Rect(0, 0, 960, 720)},
		{image.Pt(959, 720), image.Rect(159, 120, 799, 600)},
		{image.Pt(1920, 1080), image.Rect(320, 60, 1600, 1020)},
		{image.Pt(639, 481), image.Rect(159, 120, 479, 360)},
		{image.Pt(160, 240), image.Rect(0, 60, 160, 180)},
		{image.Pt(320, 60), image.Rect(120, 0, 200, 60)},
		{image.Pt(1, 1), image.Rect(0, 0, 1, 1)},
		{image.Pt(0, 0), image.Rect(0, 0, 1, 0)},
	} {
		if got := fit(screen, c.window).at; got != c.at {
			t.Errorf("a window of %v shows the screen at %v, want %v", c.window, got, c.at)
		}
	}
}

// TestPointIsInverse: each window pixel that shows a screen pixel leads back to it.
func TestPointIsInverse(t *testing.T) {
	screen := image.Pt(32, 24)
	for _, window := range []image.Point{{32, 24}, {96, 72}, {100, 77}, {640, 50}} {
		v := fit(screen, window)
		f := v.at.Dx() / screen.X
		for y := range window.Y {
			for x := range window.X {
				p := image.Pt(x, y)
				got, inside := v.point(p)
				if inside != p.In(v.at) || !got.In(image.Rectangle{Max: screen}) {
					t.Fatalf("window %v: %v is %v, inside %v", window, p, got, inside)
				}
				if want := p.Sub(v.at.Min).Div(f); inside && got != want {
					t.Fatalf("window %v: %v is %v, want %v", window, p, got, want)
				}
			}
		}
	}
	if _, inside := fit(screen, image.Point{}).point(image.Point{}); inside {
		t.Error("a window without size has an inside")
	}
	v := fit(screen, image.Pt(64, 48))
	for p, want := range map[image.Point]image.Point{
		{-9, -9}: {0, 0}, {1000, 10}: {31, 5}, {10, 48}: {5, 23}, {63, 47}: {31, 23},
	} {
		if got, _ := v.point(p); got != want {
			t.Errorf("%v is %v, want %v", p, got, want)
		}
	}
}

func TestLargest(t *testing.T) {
	screen := image.Pt(320, 240)
	for room, want := range map[image.Point]int{{1920, 1080}: 3, {800, 600}: 2, {1024, 700}: 2, {100, 100}: 1} {
		if got := largest(3, screen, room); got != want {
			t.Errorf("on a desktop of %v the scale is %d, want %d", room, got, want)
		}
	}
}
