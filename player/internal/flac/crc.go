package flac

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
	for ; len(b) >= 2; b = b[2:] {
		crc = crc16[1][byte(crc>>8)^b[0]] ^ crc16[0][byte(crc)^b[1]]
	}
	if len(b) > 0 {
		crc = crc<<8 ^ crc16[0][byte(crc>>8)^b[0]]
	}
	return crc
}

// ScanSync goes on with the CRC-16 over b up to the next place behind b[0]
// where a frame may begin, or to the last byte of b, and returns how many
// bytes that took. It is the one loop that looks at every byte of a file.
func ScanSync(crc uint16, b []byte) (n int, next uint16) {
	last := len(b) - 1
	if last < 1 {
		return 0, crc
	}
	t0, t1 := &crc16[0], &crc16[1]
	c := uint32(CRC16(crc, b[:1]))
	i := 1
	for ; i+16 < len(b); i += 16 {
		a := (*[17]byte)(b[i:])
		for j := 0; j < 15; j += 2 { // by pairs; a sync code may lie across two
			x, y := a[j], a[j+1]
			if x == 0xff && y&0xfe == 0xf8 {
				return i + j, uint16(c)
			}
			if y == 0xff && a[j+2]&0xfe == 0xf8 {
				return i + j + 1, CRC16(uint16(c), a[j:j+1])
			}
			c = uint32(t1[byte(c>>8)^x]) ^ uint32(t0[byte(c)^y])
		}
	}
	for ; i < last && !Sync(b[i:]); i++ {
		c = c&0xff<<8 ^ uint32(t0[byte(c>>8)^b[i]])
	}
	return i, uint16(c)
}
