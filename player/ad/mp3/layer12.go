package mp3

import "linnet/player/internal/mpa"

// layer12 is what is read of a Layer I or II frame before its samples.
type layer12 struct {
	bands  int             // subbands with an allocation
	bound  int             // from here on both channels share their codes
	quant  [2][32]uint8    // index of the quantiser, plus 1; 0: no samples
	scfsi  [2][32]uint8    // which scale factors are sent
	factor [2][3][32]uint8 // indices of scale factors, by third of the frame
}

// quantBits is how many bits a quantiser's code has: of three samples where
// it is one of those with 3, 5 or 9 steps in Layer II, else of one.
var (
	quantBits = [17]uint8{2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	groupBits = [17]uint8{0: 5, 1: 7, 3: 10}
	quantStep = [17]uint16{3, 5, 7, 9, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535}
)

// decodeLayer12 decodes a frame of Layer I or II without its header and CRC.
func (d *Decoder) decodeLayer12(h *mpa.Header, data []byte) string {
	l := &d.l12
	l.setBound(h)
	r := newBitReader(data, 0)
	samples := l.readLayer2
	if h.Layer == 1 {
		samples = l.readLayer1
	}
	if msg := samples(&r, h); msg != "" {
		d.silence(h)
		return msg
	}
	slots := h.Samples() / 32
	for first, step := 0, l.slots(h); first < slots; first += step {
		third := first * 3 / slots
		if h.Layer == 1 {
			third = 0
		}
		l.dequantize(&r, h, third, d.sub[:])
		for ch := range h.Channels() {
			d.synthesize(d.sub[ch*step*hybridStride:], ch, first, step)
		}
	}
	if r.pos() > 8*len(data) {
		return "the samples are longer than the frame"
	}
	return ""
}

// slots is how many samples of a subband are coded together.
func (l *layer12) slots(h *mpa.Header) int {
	if h.Layer == 1 {
		return 1
	}
	return 3
}

// setBound sets where intensity stereo begins, ISO/IEC 11172-3 2.4.2.3.
func (l *layer12) setBound(h *mpa.Header) {
	l.bound = 32
	if h.Mode == mpa.JointStereo {
		l.bound = 4 * (h.ModeExt + 1)
	}
}

// allocations reads the bit allocation; read gives the quantiser, plus 1, of
// the next code for a subband, or a negative number.
func (l *layer12) allocations(h *mpa.Header, read func(sb int) int) bool {
	ok := true
	for sb := range l.bands {
		for ch := range h.Channels() {
			if ch == 1 && sb >= l.bound {
				l.quant[1][sb] = l.quant[0][sb]
				continue
			}
			q := read(sb)
			ok = ok && q >= 0
			l.quant[ch][sb] = uint8(max(q, 0))
		}
	}
	return ok
}

// dequantize reads the codes of one or three samples of each subband, ISO/IEC
// 11172-3 2.4.3.2.1 and 2.4.3.3.4, into sub: by channel, sample, subband.
func (l *layer12) dequantize(r *bitReader, h *mpa.Header, third int, sub []int32) {
	slots, channels := l.slots(h), h.Channels()
	clear(sub[:slots*channels*hybridStride])
	var codes [3]int
	for sb := range l.bands {
		for ch := range channels {
			q := int(l.quant[ch][sb]) - 1
			if q < 0 {
				continue
			}
			if ch == 0 || sb < l.bound {
				readCodes(r, q, codes[:slots])
			}
			f := l.factor[ch][third][sb]
			scale, shift := stepScale[q][f%3], uint(f/3)+3
			for i, code := range codes[:slots] {
				v := int32(2*code-int(quantStep[q])+1) << (31 - quantBits[q])
				sub[(ch*slots+i)*hybridStride+sb] = (mulTable(v, scale) + 1<<(shift-1)) >> shift
			}
		}
	}
}

// readCodes reads one code, or three, which may be in one word.
func readCodes(r *bitReader, q int, codes []int) {
	if n := groupBits[q]; n != 0 && len(codes) == 3 {
		c, steps := r.bits(int(n)), int(quantStep[q])
		codes[0], c = c%steps, c/steps
		codes[1], c = c%steps, c/steps
		codes[2] = min(c, steps-1)
		return
	}
	for i := range codes {
		codes[i] = r.bits(int(quantBits[q]))
	}
}
