package nand

import (
	"bytes"
	"fmt"
)

// The K9F1208.
const (
	PageSize   = 512
	SpareSize  = 16
	BlockPages = 32
	BlockSize  = BlockPages * PageSize
	Blocks     = 4096

	row  = PageSize + SpareSize
	mark = PageSize + 5 // of a bad block, in its first two pages
)

// Size is that of a whole image in bytes.
const Size = Blocks * BlockPages * row

// Image is a chip. Its bytes are those of the chip, not a copy.
type Image []byte

// New makes an erased chip.
func New() Image { return bytes.Repeat([]byte{0xff}, Size) }

// From takes the bytes of a chip.
func From(b []byte) (Image, error) {
	if len(b) != Size {
		return nil, fmt.Errorf("nand: an image of %d bytes; the chip has %d", len(b), Size)
	}
	return b, nil
}

func (m Image) page(n int) []byte { return m[n*row : (n+1)*row] }

// Program writes a page of 512 bytes and its code, onto an erased page.
func (m Image) Program(n int, data []byte) {
	if erased(data) {
		return
	}
	p := m.page(n)
	copy(p, data[:PageSize])
	code := Sum(p)
	copy(p[PageSize:], code[:])
}

func erased(data []byte) bool {
	return bytes.Count(data, []byte{0xff}) == len(data)
}

// Read returns a copy of a page, corrected, and how many bits were wrong.
func (m Image) Read(n int) (page []byte, corrected int, err error) {
	p := m.page(n)
	page = bytes.Clone(p[:PageSize])
	corrected, err = Correct(page, ECC(p[PageSize:]))
	if err != nil {
		err = fmt.Errorf("page %d: %w", n, err)
	}
	return page, corrected, err
}

// Bad says whether a block is marked as a bad one.
func (m Image) Bad(block int) bool {
	n := block * BlockPages
	return m.page(n)[mark] != 0xff || m.page(n + 1)[mark] != 0xff
}

// Erase makes a block empty.
func (m Image) Erase(block int) {
	b := m[block*BlockPages*row : (block+1)*BlockPages*row]
	for i := range b {
		b[i] = 0xff
	}
}

// WritePart writes content into the blocks from first to before end, without the
// bad ones.
func (m Image) WritePart(first, end int, content []byte) error {
	size := len(content)
	for b := first; b < end && len(content) > 0; b++ {
		if m.Bad(b) {
			continue
		}
		m.Erase(b)
		for p := b * BlockPages; p < (b+1)*BlockPages && len(content) > 0; p++ {
			page := bytes.Repeat([]byte{0xff}, PageSize)
			content = content[copy(page, content):]
			m.Program(p, page)
		}
	}
	if len(content) > 0 {
		return fmt.Errorf("nand: %d bytes do not fit into blocks %d to %d", size, first, end-1)
	}
	return nil
}

// MarkBad marks a block as a bad one, as the factory does.
func (m Image) MarkBad(block int) {
	for n := block * BlockPages; n < block*BlockPages+2; n++ {
		m.page(n)[mark] = 0
	}
}

// Reprogram replaces a page by another one with its code, which no flash can.
func (m Image) Reprogram(n int, data []byte) {
	p := m.page(n)
	for i := range p {
		p[i] = 0xff
	}
	m.Program(n, data)
}
