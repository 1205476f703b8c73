package mp3

import "linnet/player/internal/mpa"

// frame decodes a whole frame into d.out. What it returns is what is wrong
// with it; then the rest of d.out is concealment.
func (d *Decoder) frame(h *mpa.Header, packet []byte) string {
	d.follow(h)
	header := packet[:mpa.HeaderSize]
	data, ok := d.crc.take(h, packet[mpa.HeaderSize:])
	if !ok {
		d.silence(h)
		return "the frame is cut off"
	}
	if h.Layer == 3 {
		msg := d.decodeLayer3(h, header, data)
		if len(packet) < h.FrameSize() {
			d.l3.main.forget()
		}
		return msg
	}
	return d.decodeLayer12(h, header, data)
}

// follow prepares the state that the last frame left for one of another
// layer.
func (d *Decoder) follow(h *mpa.Header) {
	if d.last.Layer != 0 && d.last.Layer != h.Layer {
		d.l3.reset()
	}
}
