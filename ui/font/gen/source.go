//go:build fontgen

package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
)

func latinFile(fonts, name string) string { return filepath.Join(fonts, "inter", name+".otf") }
func hanFile(fonts, name string) string   { return filepath.Join(fonts, "noto", name+".ttc") }

// source is the two faces that a file is drawn from.
type source struct {
	latin, han    *face
	tabular, full map[uint32]uint32 // digits of one width; forms of a whole em
}

func (l *library) source(fonts string, f file) (*source, error) {
	latin, err := l.open(latinFile(fonts, f.latin), families[f.latin], f.px)
	if err != nil {
		return nil, err
	}
	han, err := l.open(hanFile(fonts, f.han), families[f.han], f.px)
	if err != nil {
		return nil, err
	}
	tabular, err := latin.table("GSUB")
	if err != nil {
		return nil, err
	}
	full, err := han.table("GSUB")
	if err != nil {
		return nil, err
	}
	return &source{latin, han, substitutions(tabular, "tnum"), substitutions(full, "fwid")}, nil
}

// drawFile draws the characters of a file that the faces have.
func drawFile(lib *library, fonts string, f file) (map[rune]*glyph, error) {
	src, err := lib.source(fonts, f)
	if err != nil {
		return nil, err
	}
	glyphs := map[rune]*glyph{}
	for _, c := range f.chars() {
		face, index := src.choose(c)
		if index == 0 {
			continue
		}
		if glyphs[c], err = face.draw(index); err != nil {
			return nil, fmt.Errorf("%s: U+%04X: %w", f.name, c, err)
		}
	}
	return glyphs, nil
}

// choose prefers Inter, but for what is Chinese or Japanese by nature.
func (s *source) choose(c rune) (*face, uint32) {
	switch {
	case c >= wideBase && c < wideBase+16:
		i := s.han.index([]rune(wide)[c-wideBase])
		if full, ok := s.full[i]; ok {
			i = full
		}
		return s.han, i
	case c >= tabularBase && c < tabularBase+10:
		return s.latin, s.tabular[s.latin.index('0'+c-tabularBase)]
	}
	first, second := s.latin, s.han
	if unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) || c >= 0x3000 && c <= 0x303F || c >= 0xFF00 && c < 0xFFF0 {
		first, second = s.han, s.latin
	}
	if i := first.index(c); i != 0 {
		return first, i
	}
	return second, second.index(c)
}

// writeSources names what the data was made with and from.
func writeSources(lib *library, out, fonts string) error {
	paths := map[string]bool{}
	for _, f := range files {
		paths[latinFile(fonts, f.latin)] = true
		paths[hanFile(fonts, f.han)] = true
	}
	var lines []string
	for path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%x  %s\n", sha256.Sum256(b), path[len(fonts)+1:]))
	}
	sort.Slice(lines, func(i, j int) bool { return lines[i][64:] < lines[j][64:] })
	text := "FreeType " + lib.version() + "\n" + strings.Join(lines, "")
	return os.WriteFile(filepath.Join(out, "SOURCES"), []byte(text), 0o644)
}
