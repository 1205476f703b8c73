package rgb565

import (
	"image"
	"math"
	"testing"
)

func TestIsqrt(t *testing.T) {
	check := func(n uint32) {
		got, v := uint64(isqrt(n)), uint64(n)
		if below := got * (got - 1); got > 0 && v <= below || v > got*got+got { // (got-1/2)^2 < n < (got+1/2)^2
			t.Fatalf("root of %d is %d", n, got)
		}
	}
	for n := range uint32(1 << 16) {
		check(n)
		check(n << 16)
		check(n*n + n) // just below a half
		check(n*n + n + 1)
	}
	check(math.MaxUint32)
}

// TestRoundCoverage compares the coverage of shapes with that which 1,024
// points a pixel give. One level of 32 is 32 points.
func TestRoundCoverage(t *testing.T) {
	worst := 0
	for _, c := range []struct {
		w, h, radius int
	}{{12, 12, 6}, {44, 44, 22}, {40, 40, 99}, {3, 20, 2}, {20, 3, 2}, {4, 4, 2}, {1, 1, 1}, {2, 9, 1},
		{35, 20, 8}, {41, 17, 4}, {36, 60, 12}, {13, 13, 7}, {10, 10, 0}, {7, 30, -2}} {
		r := image.Rect(-5, 3, -5+c.w, 3+c.h)
		s := round(r, c.radius)
		var row roundedRow
		for y := r.Min.Y - 1; y <= r.Max.Y; y++ {
			if s.line(y, &row) != (y >= r.Min.Y && y < r.Max.Y) {
				t.Fatalf("%v: line %d", c, y)
			}
			if y < r.Min.Y || y >= r.Max.Y {
				continue
			}
			for x := r.Min.X - 1; x <= r.Max.X; x++ {
				got := int(row.level(x-r.Min.X)) * refPoints * refPoints / 32
				want := refCoverage(r, c.radius, x, y)
				off := max(got-want, want-got)
				if worst = max(worst, off); off > 36 {
					t.Errorf("%+v pixel (%d, %d): %d points, want %d", c, x, y, got, want)
				}
			}
		}
	}
	t.Logf("largest difference %d points of 1,024", worst)
}

func TestRoundRect(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		r, radius, c := s.rect(), s.rand.IntN(30), s.color()
		shape := round(r, radius)
		return func(m *Image) { m.RoundRect(r, radius, c) }, func(m *Image) {
			refDraw(m, r, func(x, y int, b Color) Color {
				var row roundedRow
				shape.line(y, &row)
				return refMixLevel(b, c, levelByDefinition(&row, x-r.Min.X))
			})
		}
	})
}

// levelByDefinition adds up the eight lines of a pixel, without the short cut
// for pixels that are wholly inside.
func levelByDefinition(row *roundedRow, i int) int {
	sum := 0
	for _, lo := range row.lo {
		for u := i * subUnit; u < (i+1)*subUnit; u++ {
			if u >= lo && u < row.width-lo {
				sum++
			}
		}
	}
	return (sum + 8) / 16
}

func TestRoundRing(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		r, radius, width, c := s.rect(), s.rand.IntN(30), 1+s.rand.IntN(6), s.color()
		outer := round(r, radius)
		inner := rounded{r.Inset(0), max(outer.radius-width*subUnit, 0)}
		inner.box = image.Rectangle{Min: r.Min.Add(image.Pt(width, width)), Max: r.Max.Sub(image.Pt(width, width))}
		return func(m *Image) { m.RoundRing(r, radius, width, c) }, func(m *Image) {
			refDraw(m, r, func(x, y int, b Color) Color {
				var row roundedRow
				outer.line(y, &row)
				l := levelByDefinition(&row, x-r.Min.X)
				if inner.line(y, &row) {
					l -= levelByDefinition(&row, x-inner.box.Min.X)
				}
				return refMixLevel(b, c, max(l, 0))
			})
		}
	})
	s := newScene(9)
	before := s.clone()
	s.m.RoundRing(s.m.Rect, 3, 0, 1)
	s.m.RoundRing(s.m.Rect, 3, -1, 1)
	if !s.whole.Equal(before.whole) {
		t.Error("a ring without width was drawn")
	}
}

// TestRoundIsSymmetric mirrors a disc and a pill in both axes.
func TestRoundIsSymmetric(t *testing.T) {
	for w := 1; w < 40; w++ {
		for _, h := range []int{w, 24} {
			m := New(image.Rect(0, 0, w, h))
			m.RoundRect(m.Rect, 100, 0xFFFF)
			for y := range h {
				for x := range w {
					if c := m.At(x, y); c != m.At(w-1-x, y) || c != m.At(x, h-1-y) {
						t.Fatalf("%dx%d is not symmetric at (%d, %d)", w, h, x, y)
					}
				}
			}
		}
	}
}
