package evdev

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"
)

func newTestFilter() *filter {
	f := newFilter(span{0, 1023}, span{0, 1023})
	return &f
}

// TestOutlier: one sample far away changes nothing.
func TestOutlier(t *testing.T) {
	for at := 1; at < 12; at++ {
		f := newTestFilter()
		for i := range 12 {
			p := image.Pt(300+i, 500-i)
			if i == at {
				p = image.Pt(1023, 3)
			}
			got := f.add(p)
			if d := got.Sub(image.Pt(300+i, 500-i)); max(d.X, -d.X) > 3 || max(d.Y, -d.Y) > 3 {
				t.Errorf("outlier at %d: sample %d gives %v", at, i, got)
			}
		}
	}
}

// TestLift: the last two samples of a touch, taken as the finger leaves, do
// not show, even where they are not far enough to be outliers.
func TestLift(t *testing.T) {
	f := newTestFilter()
	for range 10 {
		f.add(image.Pt(400, 400))
	}
	f.add(image.Pt(520, 480))
	if got := f.add(image.Pt(560, 540)); got != image.Pt(400, 400) {
		t.Errorf("%v", got)
	}
}

// TestJump: a finger that really is elsewhere is followed, soon.
func TestJump(t *testing.T) {
	f := newTestFilter()
	for range 10 {
		f.add(image.Pt(100, 100))
	}
	n := 0
	for ; n < 10 && f.add(image.Pt(900, 900)) != image.Pt(900, 900); n++ {
	}
	if n > 3 {
		t.Errorf("%d samples late", n)
	}
}

// TestFastDrag: a quick finger is behind by no more than a few samples.
func TestFastDrag(t *testing.T) {
	for _, step := range []int{3, 40, 150, 200} {
		f := newTestFilter()
		var got image.Point
		x := 0
		for ; x+step < 1023; x += step {
			got = f.add(image.Pt(x, 1023-x))
		}
		if behind := (x - step - got.X) / step; behind > 3 {
			t.Errorf("steps of %d: %d samples behind", step, behind)
		}
	}
}

// TestMedian compares with a median by sorting, on samples too close for any
// to be an outlier.
func TestMedian(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	f := newTestFilter()
	var all []image.Point
	for range 300 {
		p := image.Pt(500+rng.IntN(100), 400+rng.IntN(100))
		all = append(all, p)
		var xs, ys []int
		for _, q := range all[max(0, len(all)-window):] {
			xs, ys = append(xs, q.X), append(ys, q.Y)
		}
		slices.Sort(xs)
		slices.Sort(ys)
		n := len(xs)
		want := image.Pt((xs[(n-1)/2]+xs[n/2])/2, (ys[(n-1)/2]+ys[n/2])/2)
		if got := f.add(p); got != want {
			t.Fatalf("after %d samples %v, want %v", len(all), got, want)
		}
	}
}

// TestSettles: the same sample again leads to where it is.
func TestSettles(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	f := newTestFilter()
	var p image.Point
	for range 200 {
		p = image.Pt(rng.IntN(1024), rng.IntN(1024))
		f.add(p)
	}
	var got image.Point
	n := 0
	for ; !f.settled() && n < 20; n++ {
		got = f.again()
	}
	if got != p || n > window+1 {
		t.Errorf("%v instead of %v after %d times", got, p, n)
	}
	f.reset()
	if !f.settled() {
		t.Error("no touch is not settled")
	}
}
