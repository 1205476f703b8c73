package font

import (
	"image"
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"linnet/ui/gal/rgb565"
)

func styles() []Style { return []Style{Small, SmallBold, Body, BodyBold, Large} }

// gb2312 decodes every cell of the encoding.
func gb2312(t *testing.T) (chars []rune) {
	t.Helper()
	d, hanzi := simplifiedchinese.GBK.NewDecoder(), 0
	for row := 0xA1; row <= 0xF7; row++ {
		for cell := 0xA1; cell <= 0xFE; cell++ {
			s, err := d.Bytes([]byte{byte(row), byte(cell)})
			c, _ := utf8.DecodeRune(s)
			if err != nil || c == utf8.RuneError || unicode.Is(unicode.Co, c) {
				continue
			}
			if row >= 0xB0 {
				hanzi++
			}
			chars = append(chars, c)
		}
	}
	if hanzi != 6763 {
		t.Fatalf("GB2312 has %d hanzi here, want 6763", hanzi)
	}
	return chars
}

func TestCoversGB2312(t *testing.T) {
	chars := gb2312(t)
	for _, s := range styles() {
		for _, c := range chars {
			g := glyphOf(s, c)
			if g.missing || g.w == 0 && c != '\u3000' {
				t.Errorf("style %d lacks %q U+%04X", s, c, c)
			}
		}
	}
}

func TestCoversAlphabets(t *testing.T) {
	const text = "ABCXYZabcxyz0123456789ÀÉÎÕÜßàéîõüÿŁłŒœŠšŽžǎǐǒǔǖǘǚǜĀāĒēĪīŌōŪūĐđƠơƯưẠạẾếỘộỮữ" +
		"ΑΒΓΔΩαβγδωάώϋΰАБВЯабвяЁёЇїЄєҐґЎў•–—‘’“”…€£¥©®™°±×÷−←↑→↓∞≈≠≤≥♥★"
	for _, s := range styles() {
		for _, c := range text {
			if g := glyphOf(s, c); g.missing || g.w == 0 {
				t.Errorf("style %d lacks %q", s, c)
			}
		}
	}
}

func glyphOf(s Style, c rune) glyph {
	var w walker
	w.walk(s, 0, string(c), false)
	w.next()
	return w.glyph
}

// TestMasks reads every glyph of every file: each lies within its file and
// has ink on all four sides of its box.
func TestMasks(t *testing.T) {
	for _, s := range styles() {
		bold, common, rare := s.files()
		for i, f := range []file{bold, common, rare} {
			n := 0
			for c := rune(0); c < 0x10000; c++ {
				var g glyph
				if f.find(c, &g) {
					checkMask(t, s, c, &g)
					n++
				}
			}
			if least := []int{1000, 5000, 3008}[i]; f != nil && n < least {
				t.Errorf("style %d: file %d holds %d glyphs, want %d at least", s, i, n, least)
			}
		}
	}
}

// TestBeyondMasks decodes every mask of the rarest characters through draw, in an
// order that makes it forget.
func TestBeyondMasks(t *testing.T) {
	for _, s := range []Style{Small, Body} {
		f := s.beyond()
		var chars []rune
		for c := rune(0); c < 0x10000; c++ {
			if f.has(c) {
				chars = append(chars, c)
			}
		}
		full := [16]uint8{} // any ink at all
		for i := 1; i < 16; i++ {
			full[i] = 255
		}
		dst := rgb565.New(image.Rect(0, 0, 20, 20))
		for i := range chars {
			c := chars[i*7919%len(chars)]
			var g glyph
			if !f.find(c, &g) {
				t.Fatalf("U+%04X is lost", c)
			}
			dst.Fill(dst.Rect, 0)
			drawn.draw(dst, image.Pt(1, 1), &g, 0xFFFF, &full)
			if box := inked(dst); box != image.Rect(1, 1, 1+g.w, 1+g.h) {
				t.Errorf("style %d: U+%04X inks %v, its mask is %d by %d", s, c, box, g.w, g.h)
			}
		}
		if len(chars) < 14000 {
			t.Errorf("style %d: there are %d characters, want 14,000", s, len(chars))
		}
	}
}

func inked(m *rgb565.Image) (r image.Rectangle) {
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			if m.At(x, y) != 0 {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

// TestCoversGB18030 wants all of the two-byte set, but what is private use, and
// one sign that neither font has.
func TestCoversGB18030(t *testing.T) {
	d, hanzi := simplifiedchinese.GB18030.NewDecoder(), 0
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			b, err := d.Bytes([]byte{byte(lead), byte(trail)})
			c, n := utf8.DecodeRune(b)
			if err != nil || n != len(b) || c == utf8.RuneError || c < 0x80 || c == '≒' || unicode.Is(unicode.Co, c) {
				continue
			}
			if unicode.Is(unicode.Han, c) {
				hanzi++
			}
			for _, s := range styles() {
				if g := glyphOf(s, c); g.missing || g.w == 0 && c != '\u3000' {
					t.Errorf("style %d lacks %q U+%04X", s, c, c)
				}
			}
		}
	}
	if hanzi < 20902 {
		t.Errorf("it has %d hanzi here, want 20,902", hanzi)
	}
}

