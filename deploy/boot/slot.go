package boot

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"linnet/deploy/nand"
)

const (
	slotMagic = 0x544c4e4c // "LNLT"
	slotText  = 492
)

// How a part is stored.
const (
	plain  = 1
	packed = 3 // the unpacked length, and deflated code with absolute calls
)

// Slot puts the header of a part before what is to be loaded: a length, a
// checksum and a text, for a kernel its command line.
func Slot(payload []byte, text string) ([]byte, error) { return slot(payload, text, plain) }

// Kernel is the Slot of a kernel. What a zImage would unpack with gzip is left to
// the loader, which does it in a quarter of the time, and is packed closer: with
// the addresses in calls made absolute.
func Kernel(zImage []byte, text string) ([]byte, error) {
	code, ok := gzipOf(zImage)
	if !ok {
		return Slot(zImage, text)
	}
	payload := bytes.NewBuffer(binary.LittleEndian.AppendUint32(nil, uint32(len(code))))
	w, err := flate.NewWriter(payload, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("boot: %w", err)
	}
	callsAbsolute(code)
	if _, err := w.Write(code); err != nil {
		return nil, fmt.Errorf("boot: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("boot: %w", err)
	}
	return slot(payload.Bytes(), text, packed)
}

// callsAbsolute has each BL say where it calls, counted from the start of the code
// in words, instead of how far that is: calls of one function are alike then.
func callsAbsolute(code []byte) {
	le := binary.LittleEndian
	for at := 0; at+4 <= len(code); at += 4 {
		if word := le.Uint32(code[at:]); word>>24 == 0xeb {
			le.PutUint32(code[at:], 0xeb000000|(word+uint32(at/4)+2)&0xffffff)
		}
	}
}

// maxCode is what the loader has room for.
const maxCode = 16 << 20

// gzipOf finds what a zImage unpacks, a gzip file somewhere in it.
func gzipOf(zImage []byte) (code []byte, ok bool) {
	magic := []byte{0x1f, 0x8b, 8}
	for rest := zImage; ; rest = rest[1:] {
		at := bytes.Index(rest, magic)
		if at < 0 {
			return nil, false
		}
		rest = rest[at:]
		z, err := gzip.NewReader(bytes.NewReader(rest))
		if err != nil {
			continue
		}
		z.Multistream(false)
		if code, err := io.ReadAll(io.LimitReader(z, maxCode+1)); err == nil && len(code) <= maxCode {
			return code, true
		}
	}
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
