//go:build fontgen

package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"sort"
)

// pack writes the format that package font documents in format.go.
func pack(glyphs map[rune]*glyph) ([]byte, error) {
	chars := make([]rune, 0, len(glyphs))
	for c := range glyphs {
		if c > 0xFFFF {
			return nil, fmt.Errorf("U+%X lies outside the basic plane", c)
		}
		chars = append(chars, c)
	}
	sort.Slice(chars, func(i, j int) bool { return chars[i] < chars[j] })

	pages, blocks := index(chars)
	records, masks, err := store(chars, glyphs)
	if err != nil {
		return nil, err
	}
	out := append([]byte("LFN1"), 0, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, pages...)
	out = append(out, blocks...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)))
	out = append(out, records...)
	binary.LittleEndian.PutUint32(out[8:], uint32(len(out)))
	return append(out, masks...), nil
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

// store writes the records and the masks. Equal masks are stored once.
func store(chars []rune, glyphs map[rune]*glyph) (records, masks []byte, err error) {
	seen := map[string]int{}
	for _, c := range chars {
		g := glyphs[c]
		mask := nibbles(g)
		at, ok := seen[string(mask)]
		if !ok {
			at = len(masks)
			seen[string(mask)] = at
			masks = append(masks, mask...)
		}
		if at >= 1<<24 || g.left != int(int8(g.left)) || g.top != int(int8(g.top)) || g.w > 255 || g.h > 255 || g.advance > 255 {
			return nil, nil, errors.New("a glyph does not fit its record")
		}
		records = append(records, byte(at), byte(at>>8), byte(at>>16), byte(g.advance), byte(g.left), byte(g.top), byte(g.w), byte(g.h))
	}
	return records, masks, nil
}

// nibbles packs the mask two pixels a byte, the left one in the high half;
// rows are padded to whole bytes.
func nibbles(g *glyph) []byte {
	stride := (g.w + 1) / 2
	b := make([]byte, stride*g.h)
	for i, c := range g.pix {
		x, y := i%g.w, i/g.w
		b[y*stride+x/2] |= c << (4 * (1 - x&1))
	}
	return b
}
