package fbdev

import "image"

// rects is a short list of rectangles: more of them than it holds become their
// bounding box.
type rects struct {
	r [16]image.Rectangle
	n int
}

func (l *rects) list() []image.Rectangle { return l.r[:l.n] }

func (l *rects) add(more []image.Rectangle) {
	for _, r := range more {
		if r.Empty() || l.has(r) {
			continue
		}
		if l.n == len(l.r) {
			l.join()
		}
		l.r[l.n] = r
		l.n++
	}
}

// has says whether one of the list covers r: a clock that ticks is drawn in
// the same place each time.
func (l *rects) has(r image.Rectangle) bool {
	for _, q := range l.list() {
		if r.In(q) {
			return true
		}
	}
	return false
}

func (l *rects) join() {
	for _, r := range l.r[1:l.n] {
		l.r[0] = l.r[0].Union(r)
	}
	l.n = 1
}
