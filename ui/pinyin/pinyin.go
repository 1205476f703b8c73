// Package pinyin turns what is typed in Latin letters into hanzi: 20,902 of
// them, those of GB18030's two-byte set, by their readings without tones.
//
// The table (table.bin, compiled in, made by internal/gen from Unicode's
// Unihan database) is the readings of all hanzi, the most frequent first, so a
// search is one pass over it that ends when there are enough candidates:
// nothing is sorted and nothing is prepared when the program starts.
//
//	u16 number of syllables; for each a byte, its length, and its letters, in
//	alphabetical order
//	readings to the end: u16 hanzi, u16 number of its syllable
package pinyin

import (
	_ "embed"
	"strings"
)

//go:generate go run ./internal/gen -o table.bin

//go:embed table.bin
var table []byte

// longest is how many letters a syllable has at most: zhuang.
const longest = 6

// Split parts letters into syllables, the longest that fits first; what is no
// syllable yet is the last part. An apostrophe parts them where the user says
// so.
func Split(letters string) (parts []string) {
	for letters != "" {
		if letters[0] == '\'' {
			letters = letters[1:]
			continue
		}
		n := first(letters)
		parts = append(parts, letters[:n])
		letters = letters[n:]
	}
	return parts
}

// first is how many letters the first syllable of a text has, or the beginning
// of one.
func first(letters string) int {
	end := strings.IndexByte(letters, '\'')
	if end < 0 {
		end = len(letters)
	}
	for n := min(end, longest); n > 0; n-- {
		if is, _ := known(letters[:n]); is {
			return n
		}
	}
	// The beginning of a syllable, such as zh, stands for all of them.
	for n := min(end, longest); n > 0; n-- {
		if _, begins := known(letters[:n]); begins {
			return n
		}
	}
	return 1
}

// known says whether letters are a syllable, and whether one begins so.
func known(letters string) (is, begins bool) {
	at := 2
	for range syllables() {
		n := int(table[at])
		name := table[at+1 : at+1+n]
		at += 1 + n
		if n >= len(letters) && string(name[:len(letters)]) == letters {
			begins = true
			is = is || n == len(letters)
		}
	}
	return is, begins
}

func syllables() int { return int(table[0]) | int(table[1])<<8 }

// Find appends to dst hanzi whose reading is the syllable, or begins with it
// where it is not one itself: the most frequent first, at most limit of them.
func Find(dst []rune, syllable string, limit int) []rune {
	if syllable == "" {
		return dst
	}
	whole, _ := known(syllable)
	from, to, at := -1, -1, 2 // the numbers of the syllables that fit
	for i := range syllables() {
		n := int(table[at])
		name := string(table[at+1 : at+1+n])
		at += 1 + n
		if name == syllable || !whole && strings.HasPrefix(name, syllable) {
			if from < 0 {
				from = i
			}
			to = i
		}
	}
	if from < 0 {
		return dst
	}
	begun := len(dst)
	for ; at+4 <= len(table) && len(dst)-begun < limit; at += 4 {
		s := int(table[at+2]) | int(table[at+3])<<8
		if s < from || s > to {
			continue
		}
		if c := rune(table[at]) | rune(table[at+1])<<8; !has(dst[begun:], c) {
			dst = append(dst, c)
		}
	}
	return dst
}

func has(list []rune, c rune) bool {
	for _, l := range list {
		if l == c {
			return true
		}
	}
	return false
}
