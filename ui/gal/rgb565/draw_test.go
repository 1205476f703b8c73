package rgb565

import (
	"fmt"
	"image"
	"testing"
)

func firstDifference(got, want *Image) string {
	for y := got.Rect.Min.Y; y < got.Rect.Max.Y; y++ {
		for x := got.Rect.Min.X; x < got.Rect.Max.X; x++ {
			if g, w := got.At(x, y), want.At(x, y); g != w {
				return fmt.Sprintf(" at (%d, %d): %04x, want %04x", x, y, g, w)
			}
		}
	}
	return ""
}

func TestMixIsExact(t *testing.T) {
	for alpha := range 256 {
		for v := range 64 * 64 {
			under := Color(v%32<<11 | v%64<<5 | v/2%32)
			over := Color(v/64%32<<11 | v/64<<5 | v/128)
			if got, want := over.Mix(under, uint8(alpha)), refMix(under, over, uint8(alpha)); got != want {
				t.Fatalf("%04x on %04x at %d: %04x, want %04x", over, under, alpha, got, want)
			}
		}
	}
	for c := range 1 << 16 {
		if got := Color(c).Mix(^Color(c), 255); got != Color(c) {
			t.Fatalf("%04x opaque is %04x", c, got)
		}
		if got := (^Color(c)).Mix(Color(c), 0); got != Color(c) {
			t.Fatalf("nothing on %04x is %04x", c, got)
		}
	}
}

func TestColors(t *testing.T) {
	for c := range 1 << 16 { // every pixel survives its 8-bit meaning
		r, g, b := Color(c).expand()
		if got := RGB(r, g, b); got != Color(c) {
			t.Fatalf("%04x became %04x", c, got)
		}
	}
	if got := RGB(0x18, 0x14, 0x10); got != 3<<11|5<<5|2 {
		t.Errorf("the dark background is %04x", got)
	}
	r, g, b, a := Color(31<<11 | 26<<5 | 12).RGBA()
	if r>>8 != 0xFF || g>>8 != 0x69 || b>>8 != 0x63 || a != 0xFFFF {
		t.Errorf("the accent is %x %x %x %x", r, g, b, a)
	}
}

func TestFill(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		r, c := s.rect(), s.color()
		return func(m *Image) { m.Fill(r, c) },
			func(m *Image) { refDraw(m, r, func(int, int, Color) Color { return c }) }
	})
}

func TestBlend(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		r, c, a := s.rect(), s.color(), uint8(s.rand.Uint32())
		return func(m *Image) { m.Blend(r, c, a) },
			func(m *Image) { refDraw(m, r, func(_, _ int, b Color) Color { return refMix(b, c, a) }) }
	})
}

func TestDarken(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		r, den := s.rect(), 1+s.rand.IntN(9)
		num := s.rand.IntN(den + 1)
		dark := func(v Color) Color { return Color((int(v)*num*2 + den) / (2 * den)) }
		return func(m *Image) { m.Darken(r, num, den) },
			func(m *Image) {
				refDraw(m, r, func(_, _ int, b Color) Color {
					return dark(b>>11)<<11 | dark(b>>5&63)<<5 | dark(b&31)
				})
			}
	})
	s := newScene(1)
	before := s.clone()
	for _, f := range [][2]int{{-1, 3}, {4, 3}, {1, 0}, {0, 0}, {1, -1}} {
		s.m.Darken(s.m.Rect, f[0], f[1])
	}
	if !s.whole.Equal(before.whole) {
		t.Error("a factor that is none changed something")
	}
}

func TestBlit(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		r, src := s.rect(), s.noise(s.rect().Canon())
		sp := s.rect().Min
		return func(m *Image) { m.Blit(r, src, sp) }, func(m *Image) { refBlit(m, r, src, sp) }
	})
}

// refBlit copies what has a source.
func refBlit(m *Image, r image.Rectangle, src *Image, sp image.Point) {
	refDraw(m, r, func(x, y int, b Color) Color {
		p := image.Pt(x, y).Sub(r.Min).Add(sp)
		if !p.In(src.Rect) {
			return b
		}
		return src.At(p.X, p.Y)
	})
}

