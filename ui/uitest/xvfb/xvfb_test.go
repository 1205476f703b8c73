package xvfb

import (
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"linnet/ui/gal/rgb565"
)

// dump is an X window dump of 3 x 2 pixels with one colour map entry.
func dump() []byte {
	h := make([]uint32, xwdWords)
	h[xwdHeaderSize], h[xwdVersion], h[xwdFormat] = 4*xwdWords+4, 7, 2
	h[xwdWidth], h[xwdHeight], h[xwdBitsPerPixel], h[xwdBytesPerLine] = 3, 2, 32, 16
	h[xwdRedMask], h[xwdGreenMask], h[xwdBlueMask], h[xwdColors] = 0xff0000, 0xff00, 0xff, 1
	var b []byte
	for _, v := range h {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, make([]byte, 4+12)...) // the window's name, the colour map
	for i := range 8 {
		b = binary.LittleEndian.AppendUint32(b, uint32(0x010203*(i+1)))
	}
	return b
}

func TestDecodeXWD(t *testing.T) {
	m, err := decodeXWD(dump())
	if err != nil {
		t.Fatal(err)
	}
	if m.Rect != image.Rect(0, 0, 3, 2) {
		t.Fatalf("the picture is %v", m.Rect)
	}
	for y := range 2 {
		for x := range 3 {
			n := uint8(4*y + x + 1)
			if got := m.RGBAAt(x, y); got != (color.RGBA{n, 2 * n, 3 * n, 255}) {
				t.Errorf("(%d, %d) is %v", x, y, got)
			}
		}
	}
}

func TestDecodeXWDRefuses(t *testing.T) {
	whole := dump()
	for n := range whole {
		if _, err := decodeXWD(whole[:n]); err == nil {
			t.Errorf("the first %d bytes of %d are a picture", n, len(whole))
		}
	}
	for _, word := range []int{xwdHeaderSize, xwdVersion, xwdFormat, xwdWidth, xwdHeight, xwdByteOrder, xwdBitsPerPixel, xwdBytesPerLine, xwdRedMask, xwdColors} {
		bad := dump()
		binary.BigEndian.PutUint32(bad[4*word:], 0xFFFFFFF0)
		if _, err := decodeXWD(bad); err == nil {
			t.Errorf("a header whose word %d is nonsense is taken", word)
		}
	}
}

func TestShrink(t *testing.T) {
	shot := image.NewRGBA(image.Rect(0, 0, 100, 100))
	want := rgb565.New(image.Rect(0, 0, 8, 5))
	at := image.Rect(10, 20, 10+8*3, 20+5*3)
	for y := range 5 {
		for x := range 8 {
			c := rgb565.Color(x*7919 + y*104729)
			want.Fill(image.Rect(x, y, x+1, y+1), c)
			p := at.Min.Add(image.Pt(3*x, 3*y))
			draw.Draw(shot, image.Rectangle{Min: p, Max: p.Add(image.Pt(3, 3))}, image.NewUniform(c), image.Point{}, draw.Src)
		}
	}
	got, err := Shrink(shot, at, want.Rect.Size())
	if err != nil || !got.Equal(want) {
		t.Fatalf("another picture, %v", err)
	}
	shot.SetRGBA(at.Min.X+4, at.Min.Y+4, color.RGBA{1, 99, 200, 255})
	if _, err := Shrink(shot, at, want.Rect.Size()); err == nil {
		t.Error("a pixel of two colours")
	}
	for _, r := range []image.Rectangle{at.Add(image.Pt(90, 0)), at.Inset(1), {}} {
		if _, err := Shrink(shot, r, want.Rect.Size()); err == nil {
			t.Errorf("%v is taken", r)
		}
	}
}
