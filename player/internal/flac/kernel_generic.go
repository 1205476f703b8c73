package flac

import (
	"bytes"
	"encoding/binary"
)

// divideGeneric divides b, which is whole groups of 64 bytes, by the CRC-16's
// polynomial in x^32, as reduce explains. q is the last sixteen quotients,
// before and after.
func divideGeneric(q *[16]uint32, b []byte) {
	last := q[15]
	for ; len(b) >= 64; b = b[64:] {
		m := (*[64]byte)(b)
		for i := range 16 {
			last ^= binary.LittleEndian.Uint32(m[4*i:]) ^ q[i] ^ q[(i+2)&15]
			q[i] = last
		}
	}
}

// findSyncGeneric returns where b has the first sync code of a frame, or else
// where its last byte is.
func findSyncGeneric(b []byte) int {
	last := max(len(b)-1, 0)
	for at := 0; at < last; at++ {
		n := bytes.IndexByte(b[at:last], 0xff)
		if n < 0 {
			break
		}
		if at += n; Sync(b[at:]) {
			return at
		}
	}
	return last
}
