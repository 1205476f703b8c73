package theme

import (
	"image"
	"math"
	"testing"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
)

// TestPalette spells the palette as the 8-bit colours that a panel shows.
func TestPalette(t *testing.T) {
	for _, tt := range []struct {
		theme *Theme
		want  [11]uint32
	}{
		{Dark(), [11]uint32{0x181410, 0x292421, 0x393029, 0x4A4139, 0xF7EFDE, 0xB5AA9C, 0x635952, 0xFF6963, 0x181410, 0xFFB242, 0xF7EFDE}},
		{Light(), [11]uint32{0xF7F3E7, 0xE7E3D6, 0xFFFFF7, 0xCEC7B5, 0x211C18, 0x635D52, 0xA59E94, 0xB52039, 0xFFFFF7, 0x8C5100, 0x211C18}},
	} {
		for i, c := range tt.theme.colours() {
			r, g, b, _ := c.RGBA()
			if got := r>>8<<16 | g>>8<<8 | b>>8; got != tt.want[i] {
				t.Errorf("%s: colour %d is #%06X, want #%06X", tt.theme.Name, i, got, tt.want[i])
			}
		}
	}
	if Dark().Curve != font.DarkCurve || Light().Curve != font.LightCurve {
		t.Error("a theme has the other's curve")
	}
}

func (t *Theme) colours() [11]rgb565.Color {
	return [11]rgb565.Color{t.Background, t.Surface, t.Raised, t.Line, t.Text, t.Text2, t.Disabled, t.Accent, t.OnAccent, t.Danger, t.Focus}
}

func (t *Theme) neutrals() []rgb565.Color {
	c := t.colours()
	return c[:7]
}

// TestNeutralsAreWarm: no neutral has a green cast.
func TestNeutralsAreWarm(t *testing.T) {
	for _, theme := range []*Theme{Dark(), Light()} {
		for i, c := range theme.neutrals() {
			r, g, b, _ := c.RGBA()
			if r < g || g < b {
				t.Errorf("%s: neutral %d is %x %x %x", theme.Name, i, r>>8, g>>8, b>>8)
			}
		}
	}
}

// TestContrast computes every pair that carries words (WCAG 2.1, relative
// luminance and contrast ratio), to one decimal.
func TestContrast(t *testing.T) {
	type row struct {
		name  string
		fg    rgb565.Color
		wants []float64 // on background, surface, raised and, for text, line
	}
	d, l := Dark(), Light()
	for _, tt := range []struct {
		theme *Theme
		rows  []row
	}{
		{d, []row{{"text", d.Text, []float64{16.0, 13.4, 11.3, 8.7}}, {"text 2", d.Text2, []float64{8.0, 6.7, 5.6}}, {"accent", d.Accent, []float64{6.5, 5.4, 4.6}}, {"danger", d.Danger, []float64{10.2, 8.5, 7.2}}}},
		{l, []row{{"text", l.Text, []float64{15.2, 13.1, 16.8, 10.0}}, {"text 2", l.Text2, []float64{5.9, 5.1, 6.5}}, {"accent", l.Accent, []float64{5.9, 5.1, 6.5}}, {"danger", l.Danger, []float64{5.7, 5.0, 6.3}}}},
	} {
		grounds := []rgb565.Color{tt.theme.Background, tt.theme.Surface, tt.theme.Raised, tt.theme.Line}
		for _, r := range tt.rows {
			for i, want := range r.wants {
				check(t, tt.theme.Name+": "+r.name, r.fg, grounds[i], want)
			}
		}
	}
	check(t, "dark: on accent", d.OnAccent, d.Accent, 6.5)
	check(t, "dark: on danger", d.OnAccent, d.Danger, 10.2)
	check(t, "light: on accent", l.OnAccent, l.Accent, 6.5)
	check(t, "light: on danger", l.OnAccent, l.Danger, 6.3)
}

func check(t *testing.T, name string, a, b rgb565.Color, want float64) {
	t.Helper()
	got := exactContrast(a, b)
	if math.Abs(got-want) > 0.051 || got < 4.5 {
		t.Errorf("%s: contrast %.2f, want %.1f", name, got, want)
	}
}

