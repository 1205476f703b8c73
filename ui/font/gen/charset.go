//go:build fontgen

package main

import (
	_ "embed"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Forms that have no code point of their own are filed in the private use
// area; package font knows the same numbers.
const (
	tabularBase = 0xE000 // + digit: digits of one width
	wideBase    = 0xE010 // + index in wide: Han forms of shared punctuation
)

// wide is the punctuation that Latin and Han share but draw differently.
const wide = "“”‘’—…"

// interfaceText holds the Han that the interface itself says; only these are
// prepared in the bold styles.
//
//go:embed interface.txt
var interfaceText string

// latinRanges is what Inter is asked for.
var latinRanges = [][2]rune{
	{0x20, 0x7E}, {0xA0, 0x24F}, // Latin
	{0x2BA, 0x2DD}, {0x300, 0x36F}, // accents that stand alone, combining marks
	{0x370, 0x3D6}, {0x400, 0x45F}, {0x490, 0x4E9}, // Greek, Cyrillic
	{0x1E80, 0x1E85}, {0x1E9E, 0x1EFF}, // Welsh, Vietnamese
	{0x2010, 0x2027}, {0x2030, 0x205E}, {0x2070, 0x2089}, {0x20A0, 0x20BF}, // punctuation, super- and subscripts, currency
	{0x2100, 0x215F}, {0x2190, 0x21FF}, {0x2200, 0x2265}, // letter-like, fractions, arrows, operators
	{0x25A0, 0x26FF}, {0x2713, 0x2718}, {0x2764, 0x2764}, {0xFFFD, 0xFFFD}, // shapes, check marks, heart, replacement
}

// hanRanges is what Noto is asked for beside GB2312: CJK punctuation, kana,
// full-width and half-width forms.
var hanRanges = [][2]rune{{0x3000, 0x303F}, {0x3040, 0x30FF}, {0xFF01, 0xFF9F}, {0xFFE0, 0xFFE6}}

// gb2312 lists the characters of rows first to last of the encoding, each of
// 94 cells.
func gb2312(first, last int) (chars []rune) {
	d := simplifiedchinese.GBK.NewDecoder()
	for row := 0xA0 + first; row <= 0xA0+last; row++ {
		for cell := 0xA1; cell <= 0xFE; cell++ {
			s, err := d.Bytes([]byte{byte(row), byte(cell)})
			r := []rune(string(s))
			if err == nil && len(r) == 1 && r[0] != unicode.ReplacementChar && !unicode.Is(unicode.Co, r[0]) {
				chars = append(chars, r[0])
			}
		}
	}
	return chars
}

// The parts of the character set: GB2312 orders its hanzi in a first level
// that is common and a second that is rare.
func common() []rune { return append(symbols(), gb2312(16, 55)...) }
func rare() []rune   { return gb2312(56, 87) }

// beyond lists what the two-byte set of GB18030 has beyond GB2312: the hanzi of
// its parts 3 and 4 (GBK), and the symbols of part 5.
func beyond() (chars []rune) {
	have := map[rune]bool{}
	for _, c := range append(common(), rare()...) {
		have[c] = true
	}
	d := simplifiedchinese.GB18030.NewDecoder()
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			s, err := d.Bytes([]byte{byte(lead), byte(trail)})
			r := []rune(string(s))
			if err != nil || len(r) != 1 || r[0] == unicode.ReplacementChar || unicode.Is(unicode.Co, r[0]) || have[r[0]] || r[0] < 0x80 {
				continue
			}
			have[r[0]] = true
			chars = append(chars, r[0])
		}
	}
	return chars
}

// interfaces is common cut to the Han that the interface itself says.
func interfaces() []rune {
	chars := symbols()
	for _, c := range interfaceText {
		if unicode.Is(unicode.Han, c) {
			chars = append(chars, c)
		}
	}
	return chars
}

// symbols is all that is not Han.
func symbols() []rune {
	chars := gb2312(1, 9)
	for _, r := range append(latinRanges, hanRanges...) {
		for c := r[0]; c <= r[1]; c++ {
			chars = append(chars, c)
		}
	}
	return append(chars, forms()...)
}

// forms lists the private numbers of the forms.
func forms() (chars []rune) {
	for d := range rune(10) {
		chars = append(chars, tabularBase+d)
	}
	for i := range []rune(wide) {
		chars = append(chars, wideBase+rune(i))
	}
	return chars
}
