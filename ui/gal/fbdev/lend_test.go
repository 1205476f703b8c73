//go:build linux

package fbdev

import (
	"errors"
	"image"
	"io/fs"
	"math/rand/v2"
	"testing"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
)

var _ gal.Lender = (*Screen)(nil)

// upright is what the panel shows, as the picture was drawn.
func upright(s *Screen, d *fake) *rgb565.Image {
	seen, m := d.seen(), rgb565.New(s.Back().Rect)
	size := turned(m.Rect.Size(), s.quarters)
	corner := seen.Rect.Max.Sub(size).Div(2)
	part := seen.Sub(image.Rectangle{Min: corner, Max: corner.Add(size)})
	if s.quarters == 0 {
		m.Blit(m.Rect, part, part.Rect.Min)
	} else {
		m.Rotate(part, part.Rect, 4-s.quarters)
	}
	return m
}

// paintPage paints a picture of noise, but for its edges, and returns it upright.
func paintPage(next *rgb565.Image, quarters int, rng *rand.Rand) *rgb565.Image {
	inner := next.Sub(next.Rect.Inset(2))
	for y := range inner.Rect.Dy() {
		for x := range inner.Rect.Dx() {
			inner.Pix[y*inner.Stride+x] = rgb565.Color(rng.Uint32())
		}
	}
	m := rgb565.New(image.Rectangle{Max: turned(next.Rect.Size(), quarters)})
	if quarters == 0 {
		m.Blit(m.Rect, next, next.Rect.Min)
	} else {
		m.Rotate(next, next.Rect, 4-quarters)
	}
	return m
}

// TestLends paints pictures on what is lent, between those of the interface.
func TestLends(t *testing.T) {
	for _, c := range []struct {
		w, h, pages int
		o           Options
	}{
		{240, 320, 1, Options{Size: image.Pt(320, 240), Rotate: 90}},
		{240, 320, 2, Options{Size: image.Pt(320, 240), Rotate: 90}},
		{320, 240, 2, Options{Size: image.Pt(320, 240)}},
		{64, 48, 2, Options{Size: image.Pt(61, 35), Rotate: 180}},
		{64, 48, 1, Options{Size: image.Pt(33, 47), Rotate: -90}},
	} {
		d := panel(c.w, c.h, c.pages)
		s := open(t, d, c.o)
		rng := rand.New(rand.NewPCG(1, uint64(c.pages)))
		for range 3 {
			noise(s, s.Back().Rect, rng)
			s.Flush([]image.Rectangle{s.Back().Rect})
			before := upright(s, d)
			quarters := s.Lend()
			for n := range 4 {
				next, last, seen := s.Pages()
				if next.At(0, 0) != 0 {
					t.Fatalf("%+v: picture %d begins on a page that is not black", c, n)
				}
				picture := paintPage(next, quarters, rng)
				if got := upright(s, d); !got.Equal(before) {
					t.Fatalf("%+v: picture %d is seen before it is shown", c, n)
				}
				if n > 0 && last.At(5, 5) == next.At(5, 5) && last.At(6, 6) == next.At(6, 6) {
					t.Fatalf("%+v: picture %d is painted over the one before", c, n)
				}
				if seen.At(3, 3) != s.pages[s.front].At(3, 3) {
					t.Fatalf("%+v: what is seen is said to be another page", c)
				}
				if err := s.Show(); err != nil {
					t.Fatal(err)
				}
				if before = upright(s, d); !before.Equal(picture) {
					t.Fatalf("%+v: picture %d is not seen", c, n)
				}
			}
			testBelow(t, s, d, before, rng)
			before = upright(s, d)
			s.Return()
			r := image.Rect(2, 3, 7, 9)
			noise(s, r, rng)
			s.Back().Fill(r, 0xf800)
			s.Flush([]image.Rectangle{r}) // a small one goes to what is seen
			before.Fill(r, 0xf800)
			if !upright(s, d).Equal(before) {
				t.Fatalf("%+v: more was flushed than what was dirty", c)
			}
		}
		s.Flush([]image.Rectangle{s.Back().Rect})
		if !d.seen().Equal(want(s, d)) || d.strays() > 0 {
			t.Errorf("%+v: the interface is not back, or %d bytes behind the lines were written", c, d.strays())
		}
	}
}

// testBelow has the interface above a picture, which is seen upright.
func testBelow(t *testing.T, s *Screen, d *fake, picture *rgb565.Image, rng *rand.Rand) {
	t.Helper()
	back := s.Back()
	all := back.Rect
	open := []image.Rectangle{image.Rect(0, 5, all.Max.X, 20), image.Rect(3, 20, 9, 25)}
	s.Clip(open)
	noise(s, all, rng)
	s.Flush([]image.Rectangle{all})
	want := rgb565.New(all)
	for range 2 { // what was shown last; shown again
		want.Blit(all, back, image.Point{})
		for _, r := range open {
			want.Blit(r, picture, r.Min)
		}
		if !upright(s, d).Equal(want) {
			t.Fatalf("%v: the interface is not above the picture", all)
		}
		next, _, _ := s.Pages()
		fresh := paintPage(next, s.quarters, rng) // which is not due
		s.Flush([]image.Rectangle{all})
		if !upright(s, d).Equal(want) {
			t.Fatalf("%v: parts of the next picture are seen", all)
		}
		picture = fresh
		if err := s.Show(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLendsNothingWhenClosed shows nothing any more.
func TestLendsNothingWhenClosed(t *testing.T) {
	s := open(t, panel(240, 320, 2), Options{Size: image.Pt(320, 240), Rotate: 90})
	s.Lend()
	if err := s.Show(); err != nil {
		t.Error(err)
	}
	s.Close()
	if err := s.Show(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}
