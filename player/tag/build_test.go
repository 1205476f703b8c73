package tag

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// A builder writes ID3v2 tags of one version.
type builder struct {
	version byte
	body    []byte
}

// frame adds a frame; id has three characters in version 2.
func (b *builder) frame(id string, flags uint16, data []byte) *builder {
	b.body = append(b.body, id...)
	n := len(data)
	switch b.version {
	case 2:
		b.body = append(b.body, byte(n>>16), byte(n>>8), byte(n))
	case 3:
		b.body = binary.BigEndian.AppendUint32(b.body, uint32(n))
	case 4:
		b.body = append(b.body, byte(n>>21&127), byte(n>>14&127), byte(n>>7&127), byte(n&127))
	}
	if b.version > 2 {
		b.body = binary.BigEndian.AppendUint16(b.body, flags)
	}
	b.body = append(b.body, data...)
	return b
}

func (b *builder) text(id string, encoding byte, s string) *builder {
	return b.frame(id, 0, append([]byte{encoding}, s...))
}

// tag finishes the tag with a header of the given flags.
func (b *builder) tag(flags byte) []byte {
	n := len(b.body)
	head := []byte{'I', 'D', '3', b.version, 0, flags, byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}
	return append(head, b.body...)
}

func utf16le(s string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

func utf16be(s string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.BigEndian.AppendUint16(out, u)
	}
	return string(out)
}

// v1 builds an ID3v1.1 tag.
func v1(title, artist, album, year, comment string, track, genre byte) []byte {
	b := make([]byte, 128)
	copy(b, "TAG")
	copy(b[3:33], title)
	copy(b[33:63], artist)
	copy(b[63:93], album)
	copy(b[93:97], year)
	copy(b[97:125], comment)
	b[126], b[127] = track, genre
	return b
}

// ape builds an APEv2 tag with header and footer; pairs are keys and values.
func ape(pairs ...string) []byte {
	var items []byte
	for i := 0; i < len(pairs); i += 2 {
		items = binary.LittleEndian.AppendUint32(items, uint32(len(pairs[i+1])))
		items = append(items, 0, 0, 0, 0)
		items = append(append(append(items, pairs[i]...), 0), pairs[i+1]...)
	}
	end := func(flags uint32) []byte {
		b := []byte("APETAGEX\xd0\x07\x00\x00")
		b = binary.LittleEndian.AppendUint32(b, uint32(len(items)+32))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(pairs)/2))
		b = binary.LittleEndian.AppendUint32(b, flags)
		return append(b, make([]byte, 8)...)
	}
	return bytes.Join([][]byte{end(0xa0000000), items, end(0x80000000)}, nil)
}

var jpeg = append([]byte{0xff, 0xd8, 0xff, 0xe0}, bytes.Repeat([]byte{0xff, 0, 1, 2}, 300)...)

func apic(mime string, kind byte, desc string, data []byte) []byte {
	b := append([]byte{0}, mime...)
	b = append(b, 0, kind)
	b = append(append(b, desc...), 0)
	return append(b, data...)
}
