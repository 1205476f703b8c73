package font

import (
	"image"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"linnet/ui/gal/rgb565"
)

// texts are what the fitting tests cut and break.
var texts = []string{
	"Harbour Lights and other songs of the sea", "远山的回声，白鹭与风（现场版）——2024", "rain on tin roof, long version.mp3",
	"“FIELD” 已拔出，插回后从 2:14 继续。", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 \U0001F3B5\U0001F3B5\uFE0F", "Donaudampfschifffahrtsgesellschaft",
	"……", "", " ", "a", "山", "\xff\xfe\xfd", "line one\nline two\n\nline four", ".hidden", "...", "100 % — 50 €/kg",
}

func TestEllipsisFits(t *testing.T) {
	for _, s := range styles() {
		for _, text := range texts {
			for width := 0; width < 300; width++ {
				for _, got := range []string{Ellipsis(s, text, width), FitMiddle(s, text, width).String()} {
					if w := Width(s, got); w > width {
						t.Fatalf("style %d: %q cut for %d is %q, %d wide", s, text, width, got, w)
					}
					if got != text && got != "" && !strings.Contains(got, "…") {
						t.Fatalf("style %d: %q was cut to %q without an ellipsis", s, text, got)
					}
				}
			}
		}
	}
}

// TestEllipsisIsLongest: one character more would not have fitted.
func TestEllipsisIsLongest(t *testing.T) {
	const text = "Harbour Lights and other songs"
	for width := 30; width < Width(Body, text); width++ {
		got := strings.TrimSuffix(Ellipsis(Body, text, width), "…")
		more := len(got) + 1
		for text[more-1] == ' ' {
			more++
		}
		if Width(Body, text[:more]+"…") <= width {
			t.Errorf("%d: %q is too short", width, got)
		}
	}
}

func TestEllipsisKeepsMarks(t *testing.T) {
	const text = "e\u0301e\u0301e\u0301e\u0301e\u0301"
	got := Ellipsis(Body, text, Width(Body, text)-1)
	head := strings.TrimSuffix(got, "…")
	if head == "" || utf8.RuneCountInString(head)%2 != 0 || !strings.HasPrefix(text, head) {
		t.Errorf("%+q", got)
	}
}

