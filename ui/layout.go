package ui

import "image"

// Cell is what a row or a column is divided into: so many pixels, and a share
// of what all the cells leave. The zero Cell is nothing wide.
type Cell struct {
	Size    int // in pixels, at least
	Stretch int // the share of the rest, by weight
}

// Fixed is a cell of so many pixels.
func Fixed(pixels int) Cell { return Cell{Size: pixels} }

// Stretch is a cell that takes a share of what others leave.
func Stretch(weight int) Cell { return Cell{Stretch: weight} }

// Row divides r into cells side by side, gap pixels apart, as high as r. What
// is left after the fixed sizes goes to the cells that stretch, by weight and
// to the last pixel; without any it stays free at the right. Where there is
// too little, the last cells are cut off at the edge of r.
func Row(r image.Rectangle, gap int, cells ...Cell) []image.Rectangle {
	out := make([]image.Rectangle, len(cells))
	x := r.Min.X
	for i, n := range divide(r.Dx(), gap, cells) {
		out[i] = image.Rect(x, r.Min.Y, x+n, r.Max.Y).Intersect(r)
		x += n + gap
	}
	return out
}

// Column divides r into cells below one another, as Row does side by side.
func Column(r image.Rectangle, gap int, cells ...Cell) []image.Rectangle {
	out := make([]image.Rectangle, len(cells))
	y := r.Min.Y
	for i, n := range divide(r.Dy(), gap, cells) {
		out[i] = image.Rect(r.Min.X, y, r.Max.X, y+n).Intersect(r)
		y += n + gap
	}
	return out
}

// Grid divides r into columns times rows equal cells, gap pixels apart, line
// by line. Where a side does not divide evenly, the first cells are a pixel
// larger.
func Grid(r image.Rectangle, columns, rows, gap int) []image.Rectangle {
	even := make([]Cell, max(columns, rows))
	for i := range even {
		even[i] = Stretch(1)
	}
	out := make([]image.Rectangle, 0, columns*rows)
	for _, line := range Column(r, gap, even[:rows]...) {
		out = append(out, Row(line, gap, even[:columns]...)...)
	}
	return out
}

// divide says how long each cell becomes.
func divide(length, gap int, cells []Cell) []int {
	out := make([]int, len(cells))
	rest, weights := length-gap*max(0, len(cells)-1), 0
	for i, c := range cells {
		out[i] = c.Size
		rest -= c.Size
		weights += c.Stretch
	}
	for i, c := range cells {
		if c.Stretch == 0 || rest <= 0 {
			continue
		}
		share := (rest*c.Stretch + weights - 1) / weights
		out[i] += share
		rest -= share
		weights -= c.Stretch
	}
	return out
}