func TestBlitOntoItself(t *testing.T) {
	compare(t, 600, func(s *scene) (_, _ func(*Image)) {
		r := s.rect()
		sp := r.Min.Add(image.Pt(s.rand.IntN(9)-4, s.rand.IntN(9)-4))
		whole, saved := s.whole, s.clone().whole
		return func(m *Image) { m.Blit(r, whole, sp) }, func(m *Image) { refBlit(m, r, saved, sp) }
	})
}

func TestBlitRounded(t *testing.T) {
	compare(t, 200, func(s *scene) (_, _ func(*Image)) {
		r, src := s.rect(), s.noise(s.rect().Canon())
		sp, radius := r.Min.Sub(image.Pt(s.rand.IntN(9)-4, 0)), s.rand.IntN(12)
		shape := round(r, radius)
		return func(m *Image) { m.BlitRounded(r, src, sp, radius) }, func(m *Image) {
			refDraw(m, r, func(x, y int, b Color) Color {
				p := image.Pt(x, y).Sub(r.Min).Add(sp)
				if !p.In(src.Rect) {
					return b
				}
				var row roundedRow
				shape.line(y, &row)
				return refMixLevel(b, src.At(p.X, p.Y), int(row.level(x-r.Min.X)))
			})
		}
	})
}

func TestDrawMask(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		box := s.rect().Canon()
		mask := &Mask{Stride: box.Dx() + s.rand.IntN(3), Rect: box}
		mask.Pix = make([]uint8, mask.Stride*box.Dy())
		for i := range mask.Pix {
			mask.Pix[i] = uint8(max(0, min(255, s.rand.IntN(400)-70)))
		}
		at, c := s.rect().Min, s.color()
		return func(m *Image) { m.DrawMask(at, mask, c) }, func(m *Image) {
			refDraw(m, image.Rectangle{Min: at, Max: at.Add(box.Size())}, func(x, y int, b Color) Color {
				return refMix(b, c, mask.Pix[(y-at.Y)*mask.Stride+x-at.X])
			})
		}
	})
}

func TestDrawGlyph(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		at, w, h := s.rect().Min, s.rand.IntN(30), s.rand.IntN(30)
		pix := make([]byte, (w+1)/2*h)
		for i := range pix {
			pix[i] = byte(s.rand.Uint32() & s.rand.Uint32())
		}
		curve := new([16]uint8)
		for i := range curve {
			curve[i] = uint8(s.rand.Uint32())
		}
		if s.rand.IntN(3) == 0 {
			curve = nil
		}
		c := s.color()
		return func(m *Image) { m.DrawGlyph(at.X, at.Y, w, h, pix, c, curve) }, func(m *Image) {
			refDraw(m, image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}, func(x, y int, b Color) Color {
				v := pix[(y-at.Y)*((w+1)/2)+(x-at.X)/2] >> (4 - 4*((x-at.X)&1)) & 15
				if curve == nil {
					return refMix(b, c, v*17)
				}
				return refMix(b, c, curve[v])
			})
		}
	})
	s := newScene(1)
	before := s.clone()
	s.m.DrawGlyph(s.m.Rect.Min.X, s.m.Rect.Min.Y, 4, 4, make([]byte, 7), 0, nil)
	s.m.DrawGlyph(s.m.Rect.Min.X, s.m.Rect.Min.Y, -4, 4, make([]byte, 7), 0, nil)
	if !s.whole.Equal(before.whole) {
		t.Error("a glyph with too few pixels was drawn")
	}
}

