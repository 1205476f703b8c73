package sdl

import "image"

// view is where in a window the screen is shown.
type view struct {
	screen image.Point
	at     image.Rectangle // in window pixels
}

// fit centres a screen in a window, enlarged by the largest whole factor
// that leaves it whole, or shrunk, keeping its shape, where even one is too much.
func fit(screen, window image.Point) view {
	w, h := screen.X, screen.Y
	if f := min(window.X/w, window.Y/h); f > 0 {
		w, h = w*f, h*f
	} else if window.X*h < window.Y*w {
		w, h = window.X, max(h*window.X/w, 1)
	} else {
		w, h = max(w*window.Y/h, 1), window.Y
	}
	corner := image.Pt((window.X-w)/2, (window.Y-h)/2)
	return view{screen, image.Rectangle{Min: corner, Max: corner.Add(image.Pt(w, h))}}
}

// point is the screen pixel at a place in the window. Outside the screen
// it is the nearest pixel and inside is false.
func (v view) point(window image.Point) (p image.Point, inside bool) {
	if v.at.Empty() {
		return image.Point{}, false
	}
	d := window.Sub(v.at.Min)
	p.X = min(max(d.X, 0)*v.screen.X/v.at.Dx(), v.screen.X-1)
	p.Y = min(max(d.Y, 0)*v.screen.Y/v.at.Dy(), v.screen.Y-1)
	return p, window.In(v.at)
}

// largest is the greatest factor up to want at which screen fits into room,
// at least 1.
func largest(want int, screen, room image.Point) int {
	return max(1, min(want, room.X/screen.X, room.Y/screen.Y))
}
