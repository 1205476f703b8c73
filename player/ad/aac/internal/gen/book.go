package main

import (
	"fmt"
	"strconv"
	"strings"
)

// A word is one of a codebook: length bits of code, and what a lookup gives.
type word struct {
	len, code int
	payload   uint16 // 12 bits
}

// words reads a list of code words, and gives each the payload of its index.
func words(list string, payload func(i int) uint16) (ws []word) {
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

// payload packs the values, counted from the lowest one: in fours two bits
// each, in pairs five. In the two or three bits above stands how many signs
// follow.
func (s shape) payload(i int) uint16 {
	p, width := 0, 20/s.dim/2
	if s.dim == 4 {
		width = 2
	}
	signs := 0
	for k, v := range s.values(i) {
		p |= (v - s.low) << (width * k)
		if v != 0 && s.low == 0 {
			signs++
		}
	}
	return uint16(p | signs<<(width*s.dim))
}

// lookup makes the levels of a table that is looked up with first bits, then
// with as many as are needed: the low four bits of an entry are the length of
// the rest of its word, and its payload stands above. An entry of another level
// has zero there, then in three bits how many bits that level takes, less one,
// and half the place where it begins.
func lookup(ws []word, first int) (table []uint16) {
	table = make([]uint16, 1<<first)
	fillLevel(&table, 0, first, ws)
	return table
}

func fillLevel(table *[]uint16, at, n int, ws []word) {
	longer := map[int][]word{}
	for _, w := range ws {
		if w.len > n {
			top := w.code >> (w.len - n)
			rest := word{w.len - n, w.code & (1<<(w.len-n) - 1), w.payload}
			longer[top] = append(longer[top], rest)
			continue
		}
		for i := range 1 << (n - w.len) {
			(*table)[at+w.code<<(n-w.len)+i] = w.payload<<4 | uint16(w.len)
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
		if next/2 >= 1<<9 {
			panic(fmt.Sprintf("a level at %d", next))
		}
		(*table)[at+top] = uint16(next/2)<<7 | uint16(m-1)<<4
		*table = append(*table, make([]uint16, 1<<m)...)
		fillLevel(table, next, m, rest)
	}
}
