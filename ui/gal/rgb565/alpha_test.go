package rgb565

import (
	"image"
	"testing"
)

func TestBlitAlpha(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		r, src, a := s.rect(), s.noise(image.Rect(-5, -5, 30, 25)), uint8(s.rand.Uint32())
		if s.rand.IntN(4) == 0 {
			a = a & 1 * 255
		}
		sp := image.Pt(s.rand.IntN(50)-12, s.rand.IntN(50)-12)
		return func(m *Image) { m.BlitAlpha(r, src, sp, a) },
			func(m *Image) {
				refDraw(m, r, func(x, y int, b Color) Color {
					if p := image.Pt(x, y).Sub(r.Min).Add(sp); p.In(src.Rect) {
						return refMix(b, src.At(p.X, p.Y), a)
					}
					return b
				})
			}
	})
}

func TestDrawBits(t *testing.T) {
	compare(t, 300, func(s *scene) (_, _ func(*Image)) {
		w, h := 1+s.rand.IntN(30), 1+s.rand.IntN(20)
		stride := (w + 7) / 8
		bits := &Bits{Pix: make([]uint8, stride*h), Rect: image.Rect(3, 3, 3+w, 3+h)}
		for i := range bits.Pix {
			bits.Pix[i] = uint8(s.rand.Uint32())
		}
		at, c := s.rect().Min, s.color()
		return func(m *Image) { m.DrawBits(at, bits, c) },
			func(m *Image) {
				refDraw(m, image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}, func(x, y int, b Color) Color {
					dx, dy := x-at.X, y-at.Y
					if bits.Pix[dy*stride+dx/8]>>(7-dx%8)&1 == 1 {
						return c
					}
					return b
				})
			}
	})
	m := New(image.Rect(0, 0, 20, 20))
	m.DrawBits(image.Pt(1, 1), &Bits{Pix: []uint8{255}, Rect: image.Rect(0, 0, 9, 1)}, 7)
	if !m.Equal(New(m.Rect)) {
		t.Error("a map that is too short draws")
	}
}
