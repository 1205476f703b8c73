package mp3

import "linnet/player/internal/mpa"

// readLayer1 reads the allocation of a Layer I frame, ISO/IEC 11172-3
// 2.4.1.5; false when it is forbidden.
func (l *layer12) readLayer1(r *bitReader, h *mpa.Header) bool {
	l.bands = 32
	ok := true
	for sb := range l.bands {
		for ch := range l.coded(h, sb) {
			a := r.bits(4)
			ok = ok && a < 15
			switch l.scfsi[ch][sb] = 2; a {
			case 0:
				l.quant[ch][sb] = 0
			case 1, 2: // 2 and 3 bits
				l.quant[ch][sb] = uint8(2*a - 1)
			default:
				l.quant[ch][sb] = uint8(min(a+2, 17))
			}
		}
		l.share(h, sb)
	}
	return ok
}
