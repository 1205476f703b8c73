package mp3

import "linnet/player/internal/mpa"

// slotSamples are up to three samples of each subband of both channels: by
// channel, time and subband.
type slotSamples [6 * hybridStride]int32

// A bandCode says how one or three samples of a subband are coded, and what
// makes subband samples of the codes, ISO/IEC 11172-3 2.4.3.2.1 and 2.4.3.3.4.
type bandCode struct {
	scale int32 // 30 fractional bits
	shift int32 // to the right, after the scale
	// bits is the size of each of three codes; negative: that of the word
	// that has all three; 0: none, the codes of the entry before are used
	// again. With singleCode added there is one code only.
	bits int32
	at   int32 // the place of the first sample in bytes; the next are a row behind
}

const singleCode = 64

// The codes of quantisers with 3, 5 and 9 steps have 2, 3 and 4 bits, or three
// of them are in one word in Layer II.
var (
	quantBits = [17]int8{2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	groupBits = [17]int8{0: 5, 1: 7, 3: 10}
)

// list lists the codes of a frame.
func (l *layer12) list(h *mpa.Header) []bandCode {
	slots, n := l.slots(h), 0
	for sb := range l.bands {
		coded := l.coded(h, sb)
		for ch := range h.Channels() {
			q := int(l.quant[ch][sb]) - 1
			if q < 0 {
				continue
			}
			c := &l.codes[n]
			l.order[n] = uint8(32*ch + sb)
			n++
			c.at = int32(4 * (ch*slots*hybridStride + sb))
			switch c.bits = int32(quantBits[q]); {
			case ch >= coded:
				c.bits = 0
			case slots == 3 && groupBits[q] != 0:
				c.bits = -int32(groupBits[q])
			}
			if slots == 1 {
				c.bits += singleCode
			}
		}
	}
	return l.codes[:n]
}

// scale sets the scales of a third of the frame, where they are not those of
// the one before.
func (l *layer12) scale(codes []bandCode, third int) {
	for i := range codes {
		ch, sb := l.order[i]>>5&1, l.order[i]&31
		f := l.factor[ch][third][sb]
		if third > 0 && f == l.factor[ch][third-1][sb] {
			continue
		}
		q := l.quant[ch][sb] - 1
		codes[i].scale, codes[i].shift = stepScale[q][f%3], int32(f/3)+2
	}
}

// dequantizeGeneric reads the codes and puts what they are into out.
func dequantizeGeneric(r *bitReader, codes []bandCode, out *slotSamples) {
	var x [3]int32 // the codes about 0, with 31 bits behind the point
	for i := range codes {
		c := &codes[i]
		n, size := 3, int(c.bits)
		if size >= singleCode {
			n, size = 1, size-singleCode
		}
		switch {
		case size < 0:
			e := groups(-size)[r.bits(-size)]
			x = [3]int32{int32(e &^ 0xffffff), int32(e << 8 &^ 0xffffff), int32(e << 16 &^ 0xffffff)}
		case size > 0:
			for k := range n {
				x[k] = int32(uint32(r.bits(size)+1)<<(32-size) ^ 1<<31)
			}
		}
		at := out[c.at/4:]
		for k, v := range x[:n] {
			v = high(v, c.scale)
			at[hybridStride*k] = v>>c.shift + v>>(c.shift-1)&1
		}
	}
	r.fill()
}

// groups is the table of words of so many bits.
func groups(bits int) []uint32 {
	switch bits {
	case 5:
		return groupCodes[:32]
	case 7:
		return groupCodes[32:160]
	}
	return groupCodes[160:]
}
