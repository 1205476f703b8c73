package rgb565

import (
	"image"
	"math/rand/v2"
	"testing"
)

// The references draw pixel by pixel, straight from what doc.go says.

// refMix is the blend of a channel each.
func refMix(b, f Color, alpha uint8) Color { return refMixLevel(b, f, (int(alpha)+4)/8) }

func refMixLevel(b, f Color, l int) Color {
	one := func(shift, mask int) Color {
		x, y := int(b)>>shift&mask, int(f)>>shift&mask
		return Color((y*l + x*(32-l) + 16) / 32 << shift)
	}
	return one(11, 31) | one(5, 63) | one(0, 31)
}

// refDraw sets every pixel of m within r to what f makes of it.
func refDraw(m *Image, r image.Rectangle, f func(x, y int, old Color) Color) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if (image.Point{X: x, Y: y}).In(m.Rect) {
				i := (y-m.Rect.Min.Y)*m.Stride + x - m.Rect.Min.X
				m.Pix[i] = f(x, y, m.Pix[i])
			}
		}
	}
}

// refPoints is how many points along each axis of a pixel are looked at.
const refPoints = 32

// refCoverage is the number of points of the pixel (x, y), of
// refPoints x refPoints, that lie in a rounded rectangle.
func refCoverage(r image.Rectangle, radius, x, y int) (in int) {
	const unit = 2 * refPoints // to a pixel, so that points and centres are whole
	u := max(0, min(radius*unit, min(r.Dx(), r.Dy())*unit/2))
	for j := range refPoints {
		for i := range refPoints {
			if inRounded(r.Min.Mul(unit), r.Max.Mul(unit), u, x*unit+2*i+1, y*unit+2*j+1) {
				in++
			}
		}
	}
	return in
}

func inRounded(lo, hi image.Point, radius, x, y int) bool {
	if x < lo.X || x >= hi.X || y < lo.Y || y >= hi.Y {
		return false
	}
	dx := max(0, lo.X+radius-x, x-(hi.X-radius))
	dy := max(0, lo.Y+radius-y, y-(hi.Y-radius))
	return dx*dx+dy*dy <= radius*radius
}

// scene is what a property test draws on: a random surface that is a part of
// a larger one, whose pixels outside must not change.
type scene struct {
	rand  *rand.Rand
	whole *Image
	m     *Image // a Sub of whole
}

func newScene(seed uint64) *scene {
	s := &scene{rand: rand.New(rand.NewPCG(seed, 565))}
	x, y := s.rand.IntN(40)-20, s.rand.IntN(40)-20
	s.whole = s.noise(image.Rect(x, y, x+30+s.rand.IntN(40), y+30+s.rand.IntN(30)))
	s.m = s.whole.Sub(s.rect())
	for s.m.Rect.Empty() {
		s.m = s.whole.Sub(s.rect())
	}
	return s
}

// noise is a surface of random pixels, some of them extreme.
func (s *scene) noise(r image.Rectangle) *Image {
	m := New(r)
	for i := range m.Pix {
		m.Pix[i] = s.color()
	}
	return m
}

func (s *scene) color() Color {
	if n := s.rand.IntN(8); n < 2 {
		return Color(n * 0xFFFF)
	}
	return Color(s.rand.Uint32())
}

// rect is a rectangle that may be in, over or beside the scene, or inside out.
func (s *scene) rect() image.Rectangle {
	x, y := s.rand.IntN(110)-40, s.rand.IntN(110)-40
	return image.Rectangle{Min: image.Pt(x, y), Max: image.Pt(x+s.rand.IntN(70)-3, y+s.rand.IntN(70)-3)}
}

// clone copies the whole scene; its m is the same part.
func (s *scene) clone() *scene {
	c := &scene{rand: s.rand, whole: &Image{append([]Color(nil), s.whole.Pix...), s.whole.Stride, s.whole.Rect}}
	c.m = c.whole.Sub(s.m.Rect)
	return c
}

// compare runs many random drawings on both got and want and compares all pixels.
func compare(t *testing.T, rounds int, draw func(s *scene) (got, want func(m *Image))) {
	t.Helper()
	for seed := range uint64(rounds) {
		a := newScene(seed)
		b := a.clone()
		got, want := draw(a)
		got(a.m)
		want(b.m)
		if !a.whole.Equal(b.whole) {
			t.Fatalf("seed %d: surface %v of %v differs from the reference%s", seed, a.m.Rect, a.whole.Rect, firstDifference(a.whole, b.whole))
		}
	}
}