// TestSteadily: what is drawn again is not decoded again, and nothing of it
// allocates.
func TestSteadily(t *testing.T) {
	dst := rgb565.New(image.Rect(0, 0, 320, 20))
	draw := func() { Draw(dst, Body, 0, 15, "龍鳳麗華 Lights 远山的回声", 0xFFFF, DarkCurve) }
	draw()
	before := drawn.decoded
	if n := testing.AllocsPerRun(10, draw); n != 0 || drawn.decoded != before {
		t.Errorf("drawing again allocates %.0f times and decodes %d masks", n, drawn.decoded-before)
	}
}

func checkMask(t *testing.T, s Style, c rune, g *glyph) {
	t.Helper()
	var left, right, top, bottom bool
	mask := drawn.mask(g)
	for y := range g.h {
		for x := range g.w {
			if mask[y*((g.w+1)/2)+x/2]>>(4*(1-x&1))&15 > 0 {
				left, right = left || x == 0, right || x == g.w-1
				top, bottom = top || y == 0, bottom || y == g.h-1
			}
		}
	}
	if g.w*g.h > 0 && !(left && right && top && bottom) {
		t.Errorf("style %d: mask of U+%04X is broken", s, c)
	}
	if g.advance > 3*s.em() {
		t.Errorf("style %d: U+%04X advances by %d", s, c, g.advance)
	}
}

func TestHanIsAnEmWide(t *testing.T) {
	for _, s := range styles() {
		if got := Width(s, "远山的回声，"); got != 6*s.em() {
			t.Errorf("style %d: width %d, want %d", s, got, 6*s.em())
		}
	}
}

func TestWidthAdds(t *testing.T) {
	for _, s := range styles() {
		for _, p := range [][2]string{{"Harbour", " Lights"}, {"远山", "的回声"}, {"1:42 ", "远山"}, {"a", "b"}, {"，", "Paper"}} {
			if got, want := Width(s, p[0]+p[1]), Width(s, p[0])+Width(s, p[1]); got != want {
				t.Errorf("style %d: %q is %d wide, its parts %d", s, p, got, want)
			}
		}
	}
}

func TestGap(t *testing.T) {
	want := map[Style]int{Small: 2, SmallBold: 2, Body: 2, BodyBold: 2, Large: 3}
	for _, s := range styles() {
		for _, p := range [][2]string{{"第", "3"}, {"FIELD", "已"}, {"ъ", "山"}} {
			if got := Width(s, p[0]+p[1]) - Width(s, p[0]) - Width(s, p[1]); got != want[s] {
				t.Errorf("style %d: gap in %q is %d, want %d", s, p, got, want[s])
			}
		}
		if got, want := Width(s, "第 3"), Width(s, "第")+Width(s, " ")+Width(s, "3"); got != want {
			t.Errorf("style %d: a typed space is %d wide, want %d", s, got, want)
		}
	}
}

func TestTabularDigitsAreEqual(t *testing.T) {
	for _, s := range styles() {
		want := WidthTabular(s, "0:00")
		for _, text := range []string{"1:11", "4:28", "7:47"} {
			if got := WidthTabular(s, text); got != want {
				t.Errorf("style %d: %q is %d wide, 0:00 is %d", s, text, got, want)
			}
		}
		if Width(s, "111") == WidthTabular(s, "111") {
			t.Errorf("style %d: proportional and tabular 1 are equal", s)
		}
	}
}

// TestForms checks which form shared punctuation takes, by its class.
func TestForms(t *testing.T) {
	tests := []struct {
		text string
		wide string // for each character of “”‘’—… in turn: w or n
	}{
		{"“FIELD” 已拔出", "nn"}, {"“远山”", "ww"}, {"已拔出“FIELD”", "nn"}, {"“FIELD 盘”", "ww"},
		{"don’t", "n"}, {"他说：‘好’", "ww"}, {"好’", "w"}, {"a — b", "n"}, {"山——水", "ww"}, {"山—水", "w"},
		{"继续……", "ww"}, {"远山…", "n"}, {"wait…", "n"}, {"“", "n"}, {"”", "n"},
	}
	for _, tt := range tests {
		var w walker
		w.walk(Body, 0, tt.text, false)
		got := ""
		for w.next() {
			if strings.ContainsRune("“”‘’—…", w.c) {
				got += map[bool]string{true: "w", false: "n"}[w.class == stop]
			}
		}
		if got != tt.wide {
			t.Errorf("%q: forms %s, want %s", tt.text, got, tt.wide)
		}
	}
}

