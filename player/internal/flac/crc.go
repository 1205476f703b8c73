package flac

import "encoding/binary"

// CRC8 is the checksum of a frame header: polynomial x^8 + x^2 + x + 1, RFC
// 9639 clause 9.1.8.
func CRC8(b []byte) (crc uint8) {
	for _, v := range b {
		crc = crc8[crc^v]
	}
	return crc
}

// CRC16 goes on with the checksum of a frame, polynomial x^16 + x^15 + x^2 + 1,
// RFC 9639 clause 9.3. It begins with 0, and is 0 again behind a whole frame
// with its own checksum.
func CRC16(crc uint16, b []byte) uint16 {
	if len(b) >= longEnough {
		n := toBorder(b)
		crc = crcBytes(crc, b[:n])
		b = b[n:]
		n = len(b) &^ 63
		crc = reduce(crc, b[:n])
		b = b[n:]
	}
	return crcBytes(crc, b)
}

// longEnough is how many bytes it takes for reduce to be of use.
const longEnough = 256

// crcBytes is CRC16 by tables, two bytes at a time.
func crcBytes(crc uint16, b []byte) uint16 {
	for ; len(b) >= 2; b = b[2:] {
		crc = crc16[1][byte(crc>>8)^b[0]] ^ crc16[0][byte(crc)^b[1]]
	}
	if len(b) > 0 {
		crc = crc<<8 ^ crc16[0][byte(crc>>8)^b[0]]
	}
	return crc
}

// reduce is CRC16 of whole groups of 64 bytes, two at the least, without a
// table. The square of a polynomial over two elements is that in x^2, so the
// CRC's polynomial to the power of 32 is x^512 + x^480 + x^64 + 1. What is
// left of a division by it, 64 bytes, has the checksum of the whole. And the
// division takes words as they come: each quotient is a word and the
// quotients 1, 14 and 16 words before. How bytes lie in a word does not
// matter to an exclusive or.
func reduce(crc uint16, b []byte) uint16 {
	q := [16]uint32{uint32(crc>>8 | crc<<8)} // on top of the first two bytes
	n := len(b) - 64
	divide(&q, b[:n])
	var rest [64]byte
	b = b[n:]
	last := q[15]
	for i := range 16 {
		w := binary.LittleEndian.Uint32(b[4*i:]) ^ q[i] ^ last
		if last = 0; i < 14 {
			w ^= q[i+2]
		}
		binary.LittleEndian.PutUint32(rest[4*i:], w)
	}
	return crcBytes(0, rest[:])
}

// ScanSync goes on with the CRC-16 over b up to the next place behind b[0]
// where a frame may begin, or to the last byte of b, and returns how many
// bytes that took.
func ScanSync(crc uint16, b []byte) (n int, next uint16) {
	if len(b) < 2 {
		return 0, crc
	}
	n = 1 + findSync(b[1:])
	return n, CRC16(crc, b[:n])
}
