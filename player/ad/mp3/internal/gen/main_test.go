package main

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestTablesAreCurrent(t *testing.T) {
	if stale := files.Stale("../.."); stale != nil {
		t.Errorf("%q: not what go generate writes", stale)
	}
}

// Every table of pairs is a complete prefix code with one word for each pair
// up to its largest value.
func TestPairCodesAreComplete(t *testing.T) {
	for n, s := range pairCodes {
		ws := words(s)
		sum, seen, side := 0., map[[2]int]bool{}, 0
		for _, w := range ws {
			sum += math.Exp2(-float64(w.len))
			seen[[2]int{w.x, w.y}] = true
			side = max(side, w.x+1, w.y+1)
		}
		if sum != 1 || len(seen) != side*side || len(ws) != len(seen) {
			t.Errorf("table %d: %d words for %d pairs of %d values, sum %g", n, len(ws), len(seen), side, sum)
		}
	}
}

// Every word leads through the levels to its own pair.
func TestPairTableFindsEveryWord(t *testing.T) {
	for n, s := range pairCodes {
		escapes := linbits[n] != 0
		entries := pairTable(words(s), escapes)
		for _, w := range withSigns(words(s), escapes) {
			rest, at, bits := w.len, 0, firstBits
			e := uint16(0)
			for {
				code := w.code & (1<<rest - 1)
				if rest < bits {
					code <<= bits - rest
				} else {
					code >>= rest - bits
				}
				if e = entries[at+code]; e&15 != 0 || e&0x7f == 0 {
					break
				}
				rest -= bits
				at, bits = int(e>>7)*4, int(e>>4&7)+1
			}
			length, x, y := int(e&15), int(int16(e)>>11), int(int16(e)<<5>>11)
			if length == 0 {
				length, x, y = int(e>>7&15), 15, int(e>>11)
				if y >= 16 {
					x, y = y-16, 15
				}
			}
			if length != rest || x != w.x || y != w.y {
				t.Errorf("table %d: the word for %d, %d leads to %#x", n, w.x, w.y, e)
			}
		}
	}
}

// A table of quadruples says of every index what the bits mean.
func TestQuadTable(t *testing.T) {
	for n, bits := range []int{10, 8} {
		for index, e := range quadTable(quadWords[n], bits) {
			text, value, signs := fmt.Sprintf("%0*b", bits, index), 0, ""
			for k := 3; k >= 0; k-- {
				switch e >> (8 + 2*k) & 3 {
				case 1:
					value, signs = value|1<<k, signs+"0"
				case 3:
					value, signs = value|1<<k, signs+"1"
				}
			}
			if want := quadWords[n][value] + signs; len(want) != int(e&15) || !strings.HasPrefix(text, want) {
				t.Errorf("table %c: %s gives %#x", 'A'+n, text, e)
			}
		}
	}
}

func TestQuadWordsAreComplete(t *testing.T) {
	for n, ws := range quadWords {
		sum, seen := 0., map[string]bool{}
		for _, w := range ws {
			sum += math.Exp2(-float64(len(w)))
			seen[w] = true
		}
		if sum != 1 || len(seen) != 16 {
			t.Errorf("table %c: %d words, sum %g", 'A'+n, len(seen), sum)
		}
	}
}

// The window's polyphase parts must add up to the same at each phase, which
// is what makes analysis and synthesis together nearly transparent.
func TestWindowIsPowerComplementary(t *testing.T) {
	for j := range 32 {
		sum := 0.
		for i := range 16 {
			sum += math.Pow(float64(d(32*i+j))/65536, 2)
		}
		if j > 0 && math.Abs(sum-2) > .9 {
			t.Errorf("phase %d: %g", j, sum)
		}
	}
}
