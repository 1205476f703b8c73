//go:build fontgen

package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	out := flag.String("o", "data", "folder to write to")
	curves := flag.String("curves", "curve_table.go", "Go file to write the curves to")
	fonts := flag.String("fonts", "/usr/share/fonts/opentype", "folder that holds inter/ and noto/")
	flag.Parse()
	if err := run(*out, *curves, *fonts); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// file is one of the files to write: what to draw from what.
type file struct {
	name, latin, han string
	px               int
	chars            func() []rune
}

var files = []file{
	{"small", "Inter-Regular", "NotoSansCJK-Regular", 12, common},
	{"small-rare", "Inter-Regular", "NotoSansCJK-Regular", 12, rare},
	{"small-gbk", "Inter-Regular", "NotoSansCJK-Regular", 12, beyond},
	{"small-bold", "Inter-SemiBold", "NotoSansCJK-Bold", 12, interfaces},
	{"body", "Inter-Medium", "NotoSansCJK-Medium", 15, common},
	{"body-rare", "Inter-Medium", "NotoSansCJK-Medium", 15, rare},
	{"body-gbk", "Inter-Medium", "NotoSansCJK-Medium", 15, beyond},
	{"body-bold", "Inter-SemiBold", "NotoSansCJK-Bold", 15, interfaces},
	{"large", "Inter-SemiBold", "NotoSansCJK-Bold", 20, common},
	{"large-rare", "Inter-SemiBold", "NotoSansCJK-Bold", 20, rare},
}

// families are the names of the faces within the files above.
var families = map[string]string{
	"Inter-Regular": "Inter", "Inter-Medium": "Inter", "Inter-SemiBold": "Inter",
	"NotoSansCJK-Regular": "Noto Sans CJK SC", "NotoSansCJK-Medium": "Noto Sans CJK SC", "NotoSansCJK-Bold": "Noto Sans CJK SC",
}

func run(out, curves, folder string) error {
	lib, err := newLibrary()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	fonts := make([]font, len(files))
	for i, s := range files {
		glyphs, err := drawFile(lib, folder, s)
		if err != nil {
			return err
		}
		if fonts[i], err = newFont(glyphs, s.weight()); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if err := writeFonts(out, fonts); err != nil {
		return err
	}
	if err := writeCurves(curves); err != nil {
		return err
	}
	return writeSources(lib, out, folder)
}

// weight is what a file counts in its model. Those that not every program has are
// to fit in, and no more.
func (f file) weight() uint32 {
	if strings.HasSuffix(f.name, "-gbk") {
		return 1
	}
	return 16
}

// writeFonts writes the fonts and the models that they are coded by, one for
// each size.
func writeFonts(out string, fonts []font) error {
	var models []byte
	for number, px := range []int{12, 15, 20} {
		var same []font
		var names []string
		for i, f := range files {
			if f.px == px {
				same, names = append(same, fonts[i]), append(names, f.name)
			}
		}
		m := newModel(same)
		models = append(models, m.bytes()...)
		for i, f := range same {
			packed, err := f.pack(m, number)
			if err != nil {
				return fmt.Errorf("%s: %w", names[i], err)
			}
			if err := os.WriteFile(filepath.Join(out, names[i]+".lfn"), packed, 0o644); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(out, "models.lfm"), models, 0o644)
}
