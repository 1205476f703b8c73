package mp3

import "linnet/player/internal/mpa"

// readLayer1 reads allocation and scale factors of a Layer I frame, ISO/IEC
// 11172-3 2.4.1.5.
func (l *layer12) readLayer1(r *bitReader, h *mpa.Header) string {
	l.bands = 32
	ok := l.allocations(h, func(int) int {
		switch a := r.bits(4); a {
		case 0:
			return 0
		case 1, 2: // 2 and 3 bits
			return 2*a - 1
		case 15:
			return -1
		default:
			return a + 2
		}
	})
	for sb := range l.bands {
		for ch := range h.Channels() {
			if l.quant[ch][sb] != 0 {
				l.factor[ch][0][sb] = uint8(r.bits(6))
			}
		}
	}
	if !ok {
		return "forbidden bit allocation"
	}
	return ""
}
