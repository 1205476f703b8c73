//go:build fontgen

package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"sort"
)

// pack writes the format that package font documents in format.go; squeezed,
// the one in packed.go.
func pack(glyphs map[rune]*glyph, squeezed bool) ([]byte, error) {
	chars := make([]rune, 0, len(glyphs))
	for c := range glyphs {
		if c > 0xFFFF {
			return nil, fmt.Errorf("U+%X lies outside the basic plane", c)
		}
		chars = append(chars, c)
	}
	sort.Slice(chars, func(i, j int) bool { return chars[i] < chars[j] })

	pages, blocks := index(chars)
	magic, put := "LFN1", store
	if squeezed {
		magic, put = "LFZ1", squeeze
	}
	records, masks, err := put(chars, glyphs)
	if err != nil {
		return nil, err
	}
	out := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
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
		if records, err = record(records, at, g); err != nil {
			return nil, nil, err
		}
	}
	return records, masks, nil
}

// record appends a glyph's record.
func record(records []byte, at int, g *glyph) ([]byte, error) {
	if at >= 1<<24 || g.left != int(int8(g.left)) || g.top != int(int8(g.top)) || g.w > 255 || g.h > 255 || g.advance > 255 {
		return nil, errors.New("a glyph does not fit its record")
	}
	return append(records, byte(at), byte(at>>8), byte(at>>16), byte(g.advance), byte(g.left), byte(g.top), byte(g.w), byte(g.h)), nil
}

// blockLength is how many bytes of masks are squeezed together.
const blockLength = 4096

// squeeze writes the records and, in place of the masks, a table of blocks
// and the blocks.
func squeeze(chars []rune, glyphs map[rune]*glyph) (records, blocks []byte, err error) {
	var raw [][]byte
	var now []byte
	for _, c := range chars {
		mask := nibbles(glyphs[c])
		if len(now)+len(mask) > blockLength {
			raw, now = append(raw, now), nil
		}
		if records, err = record(records, len(raw)*blockLength+len(now), glyphs[c]); err != nil {
			return nil, nil, err
		}
		now = append(now, mask...)
	}
	raw = append(raw, now)
	var all bytes.Buffer
	blocks = binary.LittleEndian.AppendUint32(nil, uint32(len(raw)))
	for _, b := range raw {
		blocks = binary.LittleEndian.AppendUint32(blocks, uint32(all.Len()))
		w, err := flate.NewWriter(&all, flate.BestCompression)
		if err != nil {
			return nil, nil, err
		}
		if _, err := w.Write(b); err != nil {
			return nil, nil, err
		}
		if err := w.Close(); err != nil {
			return nil, nil, err
		}
	}
	blocks = binary.LittleEndian.AppendUint32(blocks, uint32(all.Len()))
	return records, append(blocks, all.Bytes()...), nil
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
