//go:build fontgen

package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"sort"
)

// groupSize is how many glyphs share a state.
const groupSize = 2

// font is the glyphs of a file, in the order of their characters.
type font struct {
	chars  []rune
	glyphs []*glyph
	weight uint32 // in the model
}

func newFont(glyphs map[rune]*glyph, weight uint32) (font, error) {
	f := font{weight: weight}
	for c := range glyphs {
		if c > 0xFFFF {
			return f, fmt.Errorf("U+%X lies outside the basic plane", c)
		}
		f.chars = append(f.chars, c)
	}
	sort.Slice(f.chars, func(i, j int) bool { return f.chars[i] < f.chars[j] })
	for _, c := range f.chars {
		f.glyphs = append(f.glyphs, glyphs[c])
	}
	return f, nil
}

// pack writes the format that package font documents in format.go.
func (f font) pack(m *model, number int) ([]byte, error) {
	pages, blocks := index(f.chars)
	var records, groups, masks []byte
	for i, g := range f.glyphs {
		var err error
		if records, err = record(records, g); err != nil {
			return nil, err
		}
		if i%groupSize == 0 {
			at := len(masks)
			if at >= 1<<24 {
				return nil, errors.New("the masks are too long")
			}
			groups = append(groups, byte(at), byte(at>>8), byte(at>>16))
			masks = append(masks, m.encode(f.glyphs[i:min(i+groupSize, len(f.glyphs))])...)
		}
	}
	out := append([]byte("LFN2"), make([]byte, 12)...)
	out = binary.LittleEndian.AppendUint32(out, uint32(number))
	out = append(out, pages...)
	out = append(out, blocks...)
	for i, part := range [][]byte{records, groups, masks} {
		binary.LittleEndian.PutUint32(out[4+4*i:], uint32(len(out)))
		out = append(out, part...)
	}
	return out, nil
}

// index writes the page table and the blocks: which characters there are.
func index(chars []rune) (pages, blocks []byte) {
	var present [1024]uint64
	for _, c := range chars {
		present[c>>6] |= 1 << (c & 63)
	}
	first := 0
	for _, p := range present {
		number := 0
		if p != 0 {
			blocks = binary.LittleEndian.AppendUint64(blocks, p)
			blocks = binary.LittleEndian.AppendUint16(blocks, uint16(first))
			first += bits.OnesCount64(p)
			number = len(blocks) / 10
		}
		pages = binary.LittleEndian.AppendUint16(pages, uint16(number))
	}
	return pages, blocks
}

// record appends a glyph's record.
func record(records []byte, g *glyph) ([]byte, error) {
	if g.left != int(int8(g.left)) || g.top != int(int8(g.top)) || g.w > maxWidth || (g.w+1)/2*g.h > maxMask || g.h > 255 || g.advance > 255 {
		return nil, errors.New("a glyph does not fit its record")
	}
	return append(records, byte(g.advance), byte(g.left), byte(g.top), byte(g.w), byte(g.h)), nil
}

// What package font has room for.
const (
	maxWidth = 32
	maxMask  = 1024
)
