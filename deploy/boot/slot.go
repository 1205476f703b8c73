package boot

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"linnet/deploy/nand"
)

const (
	slotMagic = 0x544c4e4c // "LNLT"
	slotText  = 492
)

// How a part is stored.
const (
	plain  = 1
	packed = 2 // the unpacked length and a block of LZ4
)

// Slot puts the header of a part before what is to be loaded: a length, a
// checksum and a text, for a kernel its command line.
func Slot(payload []byte, text string) ([]byte, error) { return slot(payload, text, plain) }

// Kernel is the Slot of a kernel. One that unpacks itself with LZ4 is left to the
// loader, which does it in a quarter of the time.
func Kernel(zImage []byte, text string) ([]byte, error) {
	if block, size, ok := lz4Of(zImage); ok {
		payload := binary.LittleEndian.AppendUint32(nil, size)
		return slot(append(payload, block...), text, packed)
	}
	return Slot(zImage, text)
}

// lz4Of finds what a zImage unpacks: LZ4's old frame, of one block, behind which
// the kernel's build has put the unpacked length.
func lz4Of(zImage []byte) (block []byte, size uint32, ok bool) {
	const magic = 0x184c2102
	le := binary.LittleEndian
	for at := 0; ; at++ {
		found := bytes.Index(zImage[at:], le.AppendUint32(nil, magic))
		if found < 0 {
			return nil, 0, false
		}
		at += found
		rest := zImage[at+4:]
		if len(rest) < 4 || int64(le.Uint32(rest)) > int64(len(rest)-8) {
			continue
		}
		block, size = rest[4:4+le.Uint32(rest)], le.Uint32(rest[4+le.Uint32(rest):])
		if unpackedLength(block) == int64(size) {
			return block, size, true
		}
	}
}

// unpackedLength is what a block of LZ4 unpacks to, -1: it is none.
func unpackedLength(in []byte) (n int64) {
	length := func(short byte) int64 {
		total := int64(short)
		for more := byte(255); short == 15 && more == 255; total += int64(more) {
			if len(in) == 0 {
				return -1
			}
			more, in = in[0], in[1:]
		}
		return total
	}
	for len(in) > 0 {
		token := in[0]
		in = in[1:]
		literals := length(token >> 4)
		if literals < 0 || literals > int64(len(in)) {
			return -1
		}
		n, in = n+literals, in[literals:]
		if len(in) == 0 {
			return n
		}
		if len(in) < 2 || int64(binary.LittleEndian.Uint16(in)) > n || binary.LittleEndian.Uint16(in) == 0 {
			return -1
		}
		in = in[2:]
		match := length(token & 15)
		if match < 0 {
			return -1
		}
		n += match + 4
	}
	return -1
}

func slot(payload []byte, text string, version uint32) ([]byte, error) {
	if len(text) >= slotText {
		return nil, fmt.Errorf("boot: a text of %d bytes, and the header has room for %d", len(text), slotText-1)
	}
	head := make([]byte, nand.PageSize)
	le := binary.LittleEndian
	le.PutUint32(head[0:], slotMagic)
	le.PutUint32(head[4:], uint32(len(payload)))
	le.PutUint32(head[8:], crc32.ChecksumIEEE(payload))
	le.PutUint32(head[12:], version)
	copy(head[16:], text)
	le.PutUint32(head[nand.PageSize-4:], crc32.ChecksumIEEE(head[:nand.PageSize-4]))
	return append(head, payload...), nil
}

// Start is what lies in block 0: the first stage. The chip copies it without a
// look at its code, but it has one.
func (l Loader) Start() []byte { return l.Stage1 }

// Second is what lies in each of the two parts of the second stage.
func (l Loader) Second() ([]byte, error) { return Slot(l.Stage2, "Linnet, second stage") }
