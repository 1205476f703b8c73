package charset

import (
	"fmt"
	"strings"
)

// A Verdict is what was found, and why.
type Verdict struct {
	Charset Charset
	Texts   int     // with anything above ASCII in them, that were looked at
	Bits    int     // that they take as the charset found
	Next    Charset // the second best; "" where no other was possible
	NextBit int
	Forced  bool // it was asked for, not found
}

// maxEvidence is how many bytes are weighed at most.
const maxEvidence = 8 << 10

// Guess finds the charset of texts that are all in the same one.
func Guess(texts [][]byte) Verdict {
	v := Verdict{Charset: ASCII}
	models := models()
	total := make([]int, len(models))
	left := maxEvidence
	for _, b := range texts {
		if ascii(b) || left <= 0 {
			continue
		}
		left -= len(b)
		v.Texts++
		for i, m := range models {
			if total[i] >= 0 {
				total[i] = sum(total[i], m.bits(b))
			}
		}
	}
	if v.Texts == 0 {
		return v
	}
	best, next := -1, -1
	for i, n := range total {
		if n < 0 {
			continue
		}
		total[i] = n + models[i].prior
		switch {
		case best < 0 || total[i] < total[best]:
			best, next = i, best
		case next < 0 || total[i] < total[next]:
			next = i
		}
	}
	v.Charset, v.Bits = models[best].charset, total[best] // Latin-1 is never impossible
	if next >= 0 {
		v.Next, v.NextBit = models[next].charset, total[next]
	}
	return v
}

// sum adds lengths of which one may be that of the impossible.
func sum(a, b int) int {
	if b < 0 {
		return b
	}
	return a + b
}

// Why says it in words.
func (v Verdict) Why() string {
	switch {
	case v.Forced:
		return "as asked for"
	case v.Charset == ASCII:
		return "nothing but ASCII"
	case v.Next == "":
		return fmt.Sprintf("%s can be nothing else", plural(v.Texts))
	}
	return fmt.Sprintf("%s in %d bits; %s would take %d", plural(v.Texts), v.Bits, v.Next, v.NextBit)
}

func plural(n int) string {
	if n == 1 {
		return "1 text"
	}
	return fmt.Sprintf("%d texts", n)
}

func ascii(b []byte) bool {
	for _, v := range b {
		if v >= 0x80 {
			return false
		}
	}
	return true
}

// A model gives text a length.
type model struct {
	charset Charset
	prior   int // bits that it takes to say that it is this one
	bits    func(b []byte) int
}

// impossible is the length of bytes that are no text of a charset.
const impossible = -1

// Lengths that all models share.
const (
	asciiBits = 5 // of a letter or any other character of ASCII
	joinBits  = 5 // where a letter of ASCII and one of the East touch
	jumpBits  = 8 // a capital behind a small letter
)

func models() []model {
	return []model{
		{UTF8, 0, utf8Bits},
		{GB18030, 0, func(b []byte) int { return pairs(b, gbChar) }},
		{Big5, 3, func(b []byte) int { return pairs(b, big5Char) }},
		{ShiftJIS, 4, func(b []byte) int { return pairs(b, sjisChar) }},
		{EUCKR, 4, func(b []byte) int { return pairs(b, krChar) }},
		{CP1251, 5, alphabet{cyrillic, 0, joinBits}.bits},
		{Latin1, 2, alphabet{western, 3, 0}.bits},
	}
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// pairs is the length of text of a charset whose characters above ASCII
// have several bytes; char gives the size and the length of the one that b
// begins with, size 0 for none.
func pairs(b []byte, char func(b []byte) (size, bits int)) int {
	n, was := 0, byte(0) // was is 'a' behind a letter of ASCII, 'e' behind one of the East
	for len(b) > 0 {
		if b[0] < 0x80 {
			n += asciiBits
			now := byte(0)
			if asciiLetter(b[0]) {
				if now = 'a'; was == 'e' {
					n += joinBits
				}
			}
			b, was = b[1:], now
			continue
		}
		size, bits := char(b)
		if size == 0 || size > len(b) {
			return impossible
		}
		if n += bits; was == 'a' {
			n += joinBits
		}
		b, was = b[size:], 'e'
	}
	return n
}

// An alphabet is what the bytes above ASCII are in a charset of one byte a
// character.
type alphabet struct {
	char func(v byte) (bits int, kind kind)
	// touch is what two of its letters take to stand side by side, mix one of
	// them beside a letter of ASCII: French words do that, Russian ones do not.
	touch, mix int
}

// kind is what a character is as a part of a word.
type kind uint8

const (
	none kind = iota
	small
	capital
)

// bits is the length of text of such a charset.
func (a alphabet) bits(b []byte) int {
	n, was, high := 0, none, false
	for _, v := range b {
		k, bits := none, asciiBits
		above := v >= 0x80
		if above {
			bits, k = a.char(v)
		} else if asciiLetter(v) {
			if k = small; v < 'a' {
				k = capital
			}
		}
		switch {
		case was == none || k == none:
		case above != high:
			bits += a.mix
		case above:
			bits += a.touch
		}
		if was == small && k == capital {
			bits += jumpBits
		}
		if above && high && k == none {
			bits += 2 // signs seldom come together
		}
		n, was, high = n+bits, k, above
	}
	return n
}

// has says whether s, of characters without order, has r.
func has(s string, r rune) bool { return strings.ContainsRune(s, r) }
