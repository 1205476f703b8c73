package rgb565

import (
	"image"
	"math/rand/v2"
	"testing"
)

// translucent draws something of which a part shows through, on a picture.
func translucent(m *Image) {
	m.Fill(image.Rect(8, 5, 20, 9), 0xf81f)
	coverage := &Mask{Pix: make([]uint8, 30*10), Stride: 30, Rect: image.Rect(0, 0, 30, 10)}
	for i := range coverage.Pix {
		coverage.Pix[i] = uint8(i * 255 / 299)
	}
	m.DrawMask(image.Pt(4, 7), coverage, 0xffdf)
	m.DrawMask(image.Pt(6, 9), coverage, 0x0841)
}

// What a layer gives is what is drawn, but for the last bits of its mixing.
func TestLayer(t *testing.T) {
	part := image.Rect(3, 4, 50, 22)
	surface := func(c Color) *Image {
		m := New(part)
		m.Fill(part, c)
		translucent(m)
		return m
	}
	rng := rand.New(rand.NewPCG(1, 2))
	picture := New(image.Rect(0, 0, 64, 40))
	for i := range picture.Pix {
		picture.Pix[i] = Color(rng.Uint32())
	}
	want := New(picture.Rect)
	copy(want.Pix, picture.Pix)
	translucent(want)
	for quarters := range 4 {
		layer := NewLayer(surface(0), surface(0xffff), picture.Rect.Size(), quarters)
		if n := len(layer.pix); n > 500 || n < 12*4 {
			t.Errorf("%d pixels are not clear", n)
		}
		turned := picture
		if quarters > 0 {
			t := turn(picture.Rect.Size(), quarters)
			turned = New(t.rect(picture.Rect))
			turned.Rotate(picture, picture.Rect, quarters)
		}
		over := New(turned.Rect)
		copy(over.Pix, turned.Pix)
		layer.Over(over)
		got := New(picture.Rect)
		if got.Blit(got.Rect, over, over.Rect.Min); quarters > 0 {
			got.Rotate(over, over.Rect, 4-quarters)
		}
		alike(t, got, want)

		// In parts it is the same.
		pieces := New(turned.Rect)
		copy(pieces.Pix, turned.Pix)
		for x := 0; x < pieces.Rect.Max.X; x += 7 {
			for y := 0; y < pieces.Rect.Max.Y; y += 5 {
				layer.Over(pieces.Sub(image.Rect(x, y, x+7, y+5)))
			}
		}
		if !pieces.Equal(over) {
			t.Errorf("%d quarters: in parts it is another picture", quarters)
		}
	}
}

// alike allows two steps of each channel.
func alike(t *testing.T, got, want *Image) {
	t.Helper()
	for i, c := range got.Pix {
		r, g, b := c.expand()
		wr, wg, wb := want.Pix[i].expand()
		for _, d := range []int{int(r) - int(wr), int(g) - int(wg), int(b) - int(wb)} {
			if d < -17 || d > 17 {
				t.Fatalf("pixel %d is %#x, want about %#x", i, c, want.Pix[i])
			}
		}
	}
}

func TestLayerTakesNoMemory(t *testing.T) {
	black, white, m := New(image.Rect(0, 0, 40, 30)), New(image.Rect(0, 0, 40, 30)), New(image.Rect(0, 0, 40, 30))
	white.Fill(white.Rect, 0xffff)
	translucent(black)
	translucent(white)
	l := NewLayer(black, white, m.Rect.Size(), 0)
	if n := testing.AllocsPerRun(10, func() { l.Over(m) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
