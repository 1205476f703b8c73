// Command gen writes the order of Chinese characters by pinyin, as the Unicode
// CLDR's collation for Chinese has it, which golang.org/x/text brings.
package main

import (
	"encoding/binary"
	"flag"
	"log"
	"os"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

const first, last = 0x4e00, 0x9fa5

func main() {
	out := flag.String("o", "ranks.bin", "the file to write")
	flag.Parse()
	if err := os.WriteFile(*out, table(), 0o666); err != nil {
		log.Fatal(err)
	}
}

// table is the rank of each character from first to last, from 0 on, in 16
// bits each, little endian.
func table() []byte {
	c := collate.New(language.MustParse("zh-u-co-pinyin"))
	all := make([]string, 0, last-first+1)
	for r := rune(first); r <= last; r++ {
		all = append(all, string(r))
	}
	slices.SortStableFunc(all, c.CompareString)
	b := make([]byte, 2*len(all))
	for rank, s := range all {
		r := []rune(s)[0]
		binary.LittleEndian.PutUint16(b[2*(r-first):], uint16(rank))
	}
	return b
}