func exactContrast(a, b rgb565.Color) float64 {
	x, y := exactLuminance(a), exactLuminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func exactLuminance(c rgb565.Color) float64 {
	linear := func(v uint32) float64 {
		if x := float64(v>>8) / 255; x > 0.03928 {
			return math.Pow((x+0.055)/1.055, 2.4)
		} else {
			return x / 12.92
		}
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// TestMasks: every icon has a mask of its own at every size, with ink that
// stays inside and is about as heavy as a stroke icon's.
func TestMasks(t *testing.T) {
	seen := map[string]Icon{}
	for i := range iconCount {
		for _, size := range []int{16, 24} {
			m := i.Mask(size)
			if m.Rect != image.Rect(0, 0, size, size) || m.Stride != size || len(m.Pix) != size*size {
				t.Fatalf("icon %d at %d is %v, stride %d, %d pixels", i, size, m.Rect, m.Stride, len(m.Pix))
			}
			if ink := weight(m); ink < 4 || ink > 45 {
				t.Errorf("icon %d at %d covers %d %%", i, size, ink)
			}
		}
		if other, ok := seen[string(i.Mask(24).Pix)]; ok {
			t.Errorf("icons %d and %d look the same", i, other)
		}
		seen[string(i.Mask(24).Pix)] = i
	}
}

func weight(m *rgb565.Mask) int {
	sum := 0
	for _, c := range m.Pix {
		sum += int(c)
	}
	return sum * 100 / 255 / len(m.Pix)
}

func TestMaskSizes(t *testing.T) {
	for _, tt := range []struct {
		icon       Icon
		size, want int
	}{{IconPlay, 28, 28}, {IconPause, 40, 28}, {IconBack, 28, 24}, {IconEnter, 28, 24}, {IconBack, 20, 16}, {IconBack, 1, 16}} {
		if got := tt.icon.Mask(tt.size).Stride; got != tt.want {
			t.Errorf("icon %d at %d has %d pixels, want %d", tt.icon, tt.size, got, tt.want)
		}
	}
}

// TestBird: the bird stands on its perch, in the theme's colours, at every
// size.
func TestBird(t *testing.T) {
	th := Dark()
	for _, size := range []int{72, 84} {
		m := rgb565.New(image.Rect(0, 0, size, size))
		m.Fill(m.Rect, th.Background)
		DrawBird(m, image.Point{}, size, th)
		feet := BirdFeet(size)
		if !has(m, image.Rect(0, feet-1, size, feet), th.Text) {
			t.Errorf("size %d: no foot above the perch at %d", size, feet)
		}
		if below := m.Sub(image.Rect(0, feet, size, size)); !only(below, th.Background) {
			t.Errorf("size %d: the bird reaches below its perch at %d", size, feet)
		}
		for _, c := range []rgb565.Color{th.Text, th.Accent, th.Text2} {
			if !has(m, m.Rect, c) {
				t.Errorf("size %d lacks a colour", size)
			}
		}
	}
}

func has(m *rgb565.Image, r image.Rectangle, c rgb565.Color) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if m.At(x, y) == c {
				return true
			}
		}
	}
	return false
}

func only(m *rgb565.Image, c rgb565.Color) bool {
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			if m.At(x, y) != c {
				return false
			}
		}
	}
	return true
}

func TestWindowIcon(t *testing.T) {
	icon := WindowIcon()
	if icon.Bounds().Dx() != 96 || icon.Bounds().Dy() != 96 {
		t.Fatalf("%v", icon.Bounds())
	}
	if _, _, _, a := icon.At(0, 0).RGBA(); a != 0 {
		t.Error("the corner is not transparent")
	}
	if r, g, b, a := icon.At(48, 50).RGBA(); a != 0xFFFF || r <= g || g <= b {
		t.Errorf("the middle is %x %x %x %x", r, g, b, a)
	}
}

func TestNoAllocation(t *testing.T) {
	m := rgb565.New(image.Rect(0, 0, 100, 100))
	n := testing.AllocsPerRun(100, func() {
		th := Light()
		DrawBird(m, image.Pt(5, 5), 84, th)
		for i := range iconCount {
			m.DrawMask(image.Pt(9, 9), i.Mask(24), th.Text)
		}
	})
	if n != 0 {
		t.Errorf("%g allocations", n)
	}
}
