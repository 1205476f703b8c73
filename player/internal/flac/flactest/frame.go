package flactest

import (
	"math"

	"linnet/player/internal/flac"
)

// The kinds of subframe.
const (
	Constant = 0
	Verbatim = 1
	Fixed    = 8
	LPC      = 32
)

// Escape is the Rice parameter of a partition with plain numbers.
const Escape = -1

// A Plan says how a subframe is to be coded. A predictor whose residual does
// not fit in 32 bits is replaced by a verbatim subframe.
type Plan struct {
	Kind      int // Constant, Verbatim, Fixed or LPC
	Order     int
	Coefs     []int64 // of LPC; that of the newest sample first
	Precision int     // bits of a coefficient
	Shift     int
	Wasted    int   // zero bits at the bottom of all samples
	Wide      bool  // Rice parameters of 5 bits
	Partition int   // partition order
	Params    []int // Rice parameter of each partition; the last holds on
}

// Frame encodes the frame that h describes; the Size of h is ignored, and Bits
// must be set. sound has a slice of BlockSize samples for each channel, before
// any decorrelation, and plan gives a plan for each channel as it is coded.
func Frame(h flac.Header, sound [][]int64, plan func(ch int) Plan) []byte {
	return frame(h, h.Bits, sound, plan)
}

// FrameWithout is Frame, with a header that leaves the rate and the width of
// samples to STREAMINFO.
func FrameWithout(h flac.Header, sound [][]int64, plan func(ch int) Plan) []byte {
	bits := h.Bits
	h.Bits, h.Rate = 0, 0
	return frame(h, bits, sound, plan)
}

func frame(h flac.Header, bits int, sound [][]int64, plan func(ch int) Plan) []byte {
	w := &bitWriter{buf: AppendHeader(nil, h)}
	for ch, s := range decorrelate(h.Stereo, sound) {
		width := bits
		if h.Stereo == flac.SideRight && ch == 0 || (h.Stereo == flac.LeftSide || h.Stereo == flac.MidSide) && ch == 1 {
			width++
		}
		subframe(w, s, width, plan(ch))
	}
	crc := flac.CRC16(0, w.buf)
	return append(w.buf, byte(crc>>8), byte(crc))
}

// AppendHeader appends a frame header.
func AppendHeader(b []byte, h flac.Header) []byte {
	start := len(b)
	strategy := byte(0)
	if h.Variable {
		strategy = 1
	}
	size, sizeBits := sizeCode(h.BlockSize)
	rate, rateValue, rateBits := rateCode(h.Rate)
	channels := byte(h.Channels - 1)
	if h.Stereo != flac.Independent {
		channels = 7 + byte(h.Stereo)
	}
	depth := map[int]byte{0: 0, 8: 1, 12: 2, 16: 4, 20: 5, 24: 6, 32: 7}[h.Bits]
	b = append(b, 0xff, 0xf8|strategy, size<<4|rate, channels<<4|depth<<1)
	b = appendNumber(b, h.Number)
	w := &bitWriter{buf: b}
	w.bits(int64(h.BlockSize-1), sizeBits)
	w.bits(int64(rateValue), rateBits)
	return append(w.buf, flac.CRC8(w.buf[start:]))
}

func sizeCode(n int) (code byte, bits int) {
	switch {
	case n == 192:
		return 1, 0
	case n == 576 || n == 1152 || n == 2304 || n == 4608:
		return byte(2 + math.Ilogb(float64(n/576))), 0
	case n >= 256 && n <= 32768 && n&(n-1) == 0:
		return byte(math.Ilogb(float64(n))), 0
	case n <= 256:
		return 6, 8
	}
	return 7, 16
}

func rateCode(hz int) (code byte, value, bits int) {
	for i, r := range []int{0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000} {
		if r == hz {
			return byte(i), 0, 0
		}
	}
	switch {
	case hz%1000 == 0 && hz < 256000:
		return 12, hz / 1000, 8
	case hz < 65536:
		return 13, hz, 16
	}
	return 14, hz / 10, 16
}

// appendNumber codes a number as UTF-8 does, but to 36 bits.
func appendNumber(b []byte, v int64) []byte {
	if v < 0x80 {
		return append(b, byte(v))
	}
	n := 2
	for v>>(5*n+1) != 0 && n < 7 {
		n++
	}
	b = append(b, byte(0xff<<(8-n))|byte(v>>(6*(n-1))))
	for n--; n > 0; n-- {
		b = append(b, 0x80|byte(v>>(6*(n-1))&0x3f))
	}
	return b
}

// decorrelate makes the channels that are coded of those that are heard.
func decorrelate(how flac.Stereo, sound [][]int64) [][]int64 {
	if how == flac.Independent {
		return sound
	}
	n := len(sound[0])
	mid, side := make([]int64, n), make([]int64, n)
	for i := range n {
		l, r := sound[0][i], sound[1][i]
		mid[i], side[i] = (l+r)>>1, l-r
	}
	switch how {
	case flac.LeftSide:
		return [][]int64{sound[0], side}
	case flac.SideRight:
		return [][]int64{side, sound[1]}
	}
	return [][]int64{mid, side}
}
