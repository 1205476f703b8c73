package uitest

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func picture(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = uint8(i*7) | 3
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

func TestGolden(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "x.png")
	m := picture(20, 10)
	err := golden(path, m, false)
	if err == nil || !strings.Contains(err.Error(), "-update") {
		t.Errorf("without a kept picture: %v", err)
	}
	if err := golden(path, m, true); err != nil {
		t.Fatal(err)
	}
	if err := golden(path, m, false); err != nil {
		t.Error(err)
	}
	m.SetRGBA(3, 4, color.RGBA{1, 2, 3, 255})
	m.SetRGBA(7, 5, color.RGBA{1, 2, 3, 255})
	err = golden(path, m, false)
	if err == nil || !strings.Contains(err.Error(), "2 pixels differ, within (3,4)-(8,6)") {
		t.Errorf("two other pixels: %v", err)
	}
	if d, err := ReadPNG(beside(path, ".diff")); err != nil || d.At(3, 4) != (color.RGBA{255, 0, 0, 255}) {
		t.Errorf("the difference is not marked: %v", err)
	}
	if a, err := ReadPNG(beside(path, ".actual")); err != nil {
		t.Error(err)
	} else if n, _, _ := Compare(a, m); n != 0 {
		t.Errorf("what was drawn was not written")
	}
	if err := golden(path, m, true); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(beside(path, ".diff")); err == nil {
		t.Error("an old difference was left behind")
	}
}

func TestCompareSizes(t *testing.T) {
	n, where, _ := Compare(picture(4, 4), picture(4, 6))
	if n == 0 || where.Max != image.Pt(4, 6) {
		t.Errorf("%d pixels differ, within %v", n, where)
	}
	// A translated picture is the same picture.
	m := picture(8, 8)
	if n, _, _ := Compare(m.SubImage(image.Rect(2, 2, 6, 6)), m.SubImage(image.Rect(2, 2, 6, 6))); n != 0 {
		t.Errorf("%d pixels differ from themselves", n)
	}
}
