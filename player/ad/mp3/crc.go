package mp3

import "linnet/player/internal/mpa"

// protection is what the check words of a stream were worth so far. There are
// encoders that write wrong ones throughout, so a wrong word condemns a frame
// only when a right one was seen before.
type protection struct {
	word    uint16 // of this frame
	present bool
	trusted bool
}

// take reads the check word behind the header and returns the data behind it.
func (p *protection) take(h *mpa.Header, data []byte) ([]byte, bool) {
	p.present = h.CRC
	if !h.CRC {
		return data, true
	}
	if len(data) < 2 {
		return nil, false
	}
	p.word = uint16(data[0])<<8 | uint16(data[1])
	return data[2:], true
}

// check says whether the frame may be believed; header holds its four bytes,
// and the first bits of data are protected with the last two of them.
func (p *protection) check(header, data []byte, bits int) bool {
	if !p.present {
		return true
	}
	ok := checkWord(checkWord(0xffff, header[2:4], 16), data, bits) == p.word
	p.trusted = p.trusted || ok
	return ok || !p.trusted
}

// checkWord is the cyclic redundancy check of ISO/IEC 11172-3 2.4.3.1, with
// the polynomial x^16+x^15+x^2+1, going on from crc.
func checkWord(crc uint16, data []byte, bits int) uint16 {
	for i, b := range data {
		if 8*i >= bits {
			break
		}
		for k := range min(8, bits-8*i) {
			out := crc>>15 ^ uint16(b>>(7-k)&1)
			crc = crc<<1 ^ -out&0x8005
		}
	}
	return crc
}
