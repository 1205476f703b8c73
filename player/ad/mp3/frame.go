package mp3

import "linnet/player/internal/mpa"

// frame decodes a whole frame into d.out. What it returns is what is wrong
// with it; then the rest of d.out is concealment.
func (d *Decoder) frame(h *mpa.Header, data []byte) string {
	data = data[mpa.HeaderSize:]
	if h.CRC {
		if len(data) < 2 {
			d.silence(h)
			return "the frame is cut off"
		}
		data = data[2:]
	}
	if h.Layer == 3 {
		return d.decodeLayer3(h, data)
	}
	return d.decodeLayer12(h, data)
}
