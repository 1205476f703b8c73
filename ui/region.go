package ui

import "image"

// maxRects bounds a region: beyond it, rectangles are merged even where that
// adds area.
const maxRects = 16

// region is a set of pixels as a bounded list of disjoint rectangles. It may
// grow to more than was added, never to less. The zero value is empty.
type region struct {
	r [maxRects]image.Rectangle
	n int
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }

// add puts r into the region. Rectangles that overlap become their union, so
// the list stays disjoint; neighbours that form one rectangle become it.
func (g *region) add(r image.Rectangle) {
	if r.Empty() {
		return
	}
	for {
		i := g.partner(r)
		if i < 0 {
			break
		}
		if r.In(g.r[i]) {
			return
		}
		r = r.Union(g.r[i])
		g.n--
		g.r[i] = g.r[g.n]
	}
	g.r[g.n] = r
	g.n++
}

// partner is the index of a rectangle that must be merged with r, or -1.
func (g *region) partner(r image.Rectangle) int {
	for i, q := range g.r[:g.n] {
		if q.Overlaps(r) || area(q.Union(r)) == area(q)+area(r) {
			return i
		}
	}
	if g.n < maxRects {
		return -1
	}
	best, waste := 0, int(^uint(0)>>1)
	for i, q := range g.r[:g.n] {
		if w := area(q.Union(r)) - area(q) - area(r); w < waste {
			best, waste = i, w
		}
	}
	return best
}

func (g *region) clear() { g.n = 0 }

func (g *region) rects() []image.Rectangle { return g.r[:g.n] }
