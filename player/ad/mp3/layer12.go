package mp3

import "linnet/player/internal/mpa"

// layer12 is what is read of a Layer I or II frame before its samples.
type layer12 struct {
	bands  int             // subbands with an allocation
	bound  int             // from here on both channels share their codes
	quant  [2][32]uint8    // index of the quantiser, plus 1; 0: no samples
	scfsi  [2][32]uint8    // which scale factors are sent; 2: one for all
	factor [2][3][32]uint8 // indices of scale factors, by third of the frame
	codes  [64]bandCode    // of a third, in the order of the bit stream
	order  [64]uint8       // channel (from bit 5 on) and subband of each
}

// decodeLayer12 decodes a frame of Layer I or II, of which data is what is
// behind the header and the check word.
func (d *Decoder) decodeLayer12(h *mpa.Header, header, data []byte) string {
	l := &d.l12
	l.setBound(h)
	r := newBitReader(data, 0)
	ok := true
	if h.Layer == 1 {
		ok = l.readLayer1(&r, h)
	} else {
		l.readLayer2(&r, h)
	}
	if !d.crc.check(header, data, r.pos()) {
		d.silence(h)
		return wrongCRC
	}
	if !ok {
		d.silence(h)
		return "forbidden bit allocation"
	}
	l.readFactors(&r, h)
	clear(d.sub[:])
	codes := l.list(h)
	slots, step := h.Samples()/32, l.slots(h)
	for first := 0; first < slots; {
		third := 3 * first / slots
		l.scale(codes, third)
		for ; 3*first/slots == third; first += step {
			dequantize(&r, codes, &d.sub)
			for ch := range h.Channels() {
				d.synthesize(d.sub[ch*step*hybridStride:], ch, first, step)
			}
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

// coded is how many channels have codes of their own in a subband.
func (l *layer12) coded(h *mpa.Header, sb int) int {
	if sb >= l.bound {
		return 1
	}
	return h.Channels()
}

// share gives the right channel the allocation of the left one where they
// have their codes in common.
func (l *layer12) share(h *mpa.Header, sb int) {
	if l.coded(h, sb) < h.Channels() {
		l.quant[1][sb], l.scfsi[1][sb] = l.quant[0][sb], l.scfsi[0][sb]
	}
}

// readFactors reads the scale factors, of which neighbouring thirds of a
// frame may share one and in Layer I all do.
func (l *layer12) readFactors(r *bitReader, h *mpa.Header) {
	for sb := range l.bands {
		for ch := range h.Channels() {
			if l.quant[ch][sb] == 0 {
				continue
			}
			a := uint8(r.bits(6))
			b, c := a, a
			switch l.scfsi[ch][sb] {
			case 0:
				b = uint8(r.bits(6))
				c = uint8(r.bits(6))
			case 1:
				c = uint8(r.bits(6))
			case 3:
				b = uint8(r.bits(6))
				c = b
			}
			l.factor[ch][0][sb], l.factor[ch][1][sb], l.factor[ch][2][sb] = a, b, c
		}
	}
}
