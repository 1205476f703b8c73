package theme

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"linnet/ui/gal/rgb565"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// TestGolden draws every icon at every size and every bird, in both themes.
func TestGolden(t *testing.T) {
	for _, theme := range []*Theme{Dark(), Light()} {
		t.Run(theme.Name, func(t *testing.T) { golden(t, theme.Name, sheet(theme)) })
	}
}

func sheet(t *Theme) *rgb565.Image {
	const columns, cell = 7, 48
	rows := (int(iconCount) + columns - 1) / columns
	m := rgb565.New(image.Rect(0, 0, columns*cell, rows*32+124))
	m.Fill(m.Rect, t.Background)
	for i := range iconCount {
		at := image.Pt(int(i)%columns*cell+2, int(i)/columns*32+4)
		m.DrawMask(at, i.Mask(24), t.Text)
		m.DrawMask(at.Add(image.Pt(26, 4)), i.Mask(16), t.Text2)
	}
	y := rows*32 + 4
	for i, icon := range []Icon{IconPlay, IconPause} {
		disc := image.Rect(236+48*i, y, 280+48*i, y+44)
		m.RoundRect(disc, 22, t.Accent)
		m.DrawMask(disc.Min.Add(image.Pt(8, 8)), icon.Mask(28), t.OnAccent)
	}
	x := 4
	for _, size := range []int{22, 72, 84} {
		DrawBird(m, image.Pt(x, y), size, t)
		m.Fill(image.Rect(x, y+BirdFeet(size), x+size, y+BirdFeet(size)+3), t.Line)
		x += size + 12
	}
	return m
}

// golden compares m with testdata/name.png.
func golden(t *testing.T, name string, m *rgb565.Image) {
	t.Helper()
	path, got := filepath.Join("testdata", name+".png"), rgb565.ToRGBA(m)
	if *update {
		save(t, path, got)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if wrong := differing(got, want); wrong > 0 {
		failed := filepath.Join("testdata", "failed", name+".png")
		save(t, failed, got)
		t.Errorf("%d pixels differ from %s; see %s", wrong, path, failed)
	}
}

func differing(a, b image.Image) (n int) {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if color.NRGBAModel.Convert(a.At(x, y)) != color.NRGBAModel.Convert(b.At(x, y)) {
				n++
			}
		}
	}
	return n
}

func save(t *testing.T, path string, m image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
}
