package main

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"linnet/player/demo/internal/synth"
)

// tag is an ID3v2 tag. The first half of the album has version 2.3 with
// UTF-16, the other 2.4 with UTF-8: both are in use, and a player meets both.
func tag(t synth.Track, total int, picture []byte, version int) []byte {
	year := "TYER"
	if version == 4 {
		year = "TDRC"
	}
	var body []byte
	for _, f := range [][2]string{
		{"TIT2", t.Title}, {"TPE1", "Linnet"}, {"TPE2", "Linnet"}, {"TALB", "Hedgerow 树篱"},
		{year, "2026"}, {"TRCK", fmt.Sprintf("%d/%d", t.Number, total)}, {"TCON", "Instrumental"},
	} {
		body = append(body, frame(f[0], text(f[1], version), version)...)
	}
	apic := append([]byte("\x00image/png\x00\x03\x00"), picture...) // Latin-1, front cover, no words
	body = append(body, frame("APIC", apic, version)...)
	head := []byte{'I', 'D', '3', byte(version), 0, 0}
	return append(append(head, synchsafe(len(body))...), body...)
}

func frame(id string, body []byte, version int) []byte {
	size := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	if version == 4 {
		size = synchsafe(len(body))
	}
	f := append([]byte(id), size...)
	return append(append(f, 0, 0), body...)
}

// synchsafe is a number in four bytes of seven bits.
func synchsafe(n int) []byte {
	return []byte{byte(n >> 21 & 0x7f), byte(n >> 14 & 0x7f), byte(n >> 7 & 0x7f), byte(n & 0x7f)}
}

// text is a text frame's body: the encoding, then the text.
func text(s string, version int) []byte {
	if version == 4 {
		return append([]byte{3}, s...)
	}
	b := []byte{1, 0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}
