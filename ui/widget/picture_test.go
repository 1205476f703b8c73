package widget

import (
	"image"
	"strings"
	"testing"
	"testing/synctest"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/mem"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/uitest"
)

// still is a desktop for one picture: what is put on it is drawn and compared
// in both themes, the light one below the dark one.
type still struct {
	d     *ui.Desktop
	root  *ui.Window
	theme *theme.Theme
}

// add puts a control on the still.
func (s *still) add(w *ui.Window, r image.Rectangle, c ui.Control) { s.root.Add(w, r, c) }

// keys shows the focus of a control.
func (s *still) keys(w *ui.Window) {
	w.SetFocusable(true)
	w.Focus()
}

// pictures draws every control in its states.
var pictures = []struct {
	name string
	size image.Point
	draw func(s *still)
}{
	{"label", image.Pt(200, 90), func(s *still) {
		for i, st := range []font.Style{font.Small, font.Body, font.Large} {
			l := &Label{Theme: s.theme, Style: st, Ink: s.theme.Text, Paper: s.theme.Background, Align: Align(i), Baseline: 20 + 28*i}
			s.add(&l.Window, LabelBox(st, 8, 192, l.Baseline), l)
			l.SetText([]string{"Left, and far too long to be shown as a whole", "Middle 中间", "Right 右"}[i])
		}
	}},
	{"button", image.Pt(200, 44), func(s *still) {
		for i := range 4 {
			b := &Button{Theme: s.theme, Icon: theme.IconNext, Size: 24, Ink: s.theme.Text, Paper: s.theme.Background, Held: s.theme.Surface}
			s.add(&b.Window, image.Rect(4+48*i, 4, 48+48*i, 40), b)
			b.Enable(i != 3)
			if i == 1 {
				s.keys(&b.Window)
			}
			b.press = press{held: i == 2, over: i == 2}
		}
	}},
	{"disc", image.Pt(180, 60), func(s *still) {
		for i := range 3 {
			b := &Disc{Theme: s.theme, Icon: theme.IconPlay, Size: 28, Width: 44, Paper: s.theme.Background}
			s.add(&b.Window, image.Rect(4+56*i, 4, 60+56*i, 56), b)
			if i == 1 {
				s.keys(&b.Window)
			}
			b.press = press{held: i == 2, over: i == 2}
		}
	}},
	{"pill", image.Pt(320, 140), func(s *still) {
		for i := range 6 {
			b := &Pill{Theme: s.theme, Text: []string{"Open Files", "Presets", "取消", "Remove", "Held", "Focus"}[i], Tone: Tone(i % 4), Paper: s.theme.Background}
			s.add(&b.Window, image.Rect(4+104*(i%3), 8+64*(i/3), 104+104*(i%3), 56+64*(i/3)), b)
			b.press = press{held: i == 4, over: i == 4}
			if i == 5 {
				s.keys(&b.Window)
			}
		}
	}},
	{"toggle", image.Pt(160, 40), func(s *still) {
		for i := range 3 {
			b := &Toggle{Theme: s.theme, Paper: s.theme.Background}
			s.add(&b.Window, image.Rect(4+52*i, 4, 52+52*i, 36), b)
			b.Set(i > 0)
			if i == 2 {
				s.keys(&b.Window)
			}
		}
	}},
	{"slider", image.Pt(200, 60), func(s *still) {
		for i := range 2 {
			b := &Slider{Theme: s.theme, Paper: s.theme.Background, Track: image.Rect(20, 14+28*i, 180, 18+28*i), Radius: 2, Knob: 12 - 12*i, Step: 1}
			s.add(&b.Window, image.Rect(4, 4+28*i, 196, 30+28*i), b)
			b.Set(40, 100)
			if i == 0 {
				s.keys(&b.Window)
			}
		}
	}},
	{"progress", image.Pt(200, 40), func(s *still) {
		for i := range 2 {
			b := &Progress{Theme: s.theme, Paper: s.theme.Background, Track: s.theme.Line}
			s.add(&b.Window, image.Rect(12, 10+16*i, 188, 14+16*i), b)
			b.Set(int64(31-31*i), int64(100-100*i))
			b.step = 12
		}
	}},
	{"meter", image.Pt(180, 60), func(s *still) {
		b := &Meter{Theme: s.theme, Paper: s.theme.Background}
		s.add(&b.Window, image.Rectangle{Min: image.Pt(12, 8), Max: image.Pt(12, 8).Add(MeterSize)}, b)
		b.level, b.peak = [2]int{18, 28}, [2]int{22, 30}
	}},
	{"spectrum", image.Pt(180, 68), func(s *still) {
		b := &Spectrum{Theme: s.theme, Paper: s.theme.Background}
		s.add(&b.Window, image.Rectangle{Min: image.Pt(12, 8), Max: image.Pt(12, 8).Add(SpectrumSize)}, b)
		b.Init()
		for i := range b.level {
			b.level[i] = uint8(i * 7 % 12)
			b.peak[i] = b.level[i] + uint8(i%3)
		}
	}},
	{"tabs", image.Pt(240, 44), func(s *still) {
		b := &Tabs{Theme: s.theme, Paper: s.theme.Background, Labels: []string{"Queue", "播放列表", "Albums"}}
		s.add(&b.Window, image.Rect(4, 4, 236, 40), b)
		b.Choose(1)
		s.keys(&b.Window)
	}},
	{"list", image.Pt(320, 200), func(s *still) {
		l := &List{Theme: s.theme, Paper: s.theme.Background, Rows: samples{}}
		s.add(&l.Window, image.Rect(0, 0, 320, 200), l)
		l.Init()
		l.Reset(1)
		l.bar = true
		s.keys(&l.Window)
	}},
	{"grid", image.Pt(320, 120), func(s *still) {
		g := &Grid{Theme: s.theme, Paper: s.theme.Background, Tiles: sampleTiles{}, Columns: 3, Cover: image.Pt(92, 60)}
		s.add(&g.Window, image.Rect(0, 0, 320, 120), g)
		g.Init()
		g.walk(1)
		s.keys(&g.Window)
	}},
	{"equaliser", image.Pt(320, EqualiserHeight), func(s *still) {
		q := &Equaliser{Theme: s.theme, Paper: s.theme.Background, Names: strings.Fields("31 62 125 250 500 1k 2k 4k 8k 16k"), Most: 120, Step: 10}
		s.add(&q.Window, image.Rect(10, 0, 310, EqualiserHeight), q)
		q.Init()
		q.Set([]int{50, 70, 50, 20, -15, -25, 0, 30, 120, -120})
		q.cur = 3
		s.keys(&q.Window)
	}},
	{"edit", image.Pt(240, 96), func(s *still) {
		for i := range 2 {
			e := &Edit{Theme: s.theme, Paper: s.theme.Background}
			s.add(&e.Window, image.Rect(8, 4+46*i, 232, 44+46*i), e)
			e.Init()
			e.SetText([]string{"我的音乐", "A name that is longer than its line can be"}[i])
			if i == 0 {
				e.SetTyping("hui’sh")
			}
		}
	}},
	{"keyboard", image.Pt(320, KeyboardHeight), func(s *still) {
		e := &Edit{Theme: s.theme}
		k := &Keyboard{Theme: s.theme, Edit: e, Space: "空格", Done: "保存", Chinese: true}
		s.add(&k.Window, image.Rect(0, 0, 320, KeyboardHeight), k)
		k.Init()
		k.spell("huish")
		k.held, k.holding = kbKey{0, 3}, true
		s.keys(&k.Window)
	}},
	{"keyboard-signs", image.Pt(320, KeyboardHeight), func(s *still) {
		k := &Keyboard{Theme: s.theme, Edit: &Edit{Theme: s.theme}, Space: "space", Done: "Save"}
		s.add(&k.Window, image.Rect(0, 0, 320, KeyboardHeight), k)
		k.Init()
		k.signs, k.upper = true, true
	}},
	{"dialog", image.Pt(320, 200), func(s *still) {
		d := &Dialog{Theme: s.theme}
		d.Init(s.root)
		d.Open(Question{Icon: theme.IconTrash, Ask: "Delete “Evening”?", Tell: "The list is deleted. The music in it stays where it is, and can be put into another list.", No: "Cancel", Yes: "Delete", Harmful: true}, nil)
	}},
	{"dialog-one", image.Pt(320, 200), func(s *still) {
		d := &Dialog{Theme: s.theme}
		d.Init(s.root)
		d.Open(Question{Icon: theme.IconInfo, Ask: "更新完成", Tell: "重启后使用新版本。", Yes: "好"}, nil)
	}},
	{"menu", image.Pt(320, 200), func(s *still) {
		m := &Menu{Theme: s.theme}
		m.Init(s.root)
		m.Open(image.Pt(316, 36), []Choice{{Icon: theme.IconList, Text: "Queue"}, {Icon: theme.IconLyr, Text: "Lyrics", Chosen: true}, {Icon: theme.IconTrash, Text: "Remove, with a text that is too long for it"}}, nil)
	}},
	{"toast", image.Pt(320, 40), func(s *still) {
		b := &Toast{Theme: s.theme}
		s.add(&b.Window, image.Rect(0, 0, 320, BandHeight), b)
		b.Set(theme.IconWarn, s.theme.Danger, "rain on tin roof.mp3 已损坏", "已跳过 0.8 秒（在 2:14 处），继续播放。")
	}},
	{"volume", image.Pt(320, 40), func(s *still) {
		b := &Volume{Theme: s.theme}
		s.add(&b.Window, image.Rect(0, 0, 320, BandHeight), b)
		b.Init()
		b.Set(62)
	}},
	{"image", image.Pt(120, 60), func(s *still) {
		for i := range 2 {
			b := &Picture{Theme: s.theme, Paper: s.theme.Background, Ground: s.theme.Surface, Radius: 6, Bird: 22}
			s.add(&b.Window, image.Rect(8+52*i, 8, 52+52*i, 52), b)
			if i == 1 {
				m := rgb565.New(b.Rect())
				m.GradientV(b.Rect(), [3]uint8{240, 200, 120}, [3]uint8{20, 60, 90})
				b.Set(m)
			}
		}
	}},
	{"time", image.Pt(120, 24), func(s *still) {
		b := &Time{Theme: s.theme, Ink: s.theme.Text2, Paper: s.theme.Background, Baseline: 16, Align: Right}
		s.add(&b.Window, image.Rect(8, 2, 112, 22), b)
		b.Set(3723)
	}},
	{"empty", image.Pt(320, 204), func(s *still) {
		b := &Empty{Theme: s.theme, Button: "Look again"}
		s.add(&b.Window, image.Rect(0, 0, 320, 204), b)
		b.Init()
		b.SetText("No music yet", "Put in a USB stick, or copy files over the network.")
	}},
}

