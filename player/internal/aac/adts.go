package aac

import "linnet/player/internal/bits"

const (
	// HeaderSize is how many bytes Header.Parse wants.
	HeaderSize = 7
	// MaxFrame is the most bytes that an ADTS frame may claim.
	MaxFrame = 1<<13 - 1
)

// Header is an ADTS header, ISO/IEC 14496-3 table 1.A.5.
type Header struct {
	MPEG2    bool
	CRC      bool
	Profile  int // the object type less one
	Rate     int // index in table 1.18
	Channels int // channelConfiguration; 0: a program config element is in the frame
	Size     int // of the frame in bytes, this header included
	Blocks   int // raw data blocks in the frame
}

// ParseHeader reads the header that b starts with. ok is false where there is
// none: the layer's bits tell it from MPEG audio, which has the same sync
// word.
func ParseHeader(b []byte) (h Header, ok bool) {
	if len(b) < HeaderSize || b[0] != 0xff || b[1]&0xf6 != 0xf0 {
		return h, false
	}
	h = Header{
		MPEG2:    b[1]&8 != 0,
		CRC:      b[1]&1 == 0,
		Profile:  int(b[2] >> 6),
		Rate:     int(b[2] >> 2 & 15),
		Channels: int(b[2]&1)<<2 | int(b[3]>>6),
		Size:     int(b[3]&3)<<11 | int(b[4])<<3 | int(b[5]>>5),
		Blocks:   int(b[6]&3) + 1,
	}
	return h, h.Rate < len(rates) && h.Size > h.Len()
}

// Len is how many bytes stand in front of the frame's first raw data block.
func (h *Header) Len() int {
	if !h.CRC {
		return HeaderSize
	}
	return HeaderSize + 2*h.Blocks // the other blocks' places, and a check word
}

// Config is what the header says of the stream. Where that is no channels, it
// is what the program config element says that the raw data block must start
// with. Errors are as those of ParseConfig.
func (h *Header) Config(block []byte) (Config, error) {
	c := Config{Rate: rates[h.Rate]}
	c.RateIndex = rateIndex(c.Rate)
	if h.Profile != typeLC-1 {
		return c, unsupported(objectName(h.Profile + 1))
	}
	if h.Channels != 0 {
		c.Layout, _ = channelLayout(h.Channels)
		return c, nil
	}
	r := bits.NewReader(block)
	if Kind(r.Bits(3)) != PCE {
		return c, unsupported("ADTS without a channel configuration")
	}
	p, ok := ParseProgram(&r)
	if !ok {
		return c, formatError("the program config element is broken")
	}
	if c.Layout, ok = p.layout(); !ok {
		return c, unsupported("this channel configuration")
	}
	return c, nil
}
