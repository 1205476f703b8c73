package jpeg

import "encoding/binary"

// The markers' second bytes (table B.1).
const (
	SOF0  = 0xc0 // baseline
	SOF1  = 0xc1 // extended sequential
	SOF2  = 0xc2 // progressive
	DHT   = 0xc4
	RST0  = 0xd0
	RST7  = 0xd7
	SOI   = 0xd8
	EOI   = 0xd9
	SOS   = 0xda
	DQT   = 0xdb
	DRI   = 0xdd
	APP0  = 0xe0
	APP1  = 0xe1
	APP14 = 0xee
)

// Segment finds the next marker at or behind at: its second byte, its body
// where it has one, and where to go on. Code 0 is the end.
func Segment(data []byte, at int) (code byte, body []byte, next int) {
	for at+1 < len(data) {
		if data[at] != 0xff || data[at+1] == 0 || data[at+1] == 0xff {
			at++
			continue
		}
		code = data[at+1]
		at += 2
		if code == 1 || code >= RST0 && code <= EOI {
			return code, nil, at
		}
		if at+2 > len(data) {
			return 0, nil, at
		}
		n := int(binary.BigEndian.Uint16(data[at:]))
		if n < 2 || at+n > len(data) {
			return 0, nil, at
		}
		return code, data[at+2 : at+n], at + n
	}
	return 0, nil, at
}
