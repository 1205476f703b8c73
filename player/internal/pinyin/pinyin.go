// Package pinyin knows in which order Chinese characters stand by their
// pronunciation, and with which letter each begins, so that a list of titles can
// be sorted as Chinese readers expect and searched with the letters of a keypad.
//
// The order is that of the Unicode CLDR for Chinese (characters U+4E00 to U+9FA5,
// by their most frequent reading).
package pinyin

import (
	_ "embed" // the table
	"strings"
	"unicode/utf8"
)

//go:generate go run ./internal/gen -o ranks.bin

//go:embed ranks.bin
var ranks string

const first, last = 0x4e00, 0x9fa5

// starts are the characters that each letter's begin with; I, U and V begin
// none. The few in front of the first have no letter.
const starts = "阿八嚓咑妸发旮哈\x00丌咔垃呣嗯喔妑七冄仨他\x00\x00屲夕丫帀"

// Rank is where r stands among all characters, from 1 on; 0 for what is none.
func Rank(r rune) int {
	if r < first || r > last {
		return 0
	}
	i := 2 * (r - first)
	return 1 + int(ranks[i]) + int(ranks[i+1])<<8
}

// Initial is the small letter that r's pinyin begins with, 0 for what has none.
func Initial(r rune) byte {
	at := Rank(r)
	if at == 0 {
		return 0
	}
	letter, found := byte('a'), byte(0)
	for _, s := range starts {
		if s != 0 {
			if at < Rank(s) {
				break
			}
			found = letter
		}
		letter++
	}
	return found
}

// others are the characters that names and titles use with another reading than
// the most frequent one, each with the letter of that.
const others = "乐y重c长z行h都d单s曾c朝z调t弹d降x藏z传z盛c沈c还h觉j解x石d系j曲q薄b参s车j仇q臭x畜x恶w给j会k贾g强j壳q绿l俞y查z翟d尉y厦s校j幽y"

// Begins says whether r's pinyin, in one of its readings, begins with a letter.
func Begins(r rune, letter byte) bool {
	if Initial(r) == letter {
		return true
	}
	i := strings.IndexRune(others, r)
	return i >= 0 && r >= utf8.RuneSelf && others[i+utf8.RuneLen(r)] == letter
}

// Contains says whether letters are the initials of characters that follow each
// other in s. Spaces and signs between those are passed over.
func Contains(s, letters string) bool {
	if letters == "" {
		return true
	}
	for i, r := range s {
		if Rank(r) > 0 && begins(s[i:], letters) {
			return true
		}
	}
	return false
}

func begins(s, letters string) bool {
	for _, r := range s {
		switch {
		case letters == "":
			return true
		case Rank(r) > 0:
			if !Begins(r, letters[0]) {
				return false
			}
			letters = letters[1:]
		case r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'):
			if byte(r|0x20) != letters[0] && byte(r) != letters[0] {
				return false
			}
			letters = letters[1:]
		}
	}
	return letters == ""
}
