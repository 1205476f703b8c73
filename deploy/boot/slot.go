package boot

import (
	"bytes"
	"compress/flate"
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
	plain    = 1
	packed   = 2 // the unpacked length and a block of LZ4
	deflated = 3 // the unpacked length, and deflated code with absolute calls
)

// Slot puts the header of a part before what is to be loaded: a length, a
// checksum and a text, for a kernel its command line.
func Slot(payload []byte, text string) ([]byte, error) { return slot(payload, text, plain) }

// Kernel is the Slot of a kernel. One that unpacks itself with LZ4 is left to the
// loader, which does it in a quarter of the time.
func Kernel(zImage []byte, text string) ([]byte, error) {
	if block, code, ok := lz4Of(zImage); ok {
		payload := binary.LittleEndian.AppendUint32(nil, uint32(len(code)))
		return slot(append(payload, block...), text, packed)
	}
	return Slot(zImage, text)
}

// SmallKernel is the Slot of the same kernel, packed closer, which the loader
// unpacks in twice the time: deflated, with the addresses in calls made absolute.
func SmallKernel(zImage []byte, text string) ([]byte, error) {
	_, code, ok := lz4Of(zImage)
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
	return slot(payload.Bytes(), text, deflated)
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

// lz4Of finds what a zImage unpacks: LZ4's old frame, of one block, behind which
// the kernel's build has put the unpacked length.
func lz4Of(zImage []byte) (block, code []byte, ok bool) {
	const magic = 0x184c2102
	le := binary.LittleEndian
	for at := 0; ; at++ {
		found := bytes.Index(zImage[at:], le.AppendUint32(nil, magic))
		if found < 0 {
			return nil, nil, false
		}
		at += found
		rest := zImage[at+4:]
		if len(rest) < 4 || int64(le.Uint32(rest)) > int64(len(rest)-8) {
			continue
		}
		block, size := rest[4:4+le.Uint32(rest)], le.Uint32(rest[4+le.Uint32(rest):])
		if code, ok := unpackLZ4(block, int(min(size, maxCode))); ok && uint32(len(code)) == size {
			return block, code, true
		}
	}
}

// unpackLZ4 unpacks a block of LZ4, of at most so many bytes.
func unpackLZ4(in []byte, most int) (out []byte, ok bool) {
	length := func(short byte) int {
		total := int(short)
		for more := byte(255); short == 15 && more == 255; total += int(more) {
			if len(in) == 0 {
				return most + 1
			}
			more, in = in[0], in[1:]
		}
		return total
	}
	for len(in) > 0 {
		token := in[0]
		in = in[1:]
		literals := length(token >> 4)
		if literals > len(in) || literals > most-len(out) {
			return nil, false
		}
		out, in = append(out, in[:literals]...), in[literals:]
		if len(in) == 0 {
			return out, true
		}
		if len(in) < 2 {
			return nil, false
		}
		far := int(binary.LittleEndian.Uint16(in))
		in = in[2:]
		match := length(token&15) + 4
		if far == 0 || far > len(out) || match > most-len(out) {
			return nil, false
		}
		for range match {
			out = append(out, out[len(out)-far])
		}
	}
	return nil, false
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
