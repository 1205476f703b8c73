package cover

import (
	"bytes"
	"image"
	"testing"
)

// The cover is opaque, of its size, the same each time, and has the one loud
// colour in it, but not everywhere.
func TestDraw(t *testing.T) {
	img := Draw()
	if img.Bounds() != image.Rect(0, 0, Size, Size) {
		t.Fatalf("bounds %v", img.Bounds())
	}
	loud := 0
	for y := range Size {
		for x := range Size {
			r, g, b, a := img.At(x, y).RGBA()
			if a != 0xffff {
				t.Fatalf("alpha %#x at %d, %d", a, x, y)
			}
			if r>>8 == uint32(crimson.R) && g>>8 == uint32(crimson.G) && b>>8 == uint32(crimson.B) {
				loud++
			}
		}
	}
	if loud < Size*Size/100 || loud > Size*Size/15 {
		t.Errorf("%d pixels of crimson", loud)
	}
	if !bytes.Equal(img.(canvas).Pix, Draw().(canvas).Pix) {
		t.Error("a second cover differs")
	}
}

func TestBadPath(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a bad path was drawn")
		}
	}()
	canvas{image.NewRGBA(image.Rect(0, 0, 9, 9))}.fill(cream, "M 0 0 Q 1 1")
}