// samples is a row of each kind.
type samples struct{}

func (samples) Len() int { return 7 }
func (samples) Open(int) {}
func (samples) Row(i int, r *Row) {
	*r = []Row{
		{Icon: theme.IconFolder, Title: "2026 spring", Sub: "14 items", Chevron: true},
		{Icon: theme.IconSun, Title: "Display", Sub: "Theme, brightness, screen off", Value: "Dark", Chevron: true},
		{Icon: theme.IconVol, Title: "单声道", Sub: "左右声道播放相同声音", Switch: On},
		{Number: "12", Title: "A title that is too long for its row, Live 2024", Sub: "Marlow & Finch", Value: "3:51", Drag: true},
		{Icon: theme.IconGlobe, Title: "简体中文", Check: true},
		{Icon: theme.IconNote, Title: "Plays", Sub: "now", Playing: true},
		{Icon: theme.IconUSB, Title: "Off", Off: true},
	}[i]
}

type sampleTiles struct{}

func (sampleTiles) Len() int { return 3 }
func (sampleTiles) Open(int) {}
func (sampleTiles) Tile(i int, t *Tile) {
	t.Icon, t.Title, t.Sub = theme.IconFilm, "山行记 第二集：翻过这座山", "1:02:03"
	if i == 1 {
		t.Cover = rgb565.New(image.Rect(0, 0, 92, 60))
		t.Cover.GradientV(t.Cover.Rect, [3]uint8{240, 200, 120}, [3]uint8{20, 60, 90})
	}
}

