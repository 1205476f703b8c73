package rgb565

import "image"

//go:generate go run ./internal/gen

// bayer holds the thresholds of the ordered dither, in sixteenths of a step,
// for the last two bits of the screen's y and x.
var bayer = [4][4]uint16{
	{0, 8, 2, 10},
	{12, 4, 14, 6},
	{3, 11, 1, 9},
	{15, 7, 13, 5},
}

// dither is the pixel for the ladder positions r, g, b under a threshold.
func dither(r, g, b, threshold uint16) Color {
	return Color((r+threshold)>>4<<11 | (g+threshold)>>4<<5 | (b+threshold)>>4)
}

// GradientV fills r from the colour top in its first row to bottom in its
// last, red, green and blue of eight bits each, dithered by the screen's
// x and y. The gradient spans r, also where that is clipped.
func (m *Image) GradientV(r image.Rectangle, top, bottom [3]uint8) {
	clip := r.Intersect(m.Rect)
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		i, n := y-r.Min.Y, r.Dy()-1
		red := between(ladder5[top[0]], ladder5[bottom[0]], i, n)
		green := between(ladder6[top[1]], ladder6[bottom[1]], i, n)
		blue := between(ladder5[top[2]], ladder5[bottom[2]], i, n)
		var p [4]Color
		for x, threshold := range bayer[y&3] {
			p[x] = dither(red, green, blue, threshold)
		}
		patternRow(m.row(clip.Min.X, clip.Max.X, y), &p, clip.Min.X&3)
	}
}

// between is the value i/n of the way from a to b, rounded to the nearest.
func between(a, b uint16, i, n int) uint16 {
	if n == 0 {
		return a
	}
	return uint16((int(a)*(n-i) + int(b)*i + n/2) / n)
}
