package font

import (
	"image"
	"testing"

	"linnet/ui/gal/rgb565"
	"linnet/ui/uitest"
)

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
			uitest.Golden(t, g.name, rgb565.ToRGBA(m.Sub(image.Rect(0, 0, 320, y))))
		})
	}
}