// TestPictures compares each control with its golden picture.
func TestPictures(t *testing.T) {
	for _, p := range pictures {
		t.Run(p.name, func(t *testing.T) {
			both := rgb565.New(image.Rect(0, 0, p.size.X, 2*p.size.Y))
			for i, th := range []*theme.Theme{theme.Dark(), theme.Light()} {
				synctest.Test(t, func(t *testing.T) {
					screen := mem.New(p.size)
					d := ui.New(screen, nil, &Panel{Paper: th.Background})
					s := &still{d: d, root: d.Root(), theme: th}
					ended := make(chan error)
					go func() { ended <- d.Run(&keyed{idle{make(chan struct{})}, false}) }()
					synctest.Wait()
					d.Call(func() { p.draw(s) })
					d.Settle(func() { both.Blit(screen.Back().Rect.Add(image.Pt(0, i*p.size.Y)), screen.Back(), image.Point{}) })
					d.Quit()
					if err := <-ended; err != nil {
						t.Error(err)
					}
				})
			}
			uitest.Golden(t, p.name, rgb565.ToRGBA(both))
		})
	}
}

// keyed is a source of one key press, after which the focus is shown.
type keyed struct {
	idle
	sent bool
}

func (s *keyed) ReadEvent() (ial.Event, error) {
	if !s.sent {
		s.sent = true
		return ial.Event{Type: ial.KeyPress, Key: ial.KeyHome}, nil
	}
	return s.idle.ReadEvent()
}
