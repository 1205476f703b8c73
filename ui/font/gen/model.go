//go:build fontgen

package main

import (
	"encoding/binary"
	"slices"
)

// Package font describes the coding in coded.go.
const (
	contexts = 5 * 5 * 3 * 3 * 2 * 2
	levels   = 16
	sumBits  = 12
	sum      = 1 << sumBits
	stateMin = 1 << 16
)

// model says how often each coverage is to be expected in a context.
type model [contexts][levels]uint32

// newModel counts what the fonts have, each so many times.
func newModel(fonts []font) *model {
	m := new(model)
	for _, f := range fonts {
		for _, g := range f.glyphs {
			for i := range g.pix {
				m[g.context(i)][g.pix[i]] += f.weight
			}
		}
	}
	for i := range m {
		scale(m[i][:])
	}
	return m
}

// scale has the counts add up to sum, and none that is there vanish. What
// rounding leaves goes to the largest, or is taken from it.
func scale(counts []uint32) {
	total := uint32(0)
	for _, n := range counts {
		total += n
	}
	if total == 0 {
		counts[0], total = 1, 1
	}
	left := sum
	for i, n := range counts {
		if n > 0 {
			counts[i] = max(1, uint32(uint64(n)*sum/uint64(total)))
		}
		left -= int(counts[i])
	}
	largest := slices.Index(counts, slices.Max(counts))
	counts[largest] = uint32(int(counts[largest]) + left)
}

// bytes is the model as it is stored: for each context how often a coverage is
// less than 0 to 15.
func (m *model) bytes() (out []byte) {
	for _, counts := range m {
		below := uint32(0)
		for _, n := range counts {
			out = binary.LittleEndian.AppendUint16(out, uint16(below))
			below += n
		}
	}
	return out
}

// encode stacks the pixels of glyphs, the last one first, and returns the bytes
// that are read to take them off again.
func (m *model) encode(glyphs []*glyph) []byte {
	var out []byte // in reverse
	state := uint32(stateMin)
	for _, g := range slices.Backward(glyphs) {
		for i := len(g.pix) - 1; i >= 0; i-- {
			counts := &m[g.context(i)]
			n, below := counts[g.pix[i]], uint32(0)
			for _, k := range counts[:g.pix[i]] {
				below += k
			}
			for state >= stateMin>>sumBits<<8*n {
				out = append(out, byte(state))
				state >>= 8
			}
			state = state/n<<sumBits + state%n + below
		}
	}
	out = append(out, byte(state), byte(state>>8), byte(state>>16))
	slices.Reverse(out)
	return out
}

// context is the number of the context of a pixel.
func (g *glyph) context(i int) (n int) {
	x, y := i%g.w, i/g.w
	for _, k := range []struct{ dx, dy, kinds int }{{-1, 0, 5}, {0, -1, 5}, {-1, -1, 3}, {1, -1, 3}, {-2, 0, 2}, {0, -2, 2}} {
		n = n*k.kinds + kind(g.at(x+k.dx, y+k.dy), k.kinds)
	}
	return n
}

func (g *glyph) at(x, y int) int {
	if x < 0 || x >= g.w || y < 0 {
		return 0
	}
	return int(g.pix[y*g.w+x])
}

// kind makes a coverage coarse: none, full and, between them, equal parts.
func kind(coverage, kinds int) int {
	switch {
	case coverage == 0:
		return 0
	case kinds == 2:
		return 1
	case coverage == levels-1:
		return kinds - 1
	}
	return 1 + (coverage-1)*(kinds-2)/(levels-2)
}
