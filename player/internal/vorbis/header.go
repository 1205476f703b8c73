package vorbis

import (
	"bytes"
	"encoding/binary"

	"linnet/player/media"
)

const stage = "vorbis"

func broken(msg string) error { return &media.FormatError{Stage: stage, Offset: -1, Msg: msg} }

func refused(msg string) error { return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: msg} }

// The types of the header packets, clause 4.2.1.
const (
	typeIdentification = 1
	typeComment        = 3
	typeSetup          = 5
)

// HeaderSize is how many bytes stand in front of what a header says.
const HeaderSize = 7

// isHeader says whether packet is a header of that type.
func isHeader(packet []byte, kind byte) bool {
	return len(packet) >= HeaderSize && packet[0] == kind && string(packet[1:HeaderSize]) == "vorbis"
}

// IsIdentification says whether packet begins a Vorbis stream.
func IsIdentification(packet []byte) bool { return isHeader(packet, typeIdentification) }

// Identification is the identification header, clause 4.2.2.
type Identification struct {
	Channels, Rate int
	BitRate        int    // nominal; 0 when the header does not say
	Sizes          [2]int // of short and long blocks: powers of two from 64 to 8192
}

// ParseIdentification reads an identification header.
func ParseIdentification(packet []byte) (Identification, error) {
	var id Identification
	if !isHeader(packet, typeIdentification) || len(packet) < 30 {
		return id, broken("no identification header")
	}
	b := packet[HeaderSize:]
	if binary.LittleEndian.Uint32(b) != 0 {
		return id, refused("another version than 0")
	}
	id.Channels = int(b[4])
	rate := binary.LittleEndian.Uint32(b[5:])
	id.BitRate = int(max(0, int32(binary.LittleEndian.Uint32(b[13:]))))
	id.Sizes = [2]int{1 << (b[21] & 15), 1 << (b[21] >> 4)}
	switch {
	case id.Channels == 0 || rate == 0:
		return id, broken("no channels or no rate")
	case id.Sizes[0] < 64 || id.Sizes[1] > 8192 || id.Sizes[0] > id.Sizes[1]:
		return id, broken("impossible sizes of blocks")
	case b[22]&1 == 0:
		return id, broken("the identification header has no end")
	case rate > 1<<30:
		return id, refused("a rate above 1 GHz")
	}
	id.Rate = int(rate)
	return id, nil
}

// PackHeaders makes a media.Stream.Config of the three headers.
func PackHeaders(identification, comment, setup []byte) []byte {
	b := []byte{2}
	for _, h := range [][]byte{identification, comment} {
		n := len(h)
		b = append(b, bytes.Repeat([]byte{255}, n/255)...)
		b = append(b, byte(n%255))
	}
	b = append(b, identification...)
	b = append(b, comment...)
	return append(b, setup...)
}

// UnpackHeaders takes a Config apart; what it returns lies within.
func UnpackHeaders(config []byte) (identification, comment, setup []byte, err error) {
	if len(config) == 0 || config[0] != 2 {
		return nil, nil, nil, broken("not three headers")
	}
	b := config[1:]
	var sizes [2]int
	for i := range sizes {
		for more := true; more; {
			if len(b) == 0 {
				return nil, nil, nil, broken("the headers are cut off")
			}
			sizes[i] += int(b[0])
			more = b[0] == 255
			b = b[1:]
		}
	}
	if len(b) < sizes[0]+sizes[1] {
		return nil, nil, nil, broken("the headers are cut off")
	}
	first, second := sizes[0], sizes[0]+sizes[1]
	return b[:first], b[first:second], b[second:], nil
}
