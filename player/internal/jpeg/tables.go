package jpeg

import (
	"encoding/binary"

	"linnet/player/internal/mpegvideo"
)

// Quants are the quantisation tables of a file, each by place, not in zigzag order.
type Quants [4][64]uint16

// Read reads a DQT segment (B.2.4.1) and calls got with the number of each table
// in it. It reports false where one is not whole; those before it are read.
func (q *Quants) Read(b []byte, got func(id byte)) bool {
	for len(b) > 0 {
		wide, id := b[0]>>4, b[0]&15
		n := 64 << min(wide, 1)
		if id > 3 || wide > 1 || len(b) < 1+n {
			return false
		}
		for i, at := range mpegvideo.Zigzag {
			if wide == 0 {
				q[id][at] = uint16(b[1+i])
			} else {
				q[id][at] = binary.BigEndian.Uint16(b[1+2*i:])
			}
		}
		got(id)
		b = b[1+n:]
	}
	return true
}

// Tables are the Huffman tables of a file: those of DC and those of AC.
type Tables [2][4]Table

// Read reads a DHT segment (B.2.4.2). It reports false where a table is none;
// those before it are read.
func (t *Tables) Read(b []byte) bool {
	for len(b) >= 17 {
		class, id := b[0]>>4, b[0]&15
		n := 17
		for _, c := range b[1:17] {
			n += int(c)
		}
		if class > 1 || id > 3 || n > len(b) || n > 17+256 || !t[class][id].Set(b[1:n]) {
			return false
		}
		b = b[n:]
	}
	return true
}
