package boot

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"linnet/deploy/nand"
)

const (
	slotMagic   = 0x544c4e4c // "LNLT"
	slotVersion = 1
	slotText    = 492
)

// Slot puts the header of a part before what is to be loaded: a length, a
// checksum and a text, for a kernel its command line.
func Slot(payload []byte, text string) ([]byte, error) {
	if len(text) >= slotText {
		return nil, fmt.Errorf("boot: a text of %d bytes, and the header has room for %d", len(text), slotText-1)
	}
	head := make([]byte, nand.PageSize)
	le := binary.LittleEndian
	le.PutUint32(head[0:], slotMagic)
	le.PutUint32(head[4:], uint32(len(payload)))
	le.PutUint32(head[8:], crc32.ChecksumIEEE(payload))
	le.PutUint32(head[12:], slotVersion)
	copy(head[16:], text)
	le.PutUint32(head[nand.PageSize-4:], crc32.ChecksumIEEE(head[:nand.PageSize-4]))
	return append(head, payload...), nil
}

// Start is what lies in block 0: the first stage. The chip copies it without a
// look at its code, but it has one.
func (l Loader) Start() []byte { return l.Stage1 }

// Second is what lies in each of the two parts of the second stage.
func (l Loader) Second() ([]byte, error) { return Slot(l.Stage2, "Linnet, second stage") }
