package main

import (
	"strconv"
	"strings"
)

// A word is one of a codebook: length bits of code, and what a lookup gives.
type word struct {
	len, code int
	payload   uint32 // without the low 8 bits
}

// words reads a list of code words, and gives each the payload of its index.
func words(list string, payload func(i int) uint32) (ws []word) {
	for i, s := range strings.Fields(list) {
		n, err := strconv.ParseInt(s[:1], 36, 32)
		if err != nil {
			panic(err)
		}
		code, err := strconv.ParseInt(s[1:], 16, 32)
		if err != nil {
			panic(err)
		}
		ws = append(ws, word{int(n), int(code), payload(i)})
	}
	return ws
}

// A shape is what the values of a spectral codebook are, ISO/IEC 14496-3 table
// 4.127: how many to a word, and from what to what.
type shape struct {
	dim, low, high int
}

// shapes are those of books 1 to 11.
var shapes = [12]shape{
	1: {4, -1, 1}, 2: {4, -1, 1}, 3: {4, 0, 2}, 4: {4, 0, 2}, 5: {2, -4, 4}, 6: {2, -4, 4},
	7: {2, 0, 7}, 8: {2, 0, 7}, 9: {2, 0, 12}, 10: {2, 0, 12}, 11: {2, 0, 16},
}

// values are those of a word by its index: the last one counts fastest.
func (s shape) values(i int) []int {
	v := make([]int, s.dim)
	for k := s.dim - 1; k >= 0; k-- {
		n := s.high - s.low + 1
		v[k] = i%n + s.low
		i /= n
	}
	return v
}

// escape marks words with a value of 16 in book 11, behind which more bits
// follow.
const escape = 0x80

// payload packs the values of a word: in fours from bit 8 upwards, two bits
// each; in pairs that have their signs, in the two upper bytes; in pairs of
// magnitudes, in the two bytes above the lowest. In the highest byte of
// magnitudes stands how many signs follow.
func (s shape) payload(i int) (p uint32) {
	signs := uint32(0)
	for k, v := range s.values(i) {
		switch {
		case s.dim == 4:
			p |= uint32(v) & 3 << (8 + 2*k)
		case s.low < 0:
			p |= uint32(v) & 0xff << (16 + 8*k)
		default:
			p |= uint32(v) << (8 + 8*k)
		}
		if v != 0 {
			signs++
		}
		if s.high == 16 && v == 16 {
			p |= escape
		}
	}
	if s.low == 0 {
		p |= signs << 24
	}
	return p
}

// lookup makes the levels of a table that is looked up with first bits, then
// with as many as are needed: the low five bits of an entry are the length of
// the rest of its word, and its payload stands above. An entry of another level
// has how many bits that level takes instead, is marked as a link, and has the
// place where the level begins above the low 8 bits.
func lookup(ws []word, first int) (table []uint32) {
	table = make([]uint32, 1<<first)
	fillLevel(&table, 0, first, ws)
	return table
}

// link marks entries of another level.
const link = 0x40

func fillLevel(table *[]uint32, at, n int, ws []word) {
	longer := map[int][]word{}
	for _, w := range ws {
		if w.len > n {
			top := w.code >> (w.len - n)
			rest := word{w.len - n, w.code & (1<<(w.len-n) - 1), w.payload}
			longer[top] = append(longer[top], rest)
			continue
		}
		for i := range 1 << (n - w.len) {
			(*table)[at+w.code<<(n-w.len)+i] = w.payload | uint32(w.len)
		}
	}
	for top := range 1 << n {
		rest := longer[top]
		if rest == nil {
			continue
		}
		m := 0
		for _, w := range rest {
			m = max(m, w.len)
		}
		m = min(m, levelBits)
		next := len(*table)
		(*table)[at+top] = uint32(next<<8 | link | m)
		*table = append(*table, make([]uint32, 1<<m)...)
		fillLevel(table, next, m, rest)
	}
}
