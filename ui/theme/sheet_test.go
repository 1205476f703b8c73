package theme

import (
	"image"
	"testing"

	"linnet/ui/gal/rgb565"
	"linnet/ui/uitest"
)

// TestGolden draws every icon at every size and every bird, in both themes.
func TestGolden(t *testing.T) {
	for _, theme := range []*Theme{Dark(), Light()} {
		t.Run(theme.Name, func(t *testing.T) { uitest.Golden(t, theme.Name, rgb565.ToRGBA(sheet(theme))) })
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
