package font

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

// ground is a theme's text on its background.
type ground struct {
	name   string
	bg, fg rgb565.Color
	curve  Curve
}

func grounds() []ground {
	return []ground{
		{"dark", rgb565.RGB(0x18, 0x14, 0x10), rgb565.RGB(0xF7, 0xEF, 0xDE), DarkCurve},
		{"light", rgb565.RGB(0xF7, 0xF3, 0xE7), rgb565.RGB(0x21, 0x1C, 0x18), LightCurve},
	}
}

// samples are lines that a user meets, and lines that make trouble.
var samples = []string{
	"Harbour Lights · Marlow & Finch",
	"远山的回声 白鹭与风 · 11 首",
	"设置 播放队列 Linnet 1.0 已启用",
	"正在播放的歌曲在这个 U 盘上，",
	"“FIELD” 已拔出，“远山”继续……",
	"Ænima Ångström Čaj Đỗ ǎǐǒǔǚ ß",
	"Звезда Αθήνα жёлтый Ωμέγα",
	"さくら テスト（１２３）《》「」",
	"e\u0301 a\u0308 ☺ 🎵 \u7e41體 don’t — stop",
	"rain.flac 1:42 −4:28 +6 dB 100%",
}

func TestGolden(t *testing.T) {
	for _, g := range grounds() {
		t.Run(g.name, func(t *testing.T) {
			m := rgb565.New(image.Rect(0, 0, 320, 5*len(samples)*20))
			for i := range m.Pix {
				m.Pix[i] = g.bg
			}
			y := 0
			for s := Small; s <= Large; s++ {
				for _, text := range samples {
					Draw(m, s, 4, y+s.Ascent(), text, g.fg, g.curve)
					y += s.Height()
				}
			}
			golden(t, g.name, m.Sub(image.Rect(0, 0, 320, y)))
		})
	}
}

// golden compares m with testdata/name.png.
func golden(t *testing.T, name string, m *rgb565.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	got := picture(m)
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

func picture(m *rgb565.Image) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, m.Rect.Dx(), m.Rect.Dy()))
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			c := m.Pix[y*m.Stride+x]
			r, g, b := uint8(c>>11), uint8(c>>5&63), uint8(c&31)
			p.SetNRGBA(x, y, color.NRGBA{r<<3 | r>>2, g<<2 | g>>4, b<<3 | b>>2, 255})
		}
	}
	return p
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
