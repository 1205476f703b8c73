package theme

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
)

// example is the theme file of README.md.
func example(t testing.TB) string {
	t.Helper()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```ini\n")
	text, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("README.md has no example")
	}
	return text
}

// picture is a PNG of one opaque colour, but for its corner.
func picture(size int, corner uint8) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, size, size))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	m.SetNRGBA(0, 0, color.NRGBA{A: corner})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func disk(text string) fstest.MapFS {
	return fstest.MapFS{
		"themes/one.theme":               {Data: []byte(text)},
		"themes/icons/play-24.png":       {Data: picture(24, 51)},
		"themes/icons/repeat-one-16.png": {Data: picture(16, 0)},
		"themes/icons/readme.txt":        {Data: []byte("not looked at")},
	}
}

// TestExample is what README.md promises.
func TestExample(t *testing.T) {
	th, err := Load(disk(example(t)), "themes/one.theme")
	if err != nil {
		t.Fatal(err)
	}
	if th.Name != "Harbour" || th.Background != rgb565.RGB(0x10, 0x18, 0x24) || th.RadiusRow != 0 || th.FocusBar != 4 {
		t.Errorf("%+v", th)
	}
	if th.Danger != Dark().Danger || th.RadiusCover != Dark().RadiusCover || th.Curve != font.DarkCurve {
		t.Error("what the file does not say is not the base's")
	}
	play, once := th.Mask(IconPlay, 24), th.Mask(IconRepeatOne, 16)
	if play.Pix[0] != 51 || play.Pix[1] != 255 || once.Pix[0] != 0 || play.Rect != image.Rect(0, 0, 24, 24) {
		t.Error("the icons are not those of the folder")
	}
	if th.Mask(IconPlay, 28) != IconPlay.Mask(28) || Dark().Mask(IconPlay, 24) != IconPlay.Mask(24) {
		t.Error("other icons have changed")
	}
}

// TestBaseAndName: a file without a name is called as it is, and stands on the
// dark theme.
func TestBaseAndName(t *testing.T) {
	for text, want := range map[string]*Theme{"": Dark(), "base = light": Light(), "\uFEFF# a remark\r\n\r\nbase=light\r\n": Light()} {
		th, err := Load(disk(text), "themes/one.theme")
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if th.Name != "one" || th.Text != want.Text || th.Curve != want.Curve {
			t.Errorf("%q is %+v", text, th)
		}
	}
	if Dark().Name != "dark" || Light().Name != "light" {
		t.Error("a built-in theme has changed")
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		text  string
		fault Fault
		line  int
		says  string
	}{
		{"\nbackground", FaultLine, 2, "KEY = VALUE"},
		{"text =", FaultLine, 1, "KEY = VALUE"},
		{"accnt = #FFFFFF", FaultKey, 1, `no key "accnt"; take`},
		{"text = #FFFFFF\n# again\ntext = #FFFFFF", FaultTwice, 3, "text is set above"},
		{"text = white", FaultColour, 1, "#RRGGBB"},
		{"text = #FFF", FaultColour, 1, "#RRGGBB"},
		{"text = #GGGGGG", FaultColour, 1, "#RRGGBB"},
		{"radius-row = 21", FaultNumber, 1, "from 0 to 20"},
		{"radius-row = -1", FaultNumber, 1, "from 0 to 20"},
		{"focus-ring = two", FaultNumber, 1, "from 1 to 2"},
		{"name = dark", FaultName, 1, "not dark or light"},
		{"name = " + strings.Repeat("x", 25), FaultName, 1, "up to 24"},
		{"name = a\u0007b", FaultName, 1, "cannot be called"},
		{"base = blue", FaultBase, 1, "dark or light"},
		{"icons = ../secret", FaultFolder, 1, "beside the theme file"},
		{"icons = /etc", FaultFolder, 1, "beside the theme file"},
		{"icons = none", FaultRead, 1, "cannot be read"},
		{"name = A\nicons = bad", FaultIcon, 2, "themes/bad/play-24.png is no icon"},
		{"icons = opaque", FaultIcon, 1, "themes/opaque/play-24.png"},
		{"icons = odd", FaultIcon, 1, "themes/odd/play-20.png"},
		{"base = light\ntext = #AAAAAA", FaultContrast, 2, "text on background has a contrast of 2.0, and 4.5"},
		{"accent = #602020", FaultContrast, 1, "accent on background"},
		{"line = #888888", FaultContrast, 1, "text on line"},
	} {
		fsys := disk(tt.text)
		fsys["themes/bad/play-24.png"] = &fstest.MapFile{Data: picture(16, 0)}
		fsys["themes/opaque/play-24.png"] = &fstest.MapFile{Data: picture(24, 255)}
		fsys["themes/odd/play-20.png"] = &fstest.MapFile{Data: picture(20, 0)}
		_, err := Load(fsys, "themes/one.theme")
		var e *FileError
		if !errors.As(err, &e) || e.Fault != tt.fault || e.Line != tt.line || e.File != "themes/one.theme" || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q: %v", tt.text, err)
		}
	}
	for name, fsys := range map[string]fstest.MapFS{"nothing": {}, "too long": disk(strings.Repeat("#\n", maxFile))} {
		var e *FileError
		if _, err := Load(fsys, "themes/one.theme"); !errors.As(err, &e) || e.Fault != FaultRead || e.Unwrap() == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestContrastIsExact compares whole numbers with the definition.
func TestContrastIsExact(t *testing.T) {
	for i := range 1 << 16 {
		a, b := rgb565.Color(i), rgb565.Color(i*40503)
		if got, want := contrast(a, b), 10*exactContrast(a, b); math.Abs(float64(got)-want) > 1.2 {
			t.Fatalf("%04x on %04x: %d, want %.2f", a, b, got, want)
		}
	}
	for _, th := range []*Theme{Dark(), Light()} {
		l := loader{theme: *th}
		if err := l.readable(); err != nil {
			t.Errorf("%s: %v", th.Name, err)
		}
	}
}

// TestIconNames: each icon has a name of its own.
func TestIconNames(t *testing.T) {
	seen := map[string]bool{}
	for i := range iconCount {
		name := iconNames[i]
		if name == "" || seen[name] {
			t.Errorf("icon %d is called %q", i, name)
		}
		seen[name] = true
	}
	if len(iconNames) != int(iconCount) || iconNames[IconRepeatOne] != "repeat-one" || iconNames[IconUSB] != "usb" {
		t.Errorf("%q", iconNames)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range seen {
		if !strings.Contains(string(readme), "`"+name+"`") {
			t.Errorf("README.md does not name the icon %s", name)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(example(f), picture(24, 51))
	f.Add("base = light\nicons = icons", picture(24, 255))
	f.Add("text = #AAAAAA", []byte("\x89PNG\r\n\x1a\n"))
	f.Add("name = x\nradius-row = 99999999999999999999", []byte{})
	f.Add("icons = .", picture(16, 1))
	f.Fuzz(func(t *testing.T, text string, icon []byte) {
		fsys := disk(text)
		fsys["themes/icons/play-24.png"] = &fstest.MapFile{Data: icon}
		th, err := Load(fsys, "themes/one.theme")
		if err != nil {
			var e *FileError
			if th != nil || !errors.As(err, &e) || e.Error() == "" {
				t.Fatalf("%v, %v", th, err)
			}
			return
		}
		if th.Name == "" || th.RadiusRow > Row/2 || contrast(th.Text, th.Background) < leastContrast {
			t.Errorf("%+v", th)
		}
	})
}
