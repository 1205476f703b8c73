package library

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"linnet/player/internal/pinyin"
)

// articles are the words in front of a name that sorting passes over.
var articles = []string{"the ", "a ", "an ", "der ", "die ", "das ", "le ", "la ", "les ", "l'", "el ", "los ", "las ", "il ", "lo ", "gli "}

// WithoutArticle is s behind an article, or s.
func WithoutArticle(s string) string {
	if s == "" || strings.IndexByte("tadlegi", s[0]|0x20) < 0 {
		return s
	}
	for _, a := range articles {
		if len(s) > len(a) && strings.EqualFold(s[:len(a)], a) {
			return s[len(a):]
		}
	}
	return s
}

// sortKey is s in bytes that compare as Compare does, where those are not equal.
func sortKey(s string) []byte {
	s = trimSigns(WithoutArticle(s))
	key := make([]byte, 0, 3*len(s))
	for s != "" {
		if n := digits(s); n > 0 {
			number := strings.TrimLeft(s[:n], "0")
			key = append(key, 0, 0, '0', byte(len(number)>>8), byte(len(number)))
			key = append(key, number...)
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		w := weight(r)
		key = append(key, byte(w>>16), byte(w>>8), byte(w))
		s = s[n:]
	}
	return key
}

// Compare orders names as a reader looks for them: without articles, case,
// accents and signs in front, numbers by their value, and Chinese characters by
// their pinyin, among the Latin letters that it begins with.
func Compare(a, b string) int {
	x, y := trimSigns(WithoutArticle(a)), trimSigns(WithoutArticle(b))
	for x != "" && y != "" {
		if nx, ny := digits(x), digits(y); nx > 0 && ny > 0 {
			if c := compareNumbers(x[:nx], y[:ny]); c != 0 {
				return c
			}
			x, y = x[nx:], y[ny:]
			continue
		}
		r, n := utf8.DecodeRuneInString(x)
		s, m := utf8.DecodeRuneInString(y)
		if r != s {
			if c := weight(r) - weight(s); c != 0 {
				return c
			}
		}
		x, y = x[n:], y[m:]
	}
	if c := len(x) - len(y); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

func trimSigns(s string) string {
	t := strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if t == "" {
		return s
	}
	return t
}

// Letter is what a name stands under where names are in the order of Compare: 1 to 26
// for A to Z, 0 for signs and digits, which come before, and 27 for the letters of other
// alphabets, which come behind.
func Letter(s string) int {
	r, _ := utf8.DecodeRuneInString(trimSigns(WithoutArticle(s)))
	return min(weight(r)/letterSpan, 27)
}

// accents are the small letters from U+00DF to U+017F by the one of ASCII that
// each is a form of.
const accents = "saaaaaaaceeeeiiiidnooooo/ouuuuyty" + // U+00DF to U+00FF
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// letterSpan is how far the letters lie apart for weight.
const letterSpan = 1 << 16

// weight is where a character stands: signs, then digits, then letters from
// a to z, each followed by the Chinese characters that begin with it, then
// other alphabets.
func weight(r rune) int {
	if r >= 0xc0 && r < 0xdf {
		r += 0x20
	}
	if i := r - 0xdf; i >= 0 && int(i) < len(accents) {
		r = rune(accents[i])
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return int(r-'A'+1) * letterSpan
	case r >= 'a' && r <= 'z':
		return int(r-'a'+1) * letterSpan
	case r < 0x80:
		return int(r)
	}
	if c := pinyin.Initial(r); c != 0 {
		return int(c-'a'+1)*letterSpan + pinyin.Rank(r)
	}
	if !unicode.IsLetter(r) {
		return 0
	}
	return 27*letterSpan + int(unicode.ToLower(r))
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// compareNumbers compares strings of digits of any length by value.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if c := len(a) - len(b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// comparePaths orders paths folder by folder, byte by byte; files stand in front
// of the folders beside them.
func comparePaths(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	deeper, other := strings.IndexByte(a, '/'), strings.IndexByte(b, '/')
	switch {
	case (deeper < 0) != (other < 0):
		return deeper - other // below 0 for the file
	case a == "" || b == "":
		return len(a) - len(b)
	case deeper == 0:
		return -1
	case other == 0:
		return 1
	}
	return int(a[0]) - int(b[0])
}