// TestPrivateIsMissing: the private numbers of our forms do not leak.
func TestPrivateIsMissing(t *testing.T) {
	for c := rune(tabularBase); c < wideBase+16; c++ {
		if g := glyphOf(Body, c); !g.missing {
			t.Errorf("U+%04X shows a glyph", c)
		}
	}
}

func TestInvisible(t *testing.T) {
	for _, s := range styles() {
		plain := Width(s, "e♥b")
		for _, text := range []string{"e\u0301♥b", "e♥\uFE0Fb", "e♥\u200Db", "\uFEFFe♥b", "e\u00AD♥b"} {
			if got := Width(s, text); got != plain {
				t.Errorf("style %d: %+q is %d wide, want %d", s, text, got, plain)
			}
		}
	}
}

func TestMissingIsABox(t *testing.T) {
	for _, text := range []string{"\U0001F3B5", "\u9AD4", "\u0627", "\xff", "\uE003", "\uE010"} {
		m := rgb565.New(image.Rect(0, 0, 40, 30))
		if x := Draw(m, Body, 5, 20, text, 0xFFFF, DarkCurve); x <= 5 {
			t.Errorf("%q moves the pen to %d", text, x)
		}
		ink := 0
		for _, c := range m.Pix {
			if c != 0 {
				ink++
			}
		}
		if ink < 20 {
			t.Errorf("%q leaves %d pixels", text, ink)
		}
	}
}

// TestBoldIsWhole: one Han that bold lacks sets all Han of the text regular.
func TestBoldIsWhole(t *testing.T) {
	if boldHan(BodyBold, "播放队列鹭") || !boldHan(BodyBold, "播放队列") || boldHan(Body, "播放") {
		t.Fatal("boldHan is wrong")
	}
	m, n := rgb565.New(image.Rect(0, 0, 40, 30)), rgb565.New(image.Rect(0, 0, 40, 30))
	Draw(m, BodyBold, 0, 20, "播放鹭", 0xFFFF, DarkCurve)
	Draw(n, Body, 0, 20, "播放鹭", 0xFFFF, DarkCurve)
	if !equal(m, n) {
		t.Error("a text with Han outside the bold set mixes weights")
	}
	Draw(m, BodyBold, 0, 20, "播放", 0xFFFF, DarkCurve)
	if equal(m, n) {
		t.Error("bold Han is not bold")
	}
}

func equal(a, b *rgb565.Image) bool {
	for i := range a.Pix {
		if a.Pix[i] != b.Pix[i] {
			return false
		}
	}
	return true
}

// TestClip draws through windows of every place and compares with a whole
// picture cut to the window.
func TestClip(t *testing.T) {
	const text = "远Ag\u0301☂\U0001F3B5"
	whole := rgb565.New(image.Rect(-40, -40, 120, 80))
	end := Draw(whole, Large, 3, 18, text, 0xF800, LightCurve)
	for _, r := range []image.Rectangle{
		image.Rect(5, 5, 12, 12), image.Rect(-40, 0, 8, 20), image.Rect(20, -40, 60, 10), image.Rect(30, 17, 120, 80), image.Rect(100, 0, 120, 5), {},
	} {
		back := rgb565.New(image.Rect(-40, -40, 120, 80))
		if got := Draw(back.Sub(r), Large, 3, 18, text, 0xF800, LightCurve); got != end {
			t.Errorf("%v: pen ends at %d, want %d", r, got, end)
		}
		for i, c := range back.Pix {
			want := whole.Pix[i]
			if !image.Pt(i%160-40, i/160-40).In(r) {
				want = 0
			}
			if c != want {
				t.Fatalf("%v: pixel %d is %04x, want %04x", r, i, c, want)
			}
		}
	}
}

func TestCurves(t *testing.T) {
	for _, c := range []struct {
		curve Curve
		power float64
	}{{DarkCurve, 0.85}, {LightCurve, 1.05}} {
		for i, got := range c.curve {
			if want := math.Round(255 * math.Pow(float64(i)/15, c.power)); float64(got) != want {
				t.Errorf("curve %g at %d is %d, want %g", c.power, i, got, want)
			}
		}
	}
}

func TestNoAllocation(t *testing.T) {
	m := rgb565.New(image.Rect(0, 0, 320, 30))
	const text = "“远山”——第 3 首 Harbour 鹭 e\u0301\U0001F3B5……"
	n := testing.AllocsPerRun(100, func() {
		for s := Small; s <= Large; s++ {
			Draw(m, s, 0, 20, text, 0xFFFF, DarkCurve)
			DrawTabular(m, s, 0, 20, "1:42", 0xFFFF, DarkCurve)
			Width(s, text)
			Ellipsis(s, "fits", 320)
		}
	})
	if n != 0 {
		t.Errorf("%g allocations", n)
	}
}

func BenchmarkDraw(b *testing.B) {
	m := rgb565.New(image.Rect(0, 0, 320, 30))
	for b.Loop() {
		Draw(m, Body, 4, 20, "远山的回声 Harbour Lights", 0xFFFF, DarkCurve)
	}
}
