package main

import (
	"math"
	"slices"
	"testing"
)

func TestTablesAreCurrent(t *testing.T) {
	if stale := files.Stale("../.."); stale != nil {
		t.Errorf("%q: not what go generate writes", stale)
	}
}

// follow looks a word up as the decoder does.
func follow(table []uint32, w word) (e uint32, rest int) {
	rest, at, n := w.len, 0, levelBits
	for {
		code := w.code & (1<<rest - 1)
		if rest < n {
			code <<= n - rest
		} else {
			code >>= rest - n
		}
		if e = table[at+code]; e&link == 0 {
			return e, rest
		}
		rest -= n
		at, n = int(e>>8), int(e&31)
	}
}

// Every book is a complete prefix code, and each of its words leads to its own
// payload.
func TestBooks(t *testing.T) {
	books := [][]word{words(scaleWords, func(i int) uint32 { return uint32(i) << 8 })}
	for i := 1; i < len(shapes); i++ {
		books = append(books, words(bookWords[i], shapes[i].payload))
	}
	for i, ws := range books {
		sum, seen := 0., map[uint32]bool{}
		table := lookup(ws, levelBits)
		for _, w := range ws {
			sum += math.Exp2(-float64(w.len))
			seen[w.payload] = true
			if e, rest := follow(table, w); e&^31 != w.payload || int(e&31) != rest {
				t.Errorf("book %d: the word %0*b leads to %#x", i, w.len, w.code, e)
			}
		}
		if sum != 1 || len(seen) != len(ws) {
			t.Errorf("book %d: %d words for %d values, sum %g", i, len(ws), len(seen), sum)
		}
	}
}

func TestShapes(t *testing.T) {
	for i, s := range shapes[1:] {
		n := len(words(bookWords[i+1], s.payload))
		if want := int(math.Pow(float64(s.high-s.low+1), float64(s.dim))); n != want {
			t.Errorf("book %d: %d words, want %d", i+1, n, want)
		}
	}
	if v := shapes[1].values(1); !slices.Equal(v, []int{-1, -1, -1, 0}) {
		t.Errorf("book 1, word 1: %v", v)
	}
	if v := shapes[11].values(18); !slices.Equal(v, []int{1, 1}) {
		t.Errorf("book 11, word 18: %v", v)
	}
}

// Both windows meet the condition of Princen and Bradley.
func TestWindows(t *testing.T) {
	for _, n := range []int{128, 1024} {
		for i := range n {
			for name, w := range map[string]func(int) float64{
				"sine": func(i int) float64 { return sine(i, n) },
				"4":    func(i int) float64 { return kbd(i, n, 4) },
				"6":    func(i int) float64 { return kbd(i, n, 6) },
			} {
				if s := w(i)*w(i) + w(n-1-i)*w(n-1-i); math.Abs(s-1) > 1e-12 {
					t.Fatalf("window %s of %d, value %d: the squares add up to %g", name, n, i, s)
				}
			}
			if n == 1024 && i > 4 {
				break
			}
		}
	}
}
