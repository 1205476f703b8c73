// Command gen writes the tables that charsets are decoded by, as the encodings of
// golang.org/x/text decode. Those hold the tables to encode by, too, which are
// three times as large and of no use to a player.
package main

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"linnet/player/internal/tablegen"
)

func main() { files.Write() }

var files = tablegen.Files{"tables.bin": binaryTables, "tables.go": goTables}

// In the order of the tables in the file.
var wide = []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5, japanese.ShiftJIS, korean.EUCKR}

func decode(e encoding.Encoding, b ...byte) []rune {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		panic(err)
	}
	return []rune(string(out))
}

// binaryTables are of each charset what the bytes from 80 on are, and behind that
// what the pairs are, of 126 first bytes from 81 and 192 second ones from 40.
func binaryTables() []byte {
	var b []byte
	for _, e := range wide {
		b = append(singles(b, e), pairs(e)...)
	}
	return singles(b, charmap.Windows1251)
}

// singles has U+FFFD for what is no character by itself.
func singles(b []byte, e encoding.Encoding) []byte {
	for c := range 128 {
		b = binary.LittleEndian.AppendUint16(b, uint16(decode(e, byte(0x80+c))[0]))
	}
	return b
}

func pairs(e encoding.Encoding) (b []byte) {
	for lead := 0x81; lead < 0xff; lead++ {
		for trail := 0x40; trail <= 0xff; trail++ {
			b = binary.LittleEndian.AppendUint16(b, cell(decode(e, byte(lead), byte(trail))))
		}
	}
	return b
}

// cell is the character, 0 where the first byte alone is wrong, 1 where both are
// together, 2 where it is of plane 2, and 3 where it is two.
func cell(r []rune) uint16 {
	switch {
	case r[0] == utf8.RuneError && len(r) > 1:
		return 0
	case r[0] == utf8.RuneError:
		return 1
	case len(r) > 1:
		return 3
	case r[0] > 0xffff:
		return 2
	}
	return uint16(r[0])
}

// goTables are the pairs of Big5 in plane 2, and GB 18030's ranges of four bytes.
func goTables() []byte {
	var pairs, runes []uint16
	for lead := 0x81; lead < 0xff; lead++ {
		for trail := 0x40; trail <= 0xff; trail++ {
			if r := decode(traditionalchinese.Big5, byte(lead), byte(trail)); len(r) == 1 && r[0] > 0xffff {
				pairs, runes = append(pairs, uint16(lead<<8|trail)), append(runes, uint16(r[0]-0x20000))
			}
		}
	}
	var starts, first []uint16
	last := rune(-1)
	for n := range 39420 {
		r := decode(simplifiedchinese.GB18030, byte(0x81+n/12600), byte('0'+n/1260%10), byte(0x81+n/10%126), byte('0'+n%10))[0]
		if r != last+1 {
			starts, first = append(starts, uint16(n)), append(first, uint16(r))
		}
		last = r
	}
	return tablegen.Source("charset", func(b *bytes.Buffer) {
		b.WriteString("// The pairs of Big5 in plane 2, and where in it.\n")
		tablegen.Array(b, "plane2Pairs", "uint16", pairs)
		tablegen.Array(b, "plane2Runes", "uint16", runes)
		b.WriteString("// Where the ranges of GB 18030 in four bytes begin, and with which character.\n")
		tablegen.Array(b, "fourStarts", "uint16", starts)
		tablegen.Array(b, "fourRunes", "uint16", first)
	})
}
