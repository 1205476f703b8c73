package charset

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:generate go run ./internal/gen

//go:embed tables.bin
var tables string

// The tables of each charset of pairs, in halfwords: the bytes from 80 on, and
// behind them the pairs.
const (
	leads     = 126 // from 81
	trails    = 192 // from 40
	wideTable = 128 + leads*trails
)

// Which of the tables is whose.
const (
	tableGB18030 = iota * wideTable
	tableBig5
	tableShiftJIS
	tableEUCKR
	tableCP1251
)

// What pairs are that are no character of the first plane.
const (
	badLead = iota // the first byte is wrong, and the second another character
	badPair
	plane2
	twoRunes
)

func halfword(at int) rune { return rune(tables[2*at]) | rune(tables[2*at+1])<<8 }

// pair is what a charset's table has for two bytes.
func pair(table int, lead, trail byte) rune {
	if lead < 0x81 || lead == 0xff || trail < 0x40 {
		return badLead
	}
	return halfword(table + 128 + int(lead-0x81)*trails + int(trail-0x40))
}

// decode decodes text by a table; nothing that is wrong is left out.
func decode(table int, b []byte) string {
	var s strings.Builder
	s.Grow(len(b) * 3 / 2)
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			s.WriteByte(b[0])
			b = b[1:]
			continue
		}
		if r := halfword(table + int(b[0]&0x7f)); r != utf8.RuneError || table == tableCP1251 || len(b) == 1 {
			s.WriteRune(r)
			b = b[1:]
			continue
		}
		b = b[several(&s, table, b):]
	}
	return s.String()
}

// several decodes a character of several bytes, and returns how many they are.
func several(s *strings.Builder, table int, b []byte) int {
	if table == tableGB18030 && b[1] >= 0x30 && b[1] < 0x40 {
		r, size := four(b)
		s.WriteRune(r)
		return size
	}
	switch r := pair(table, b[0], b[1]); r {
	case badLead:
		s.WriteRune(utf8.RuneError)
		return 1
	case badPair:
		s.WriteRune(utf8.RuneError)
	case plane2:
		i, _ := slices.BinarySearch(plane2Pairs[:], uint16(b[0])<<8|uint16(b[1]))
		s.WriteRune(0x20000 + rune(plane2Runes[i]))
	case twoRunes:
		s.WriteString(marked(b[1]))
	default:
		s.WriteRune(r)
	}
	return 2
}

// marked is an E of Big5 with a circumflex, and behind it a macron or a caron, by
// the second byte; the first is 88.
func marked(trail byte) string {
	switch trail {
	case 0x62:
		return "\u00ca\u0304"
	case 0x64:
		return "\u00ca\u030c"
	case 0xa3:
		return "\u00ea\u0304"
	}
	return "\u00ea\u030c"
}

// four decodes GB 18030's characters of four bytes: those of the first plane that
// no pair has, in order, and the other planes.
func four(b []byte) (r rune, size int) {
	if len(b) < 4 || b[0] == 0xff || b[2] < 0x81 || b[2] == 0xff || b[3] < '0' || b[3] > '9' {
		return utf8.RuneError, 1
	}
	n := ((rune(b[0]-0x81)*10+rune(b[1]-'0'))*126+rune(b[2]-0x81))*10 + rune(b[3]-'0')
	if n < 39420 {
		i, found := slices.BinarySearch(fourStarts[:], uint16(n))
		if !found {
			i--
		}
		return rune(fourRunes[i]) + n - rune(fourStarts[i]), 4
	}
	if n -= 189000; n >= 0 && n < 0x100000 {
		return n + 0x10000, 4
	}
	return utf8.RuneError, 1
}
