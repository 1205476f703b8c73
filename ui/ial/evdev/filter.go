package evdev

import "image"

// window is how many samples a filter looks at.
const window = 5

// filter smooths the samples of one touch.
//
// A sample far from the one before is held back until the next: when that is
// nearer to where the touch was than to the jump, the jump was an outlier and
// is forgotten. What is left goes through a median of the latest five of each
// axis, so that two bad samples in a row, as when a finger is lifted, do not
// show.
type filter struct {
	far    image.Point // how far a finger moves from sample to sample at most
	last   [window]image.Point
	n      int // samples since the touch began, the latest at last[(n-1)%window]
	held   image.Point
	holds  bool
	sample image.Point // as it came
}

// newFilter makes a filter for axes of such ranges.
func newFilter(x, y span) filter {
	const part = 6
	return filter{far: image.Pt((int(x.max)-int(x.min))/part, (int(y.max)-int(y.min))/part)}
}

// reset forgets a touch.
func (f *filter) reset() { f.n, f.holds = 0, false }

// add takes a sample and says where the touch is.
func (f *filter) add(p image.Point) image.Point {
	f.sample = p
	switch {
	case f.n == 0:
	case f.holds:
		f.holds = false
		if f.distance(p, f.latest()) > f.distance(p, f.held) {
			f.push(f.held)
		}
	case f.jumps(p):
		f.held, f.holds = p, true
		return f.median()
	}
	f.push(p)
	return f.median()
}

// again takes the latest sample once more.
func (f *filter) again() image.Point { return f.add(f.sample) }

// settled says that again would change nothing.
func (f *filter) settled() bool {
	if f.n == 0 {
		return true
	}
	for _, p := range f.last[:min(f.n, window)] {
		if p != f.sample {
			return false
		}
	}
	return !f.holds
}

func (f *filter) push(p image.Point) {
	f.last[f.n%window] = p
	f.n++
}

func (f *filter) latest() image.Point { return f.last[(f.n-1)%window] }

func (f *filter) jumps(p image.Point) bool {
	d := p.Sub(f.latest())
	return max(d.X, -d.X) > f.far.X || max(d.Y, -d.Y) > f.far.Y
}

// distance compares places on axes of different ranges.
func (f *filter) distance(p, q image.Point) int {
	d := p.Sub(q)
	return max(d.X, -d.X)*max(f.far.Y, 1) + max(d.Y, -d.Y)*max(f.far.X, 1)
}

// median is that of each axis; of an even number of samples, as there are when
// a touch begins, the mean of the two in the middle.
func (f *filter) median() image.Point {
	var x, y [window]int
	n := min(f.n, window)
	for i, p := range f.last[:n] {
		insert(x[:i+1], p.X)
		insert(y[:i+1], p.Y)
	}
	low, high := (n-1)/2, n/2
	return image.Pt((x[low]+x[high])>>1, (y[low]+y[high])>>1)
}

// insert puts v into its place among s, whose last element is free.
func insert(s []int, v int) {
	i := len(s) - 1
	for ; i > 0 && s[i-1] > v; i-- {
		s[i] = s[i-1]
	}
	s[i] = v
}
