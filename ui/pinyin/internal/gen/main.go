// Gen writes the table of readings of package pinyin from Unicode's Unihan
// database: which hanzi are read how, the most frequent first.
//
// The hanzi of GB2312 come first. Frequencies are those of the dictionary that Unihan cites as kHanyuPinlu.
// What is not in it follows in the order of GB2312 (its first level is the
// common hanzi), and then in that of their code points, with the reading that
// Unihan calls customary (kMandarin).
package main

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

func main() {
	in := flag.String("unihan", "/usr/share/unicode/Unihan_Readings.txt.bz2", "Unihan's readings")
	out := flag.String("o", "table.bin", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// reading is a way to read a hanzi.
type reading struct {
	char      rune
	syllable  string
	frequency int
}

func run(in, out string) error {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	defer f.Close()
	list, err := readings(bufio.NewScanner(bzip2.NewReader(f)))
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b reading) int {
		if x, y := traditional(a.char), traditional(b.char); x != y {
			return x - y
		}
		if a.frequency != b.frequency {
			return b.frequency - a.frequency
		}
		if x, y := place(a.char), place(b.char); x != y {
			return x - y
		}
		return strings.Compare(a.syllable, b.syllable)
	})
	return os.WriteFile(out, encode(list), 0o644)
}

// readings reads the lines about hanzi that GB18030 has in two bytes.
func readings(s *bufio.Scanner) ([]reading, error) {
	var list []reading
	customary := map[rune]string{}
	known := map[rune]bool{}
	for s.Scan() {
		fields := strings.Split(s.Text(), "\t")
		if len(fields) != 3 {
			continue
		}
		c, err := strconv.ParseInt(strings.TrimPrefix(fields[0], "U+"), 16, 32)
		if err != nil || c < 0x4E00 || c > 0x9FA5 {
			continue
		}
		switch fields[1] {
		case "kMandarin":
			first, _, _ := strings.Cut(fields[2], " ")
			customary[rune(c)] = plain(first)
		case "kHanyuPinlu":
			known[rune(c)] = true
			list = append(list, counted(rune(c), fields[2])...)
		}
	}
	for c, syllable := range customary {
		if !known[c] {
			list = append(list, reading{c, syllable, 0})
		}
	}
	return list, s.Err()
}

// counted reads "hǎo(6060) hào(142)": the same syllable in two tones is one.
func counted(c rune, text string) (list []reading) {
	for _, part := range strings.Fields(text) {
		name, rest, _ := strings.Cut(part, "(")
		n, _ := strconv.Atoi(strings.TrimSuffix(rest, ")"))
		s := plain(name)
		if i := slices.IndexFunc(list, func(r reading) bool { return r.syllable == s }); i >= 0 {
			list[i].frequency += n
		} else {
			list = append(list, reading{c, s, n})
		}
	}
	return list
}

// plain takes the tone off a syllable, and writes ü as v, as keyboards do.
func plain(s string) string {
	s = strings.ReplaceAll(norm.NFD.String(s), "u\u0308", "v")
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

// traditional is 1 of a hanzi that GB2312 lacks: mostly forms that are not used
// in China today, for which the dictionary counts their simplified twins.
func traditional(c rune) int {
	if place(c) >= 1<<16 {
		return 1
	}
	return 0
}

// place is a hanzi's in GB2312, or behind it.
func place(c rune) int {
	b, err := simplifiedchinese.HZGB2312.NewEncoder().String(string(c))
	if err == nil && len(b) >= 4 {
		return int(b[2])<<8 | int(b[3])
	}
	return 1<<16 + int(c)
}

// encode writes the format that package pinyin documents.
func encode(list []reading) []byte {
	var names []string
	for _, r := range list {
		if r.syllable != "" && !slices.Contains(names, r.syllable) {
			names = append(names, r.syllable)
		}
	}
	slices.Sort(names)
	var b bytes.Buffer
	binary.Write(&b, binary.LittleEndian, uint16(len(names)))
	for _, n := range names {
		b.WriteByte(byte(len(n)))
		b.WriteString(n)
	}
	for _, r := range list {
		if r.syllable == "" {
			continue
		}
		i, _ := slices.BinarySearch(names, r.syllable)
		binary.Write(&b, binary.LittleEndian, [2]uint16{uint16(r.char), uint16(i)})
	}
	return b.Bytes()
}
