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

// starts are the ranks of the first character of each letter: 阿八嚓咑妸发旮哈丌咔垃
// 呣嗯喔妑七冄仨他屲夕丫帀. I, U and V begin none, and start where the next does. The few
// in front of the first have no letter.
var starts = [26]uint16{11, 207, 1098, 2437, 3432, 3617, 4238, 5064, 6127, 6127, 7732, 8286, 9855, 10663, 11142, 11176, 11773, 12792, 13104, 14416, 15335, 15335, 15335, 15936, 17271, 19222}

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
	if at < int(starts[0]) {
		return 0
	}
	low, high := 0, len(starts) // starts[low] <= at < starts[high]
	for high-low > 1 {
		if mid := (low + high) / 2; at < int(starts[mid]) {
			high = mid
		} else {
			low = mid
		}
	}
	return 'a' + byte(low)
}

// others are the characters that names and titles use with another reading than
// the most frequent one, each with the letter of that.
const others = "乐y重c长c行h单s曾z朝z调t弹t降x藏z传z盛c沈s解x石d系j参s车j仇q臭x畜x恶w给j会k贾g强j壳q查z翟z尉y厦x校j"

// Other is the letter that r's pinyin begins with in its other reading, 0 for what
// has none in names and titles.
func Other(r rune) byte {
	if r < first || r > last {
		return 0
	}
	if i := strings.IndexRune(others, r); i >= 0 {
		return others[i+utf8.RuneLen(r)]
	}
	return 0
}
