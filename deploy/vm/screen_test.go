package vm

import (
	"image"
	"image/color"
	"strings"
	"testing"
)

func TestDecodePPM(t *testing.T) {
	m, err := decodePPM(strings.NewReader("P6\n2 1\n255\n\n\x02\x03\x04\x05\xff"))
	if err != nil || m.Bounds() != image.Rect(0, 0, 2, 1) ||
		m.RGBAAt(0, 0) != (color.RGBA{'\n', 2, 3, 255}) || m.RGBAAt(1, 0) != (color.RGBA{4, 5, 255, 255}) {
		t.Errorf("%v, %v", m, err)
	}
	for name, bad := range map[string]string{
		"empty": "", "another kind": "P3\n1 1\n255\n000", "too short": "P6\n2 1\n255\n12345", "16 bits": "P6\n1 1\n65535\n123456",
		"no size": "P6\n0 1\n255\n", "too large": "P6\n100000 100000\n255\n", "negative": "P6\n-1 1\n255\n123",
	} {
		if m, err := decodePPM(strings.NewReader(bad)); err == nil {
			t.Errorf("%s: %v", name, m.Bounds())
		}
	}
}

func FuzzDecodePPM(f *testing.F) {
	f.Add("P6\n2 1\n255\n123456")
	f.Add("P6 4096 4096 255 ")
	f.Fuzz(func(t *testing.T, ppm string) {
		if m, err := decodePPM(strings.NewReader(ppm)); err == nil && m.Bounds().Empty() {
			t.Error("an empty picture")
		}
	})
}
