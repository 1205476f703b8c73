package flac

// MaxHeaderSize is the longest frame header in bytes.
const MaxHeaderSize = 16

// MaxBlock is the most frames of sound that a block can have.
const MaxBlock = 65535

// A Stereo says how two channels are coded.
type Stereo uint8

// The ways to code two channels, RFC 9639 clause 9.1.3. The side channel has
// one bit more than the others.
const (
	Independent Stereo = iota
	LeftSide
	SideRight
	MidSide
)

// A Header is a frame header, RFC 9639 clause 9.1.
type Header struct {
	Variable  bool  // Number counts frames of sound, not blocks
	Number    int64 // of this block or of its first frame of sound
	BlockSize int   // frames of sound, 1 to MaxBlock
	Rate      int   // Hz; 0 says to look into STREAMINFO
	Channels  int   // 1 to 8
	Stereo    Stereo
	Bits      int // of a sample; 0 says to look into STREAMINFO
	Size      int // of the header, in bytes, its checksum included
}

var (
	rates = [12]int{0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000}
	depth = [8]int{0, 8, 12, -1, 16, 20, 24, 32}
)

// Sync says whether b starts as a frame header does.
func Sync(b []byte) bool { return len(b) >= 2 && b[0] == 0xff && b[1]&0xfe == 0xf8 }

// ParseHeader reads the frame header at b[0]. It is refused when it is not
// whole, uses what is reserved, or its CRC-8 is wrong.
func ParseHeader(b []byte) (h Header, ok bool) {
	if len(b) < 6 || !Sync(b) || b[3]&1 != 0 {
		return h, false
	}
	h.Variable = b[1]&1 != 0
	if !h.channels(b[3] >> 4) {
		return h, false
	}
	if h.Bits = depth[b[3]>>1&7]; h.Bits < 0 {
		return h, false
	}
	n, ok := h.number(b[4:])
	if !ok {
		return h, false
	}
	at, ok := h.sizes(b, 4+n)
	if !ok || at >= len(b) || CRC8(b[:at]) != b[at] {
		return h, false
	}
	h.Size = at + 1
	return h, true
}

// channels reads clause 9.1.3's four bits.
func (h *Header) channels(code byte) bool {
	if code < 8 {
		h.Channels = int(code) + 1
		return true
	}
	h.Channels, h.Stereo = 2, Stereo(code-7)
	return h.Stereo <= MidSide
}

// number reads the coded number, clause 9.1.5, which is built as UTF-8 is but
// goes to 36 bits, and returns its length in bytes.
func (h *Header) number(b []byte) (n int, ok bool) {
	first := b[0]
	for n = 0; n < 8 && first<<n&0x80 != 0; n++ {
	}
	switch {
	case n == 0:
		h.Number = int64(first)
		return 1, true
	case n == 1 || n == 8 || n > len(b):
		return 0, false
	}
	v := int64(first & (0x7f >> n))
	for _, c := range b[1:n] {
		if c&0xc0 != 0x80 {
			return 0, false
		}
		v = v<<6 | int64(c&0x3f)
	}
	h.Number = v
	return n, n < 7 || h.Variable
}

// sizes reads the block size and the sampling rate, clauses 9.1.1, 9.1.2, 9.1.6
// and 9.1.7; at is where their uncommon values start, and then where they end.
func (h *Header) sizes(b []byte, at int) (end int, ok bool) {
	if len(b) < at+4 {
		b = append(make([]byte, 0, MaxHeaderSize+4), b...)[:len(b)+4] // short of what may not be needed
	}
	switch code := b[2] >> 4; {
	case code == 0:
		return at, false
	case code == 1:
		h.BlockSize = 192
	case code < 6:
		h.BlockSize = 144 << code
	case code == 6:
		h.BlockSize = int(b[at]) + 1
		at++
	case code == 7:
		h.BlockSize = int(b[at])<<8 + int(b[at+1]) + 1
		at += 2
	default:
		h.BlockSize = 1 << code
	}
	switch code := b[2] & 15; code {
	case 12:
		h.Rate = int(b[at]) * 1000
		at++
	case 13:
		h.Rate = int(b[at])<<8 | int(b[at+1])
		at += 2
	case 14:
		h.Rate = (int(b[at])<<8 | int(b[at+1])) * 10
		at += 2
	case 15:
		return at, false
	default:
		h.Rate = rates[code]
	}
	return at, h.BlockSize <= MaxBlock && (h.Rate > 0 || b[2]&15 == 0)
}

// Complete fills in what the header leaves to STREAMINFO.
func (h *Header) Complete(s *StreamInfo) {
	if h.Rate == 0 {
		h.Rate = s.Rate
	}
	if h.Bits == 0 {
		h.Bits = s.Bits
	}
}