func TestFitMiddle(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  string
	}{
		{"dawn.flac", 100, "dawn.flac"},
		{"rain on tin roof, long version.mp3", 168, "rain on tin…ersion.mp3"},
		{"远山的回声与白鹭的翅膀.flac", 140, "远山的回…翅膀.flac"},
		{"no extension in this long name", 120, "no exten…name"},
	} {
		if got := FitMiddle(Body, tt.text, tt.width).String(); got != tt.want {
			t.Errorf("%q in %d: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestExtension(t *testing.T) {
	for name, want := range map[string]string{
		"a.mp3": ".mp3", "a.b.flac": ".flac", ".hidden": "", "a.": "", "a": "", "vol. 2 live": "", "a.toolong": "", "山.mp3": ".mp3", "a.山": "",
	} {
		if got := extension(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text       string
		width, max int
		want       []string
	}{
		{"Put in a USB stick, or copy files", 100, 3, []string{"Put in a USB", "stick, or copy", "files"}},
		{"一二三，四五六", 45, 9, []string{"一二", "三，四", "五六"}},
		{"一二（三四）五", 45, 9, []string{"一二", "（三", "四）五"}},
		{"一二——三", 45, 9, []string{"一", "二——", "三"}},
		{"一“二三”", 35, 9, []string{"一", "“二", "三”"}},
		{"一 二 三 四", 45, 9, []string{"一 二", "三 四"}},
		{"播放FIELD盘", 70, 9, []string{"播放", "FIELD盘"}},
		{"one\ntwo\n\nthree", 100, 9, []string{"one", "two", "", "three"}},
		{"one\r\ntwo", 100, 9, []string{"one", "two"}},
		{"one\ntwo", 100, 1, []string{"one…"}},
		{"well-known and/or 3-4", 60, 9, []string{"well-", "known", "and/or", "3-4"}},
		{"Donaudampfschiff", 60, 9, []string{"Donaud", "ampfsc", "hiff"}},
		{"一二三四五六", 45, 1, []string{"一二…"}},
		{"一二三四五六", 45, 0, nil},
		{"", 45, 3, nil},
	} {
		if got := Wrap(Body, tt.text, tt.width, tt.max); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q in %d: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestWrapEven(t *testing.T) {
	for _, tt := range []struct {
		text       string
		width, max int
		want       []string
	}{
		{"Settings, playlists and the library are forgotten, and Linnet starts anew. Music stays.", 240, 3, []string{"Settings, playlists and the library", "are forgotten, and Linnet starts", "anew. Music stays."}},
		{"文件不完整。请重新复制，并安全移除 U 盘。", 240, 3, []string{"文件不完整。请重新复制，并", "安全移除 U 盘。"}},
		{"It is older than what runs. Get a newer one.", 240, 3, []string{"It is older than what runs. Get a newer one."}},
		{"Put in a USB stick, or copy files", 100, 3, []string{"Put in a USB", "stick, or", "copy files"}},
		{"one two three four five six seven", 60, 2, []string{"one two", "three fou…"}},
		{"one\ntwo", 100, 9, []string{"one", "two"}},
		{"", 45, 3, nil},
	} {
		if got := WrapEven(Small, tt.text, tt.width, tt.max); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q in %d: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

// TestWrapHolds: whatever the text, lines fit, rules hold, nothing is lost
// but space.
func TestWrapHolds(t *testing.T) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, s := range styles() {
		for _, text := range texts {
			for width := 2 * s.em(); width < 200; width += 3 {
				lines := Wrap(s, text, width, 100)
				if squeeze(strings.Join(lines, "")) != squeeze(text) {
					t.Fatalf("style %d: %q in %d lost something: %q", s, text, width, lines)
				}
				for _, line := range lines {
					if Width(s, line) > width {
						t.Errorf("style %d: %q exceeds %d", s, line, width)
					}
				}
				if few := Wrap(s, text, width, 2); len(few) > 2 || len(few) == 2 && Width(s, few[1]) > width {
					t.Errorf("style %d: two lines of %q are %q", s, text, few)
				}
			}
		}
	}
}

func FuzzFit(f *testing.F) {
	for _, text := range texts {
		f.Add(text, 60)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		width &= 0x1FF
		for _, got := range []string{Ellipsis(Small, text, width), FitMiddle(Small, text, width).String()} {
			if w := Width(Small, got); w > width {
				t.Errorf("%q is %d wide, not %d", got, w, width)
			}
		}
		sameDrawn(t, Small, Fit(Small, text, width))
		sameDrawn(t, BodyBold, FitMiddle(BodyBold, text, width))
		if lines := Wrap(Small, text, width, 4); len(lines) > 4 {
			t.Errorf("%d lines", len(lines))
		}
		m := rgb565.New(image.Rect(0, 0, 40, 12))
		if got, want := Draw(m, BodyBold, -width/2, 11, text, 0xFFFF, LightCurve), Width(BodyBold, text)-width/2; got != want {
			t.Errorf("Draw ends at %d, Width says %d", got, want)
		}
	})
}

// sameDrawn draws a text in its parts and as the string that they are.
func sameDrawn(t *testing.T, s Style, c Cut) {
	t.Helper()
	parts, whole := rgb565.New(image.Rect(0, 0, 520, 20)), rgb565.New(image.Rect(0, 0, 520, 20))
	a := c.Draw(parts, s, 2, 15, 0xFFFF, DarkCurve)
	b := Draw(whole, s, 2, 15, c.String(), 0xFFFF, DarkCurve)
	if a != b || !parts.Equal(whole) {
		t.Errorf("%q drawn in its parts ends at %d, as a whole at %d", c.String(), a, b)
	}
}

// TestCutIsDrawnAsItsString includes what parts could change: quotes that open
// in one and close in another, dots, Han beside Latin.
func TestCutIsDrawnAsItsString(t *testing.T) {
	all := append([]string{"“山谷来信 and a long way home” said he.flac", "say “hello to the 山谷” and go on for long.mp3", "山谷 Valley……的 回声 part ……… two.ogg"}, texts...)
	for _, text := range all {
		for width := 0; width < 300; width += 7 {
			sameDrawn(t, Body, Fit(Body, text, width))
			sameDrawn(t, BodyBold, FitMiddle(BodyBold, text, width))
		}
	}
	dst := rgb565.New(image.Rect(0, 0, 320, 20))
	if n := testing.AllocsPerRun(20, func() { FitMiddle(Body, all[0], 150).Draw(dst, Body, 0, 15, 1, DarkCurve) }); n != 0 {
		t.Errorf("%v objects are allocated", n)
	}
}
