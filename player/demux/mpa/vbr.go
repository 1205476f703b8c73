package mpa

import (
	"encoding/binary"

	"linnet/player/internal/mpa"
)

// decoderDelay is how many samples a Layer III decoder's output lies behind
// the encoder's input by itself: 528 of the filter banks, and one.
const decoderDelay = 528 + 1

// vbrTag is what the frame in front of the sound says.
type vbrTag struct {
	frames int64 // of sound, without this frame; -1 when not said
	bytes  int64 // from this frame's start to the end; -1 when not said
	// delay and padding are the encoder's own samples; valid with gapless.
	gapless        bool
	delay, padding int64
}

// Flags of the Xing tag: which fields are there.
const (
	xingFrames = 1 << iota
	xingBytes
	xingTOC
	xingQuality
)

// tagOffset is where the Xing or Info tag of a whole Layer III frame starts,
// or -1: where the main data would begin. Encoders differ on whether a
// checksum counts.
func tagOffset(frame []byte, h *mpa.Header) int {
	if h.Layer != 3 {
		return -1
	}
	at := mpa.HeaderSize + h.SideInfoSize()
	if isXing(frame, at) {
		return at
	}
	if h.CRC && isXing(frame, at+2) {
		return at + 2
	}
	return -1
}

func isXing(frame []byte, at int) bool {
	if len(frame) < at+8 {
		return false
	}
	id := string(frame[at : at+4])
	return id == "Xing" || id == "Info"
}

// parseTag reads the tag that the frame holds, if it is one: Xing or Info
// with LAME's extension, or VBRI. A tag whose fields do not fit into the
// frame is none; the frame is then sound like any other.
func parseTag(frame []byte, h *mpa.Header) (vbrTag, bool) {
	if at := tagOffset(frame, h); at >= 0 {
		return parseXing(frame, at)
	}
	return parseVBRI(frame, h)
}

func parseXing(frame []byte, at int) (vbrTag, bool) {
	t := vbrTag{frames: -1, bytes: -1}
	b := frame[at+4:]
	flags := binary.BigEndian.Uint32(b)
	b = b[4:]
	for _, field := range [...]struct {
		flag uint32
		size int
		dst  *int64
	}{{xingFrames, 4, &t.frames}, {xingBytes, 4, &t.bytes}, {xingTOC, 100, nil}, {xingQuality, 4, nil}} {
		if flags&field.flag == 0 {
			continue
		}
		if len(b) < field.size {
			return t, false
		}
		if field.dst != nil {
			*field.dst = int64(binary.BigEndian.Uint32(b))
		}
		b = b[field.size:]
	}
	t.parseLAME(frame, len(frame)-len(b))
	return t, true
}

// parseLAME reads the extension that LAME puts behind Xing's fields, at
// frame[at:]: 9 bytes of name, 12 of settings, then twice 12 bits of delay
// and padding, and at its end a checksum over all that comes before.
func (t *vbrTag) parseLAME(frame []byte, at int) {
	const delayAt, crcAt, size = 21, 34, 36
	if len(frame) < at+size {
		return
	}
	b := frame[at:]
	switch string(b[:4]) {
	case "LAME", "Lavf", "Lavc", "L3.9":
	default:
		// A name nobody knows is believed when the checksum holds.
		sum := binary.BigEndian.Uint16(b[crcAt:])
		if b[0] == 0 || crc16(frame[:at+crcAt]) != sum {
			return
		}
	}
	t.gapless = true
	t.delay = int64(b[delayAt])<<4 | int64(b[delayAt+1])>>4
	t.padding = int64(b[delayAt+1]&15)<<8 | int64(b[delayAt+2])
}

// parseVBRI reads Fraunhofer's tag, which stands 32 bytes behind the header
// whatever the mode.
func parseVBRI(frame []byte, h *mpa.Header) (vbrTag, bool) {
	const at = mpa.HeaderSize + 32
	t := vbrTag{frames: -1, bytes: -1}
	if h.Layer != 3 || len(frame) < at+26 || string(frame[at:at+4]) != "VBRI" {
		return t, false
	}
	t.bytes = int64(binary.BigEndian.Uint32(frame[at+10:]))
	t.frames = int64(binary.BigEndian.Uint32(frame[at+14:]))
	return t, true
}

// midTag says whether a frame in the middle of a stream is such a tag, as
// where two files were joined. It is stricter than parseTag, for sound may
// hold anything: a tag has no side information.
func midTag(frame []byte, h *mpa.Header) bool {
	at := tagOffset(frame, h)
	if at < 0 {
		return false
	}
	for _, v := range frame[at-h.SideInfoSize() : at] {
		if v != 0 {
			return false
		}
	}
	t, ok := parseXing(frame, at)
	return ok && t.frames >= 0
}

// crc16 is the checksum of LAME's tag: polynomial 0x8005, reflected, from 0.
func crc16(b []byte) uint16 {
	crc := uint16(0)
	for _, v := range b {
		crc ^= uint16(v)
		for range 8 {
			crc = crc>>1 ^ 0xa001*(crc&1)
		}
	}
	return crc
}
