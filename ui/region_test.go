package ui

import (
	"image"
	"math/rand/v2"
	"testing"

	"linnet/ui/gal"
)

// TestRegion adds random rectangles and compares with a map of pixels: what
// was added is in, rectangles are disjoint, and there are never too many.
func TestRegion(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var g region
		var want [64][64]bool
		for range 1 + rnd.IntN(40) {
			x, y := rnd.IntN(60), rnd.IntN(60)
			r := image.Rect(x, y, x+rnd.IntN(1+rnd.IntN(64-x)), y+rnd.IntN(64-y))
			g.add(r)
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					want[y][x] = true
				}
			}
		}
		var got [64][64]int
		for _, r := range g.rects() {
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					got[y][x]++
				}
			}
		}
		for y := range want {
			for x := range want[y] {
				if want[y][x] && got[y][x] == 0 || got[y][x] > 1 {
					t.Fatalf("pixel (%d,%d): added %t, in %d rectangles of %v", x, y, want[y][x], got[y][x], g.rects())
				}
			}
		}
	}
}

func TestRegionMergesNeighbours(t *testing.T) {
	var g region
	for i := range 100 {
		g.add(image.Rect(i*10, 0, i*10+10, 20))
	}
	if g.n != 1 || g.r[0] != image.Rect(0, 0, 1000, 20) {
		t.Errorf("a row of neighbours is %v", g.rects())
	}
}

func TestSubtract(t *testing.T) {
	r := image.Rect(0, 0, 10, 10)
	for _, c := range []struct {
		hole image.Rectangle
		n    int
		left int
	}{
		{image.Rect(20, 20, 30, 30), 1, 100},
		{image.Rect(-5, -5, 15, 15), 0, 0},
		{image.Rect(3, 3, 6, 6), 4, 91},
		{image.Rect(0, 0, 10, 4), 1, 60},
		{image.Rect(-2, 2, 5, 20), 2, 60},
	} {
		got := gal.Subtract(nil, []image.Rectangle{r}, c.hole)
		left := 0
		for _, q := range got {
			left += area(q)
			if q.Overlaps(c.hole) || !q.In(r) {
				t.Errorf("without %v there is %v", c.hole, q)
			}
		}
		if len(got) != c.n || left != c.left {
			t.Errorf("without %v: %v", c.hole, got)
		}
	}
}
