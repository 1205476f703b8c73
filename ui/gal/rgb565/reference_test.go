package rgb565

import (
	"image"
	"math"
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

// refCoverage is the share of the pixel (x, y), 0..1, that a rounded rectangle
// covers: 32 x 32 points, in real numbers.
func refCoverage(r image.Rectangle, radius float64, x, y int) float64 {
	const n = 32
	radius = math.Max(0, math.Min(radius, float64(min(r.Dx(), r.Dy()))/2))
	in := 0
	for j := range n {
		for i := range n {
			px, py := float64(x)+(float64(i)+0.5)/n, float64(y)+(float64(j)+0.5)/n
			if inRounded(r, radius, px, py) {
				in++
			}
		}
	}
	return float64(in) / (n * n)
}

func inRounded(r image.Rectangle, radius, x, y float64) bool {
	x0, y0, x1, y1 := float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y)
	if x < x0 || x >= x1 || y < y0 || y >= y1 {
		return false
	}
	dx := math.Max(0, math.Max(x0+radius-x, x-(x1-radius)))
	dy := math.Max(0, math.Max(y0+radius-y, y-(y1-radius)))
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