func TestRotate(t *testing.T) {
	for seed := range uint64(1000) {
		s := newScene(seed)
		src := s.noise(image.Rect(-3, 2, -3+1+s.rand.IntN(40), 2+1+s.rand.IntN(40)))
		quarters := s.rand.IntN(9) - 2
		w, h := src.Rect.Dx(), src.Rect.Dy()
		if quarters&1 == 1 {
			w, h = h, w
		}
		if s.rand.IntN(2) == 0 { // a target that does not fit
			w, h = 1+s.rand.IntN(50), 1+s.rand.IntN(50)
		}
		m := s.noise(image.Rect(7, -5, 7+w, -5+h))
		want := &Image{append([]Color(nil), m.Pix...), m.Stride, m.Rect}
		r := s.rect()
		if s.rand.IntN(2) == 0 {
			r = src.Rect
		}
		m.Rotate(src, r, quarters)
		refDraw(src, r, func(x, y int, c Color) Color {
			x, y = turned(x-src.Rect.Min.X, y-src.Rect.Min.Y, src.Rect.Size(), quarters)
			if x >= 0 && x < w && y >= 0 && y < h {
				want.Pix[y*w+x] = c
			}
			return c
		})
		if !m.Equal(want) {
			t.Fatalf("seed %d: %v turned %d to %v: differs%s", seed, src.Rect, quarters, m.Rect, firstDifference(m, want))
		}
	}
}

// turned turns a place in a surface of this size, a quarter at a time.
func turned(x, y int, size image.Point, quarters int) (int, int) {
	for range quarters & 3 {
		x, y = size.Y-1-y, x
		size.X, size.Y = size.Y, size.X
	}
	return x, y
}

func TestSubAndEqual(t *testing.T) {
	s := newScene(3)
	if sub := s.m.Sub(image.Rect(1000, 1000, 1001, 1001)); !sub.Rect.Empty() {
		t.Errorf("a part outside is %v", sub.Rect)
	}
	empty := &Image{}
	empty.Fill(image.Rect(0, 0, 9, 9), 1)
	empty.Blit(image.Rect(0, 0, 9, 9), s.m, image.Point{})
	if !empty.Equal(New(image.Rect(5, 5, 5, 9))) || empty.Equal(s.m) {
		t.Error("empty surfaces")
	}
	other := s.clone()
	if !s.m.Equal(other.m) {
		t.Error("a copy differs")
	}
	other.m.Pix[0]++
	if s.m.Equal(other.m) || s.m.Equal(New(s.m.Rect.Add(image.Pt(1, 0)))) {
		t.Error("another is equal")
	}
}

func TestToRGBA(t *testing.T) {
	s := newScene(5)
	got := ToRGBA(s.m)
	if got.Rect != s.m.Rect {
		t.Fatalf("%v became %v", s.m.Rect, got.Rect)
	}
	refDraw(s.m, s.m.Rect, func(x, y int, c Color) Color {
		r, g, b := uint8(c>>11), uint8(c>>5&63), uint8(c&31)
		if p := got.RGBAAt(x, y); p.R != r<<3|r>>2 || p.G != g<<2|g>>4 || p.B != b<<3|b>>2 || p.A != 255 {
			t.Fatalf("%04x became %v", c, p)
		}
		return c
	})
}

func TestNothingAllocates(t *testing.T) {
	m, src := New(image.Rect(0, 0, 64, 64)), New(image.Rect(0, 0, 64, 64))
	r, mask := image.Rect(-3, 5, 50, 60), &Mask{make([]uint8, 400), 20, image.Rect(0, 0, 20, 20)}
	glyph, curve := make([]byte, 200), linear
	ycbcr := image.NewYCbCr(image.Rect(0, 0, 100, 80), image.YCbCrSubsampleRatio420)
	rgba, nrgba := image.NewRGBA(ycbcr.Rect), image.NewNRGBA(image.Rect(0, 0, 9, 9))
	if n := testing.AllocsPerRun(10, func() {
		m.Fill(r, 1)
		m.Blend(r, 1, 99)
		m.Darken(r, 1, 3)
		m.Blit(r, src, image.Point{})
		m.Blit(r, m, image.Pt(2, 2))
		m.BlitRounded(r, src, image.Point{}, 6)
		m.RoundRect(r, 12, 1)
		m.RoundRing(r, 12, 2, 1)
		m.DrawMask(image.Pt(-2, 3), mask, 7)
		m.DrawGlyph(5, 5, 20, 20, glyph, 7, &curve)
		m.GradientV(r, [3]uint8{1, 2, 3}, [3]uint8{99, 98, 97})
		m.Rotate(src, src.Rect, 1)
		m.Scale(r, ycbcr, ycbcr.Rect)
		m.Scale(r, rgba, rgba.Rect)
		m.Scale(r, nrgba, nrgba.Rect)
		m.Equal(src)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
