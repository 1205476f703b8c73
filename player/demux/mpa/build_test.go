package mpa

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// A spec is a frame to build: fields of the header as coded.
type spec struct {
	version  byte // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
	layer    byte // 3: Layer I, 2: Layer II, 1: Layer III
	bitRate  byte
	rate     byte
	mode     byte
	pad, crc bool
}

// usual is Layer III, 128 kbit/s, 44.1 kHz, joint stereo: 417 bytes.
var usual = spec{version: 3, layer: 1, bitRate: 9, mode: 1}

func (s spec) header() []byte {
	b := []byte{0xff, 0xe1 | s.version<<3 | s.layer<<1, s.bitRate<<4 | s.rate<<2, s.mode << 6}
	if s.crc {
		b[1] &^= 1
	}
	if s.pad {
		b[2] |= 2
	}
	return b
}

// frame builds a frame of size bytes (0: as the header says) whose content
// holds no sync word and tells frames apart.
func (s spec) frame(n, size int) []byte {
	b := s.header()
	h, ok := mpa.ParseHeader(b)
	if !ok {
		panic("spec is not valid")
	}
	if size == 0 {
		size = h.FrameSize()
	}
	for i := len(b); i < size; i++ {
		b = append(b, byte(n*7+i)&0x7f)
	}
	s.backPointer(b, 0)
	return b
}

// backPointer sets a Layer III frame's main_data_begin.
func (s spec) backPointer(frame []byte, bytes int) {
	h, _ := mpa.ParseHeader(frame)
	side := mpa.HeaderSize
	if h.CRC {
		side += 2
	}
	if h.Layer != 3 || len(frame) < side+2 {
		return
	}
	if h.Version != mpa.MPEG1 {
		frame[side] = byte(bytes)
		return
	}
	frame[side] = byte(bytes >> 1)
	frame[side+1] = frame[side+1]&0x7f | byte(bytes&1)<<7
}

func (s spec) frames(count int) []byte {
	var b []byte
	for n := range count {
		b = append(b, s.frame(n, 0)...)
	}
	return b
}

// xing builds a tag frame. lame is encoder delay and padding; nil leaves
// LAME's extension out.
func (s spec) xing(id string, frames, size uint32, lame *[2]int) []byte {
	b := s.frame(0, 0)
	clear(b[4:])
	h, _ := mpa.ParseHeader(b)
	at := 4 + h.SideInfoSize()
	copy(b[at:], id)
	be := binary.BigEndian
	be.PutUint32(b[at+4:], xingFrames|xingBytes|xingTOC|xingQuality)
	be.PutUint32(b[at+8:], frames)
	be.PutUint32(b[at+12:], size)
	if lame != nil {
		ext := at + 120
		copy(b[ext:], "LAME3.100")
		b[ext+21], b[ext+22], b[ext+23] = byte(lame[0]>>4), byte(lame[0]<<4|lame[1]>>8), byte(lame[1])
		be.PutUint16(b[ext+34:], crc16(b[:ext+34]))
	}
	return b
}

func id3v2(size int) []byte {
	b := []byte{'I', 'D', '3', 3, 0, 0, 0, 0, byte(size >> 7), byte(size & 127)}
	return append(b, make([]byte, size)...)
}

func id3v1() []byte { return append([]byte("TAG"), make([]byte, 125)...) }

func ape(items int) []byte {
	b := []byte("APETAGEX\xd0\x07\x00\x00")
	b = binary.LittleEndian.AppendUint32(b, uint32(items+32))
	b = append(b, make([]byte, 16)...)
	return append(make([]byte, items), b...)
}

func open(t testing.TB, b []byte) *Demuxer {
	t.Helper()
	d, err := New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A seen is what reading to the end gave.
type seen struct {
	packets []media.Packet
	damage  []*media.FormatError
	changes int
}

// readAll reads to the end; every other error fails the test.
func readAll(t testing.TB, d *Demuxer) (s seen) {
	t.Helper()
	for range 1 << 20 {
		var p media.Packet
		err := d.ReadPacket(&p)
		var f *media.FormatError
		switch {
		case err == nil:
			s.packets = append(s.packets, p)
		case err == io.EOF:
			if err := d.ReadPacket(&p); err != io.EOF {
				t.Fatalf("after io.EOF: %v", err)
			}
			return s
		case err == media.ErrNewStreams:
			s.changes++
		case errors.As(err, &f):
			s.damage = append(s.damage, f)
		default:
			t.Fatal(err)
		}
	}
	t.Fatal("no end")
	return s
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// noise is bytes without any sync word.
func noise(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*i>>3) & 0x7f
	}
	return b
}
