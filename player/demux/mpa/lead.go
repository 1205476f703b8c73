package mpa

import "linnet/player/internal/mpa"

// maxLead is how many frames at the start are looked at: those of 8 kbit/s
// need the most of them to fill the bit reservoir.
const maxLead = 256

// maxReservoir is how far main_data_begin can point back, in bytes; ISO/IEC
// 11172-3 clause 2.4.2.7.
const maxReservoir = 511

// trimLead has the first frames of Layer III trimmed, as a delay, when they
// begin with main data from before the file: what was cut from a longer
// stream starts so. They fill the reservoir, but have no sound of their own.
func (d *Demuxer) trimLead() {
	s := &d.link.stream
	if d.link.h.Layer != 3 || s.Delay != 0 {
		return
	}
	lead := d.lead() * int64(d.link.h.Samples())
	if lead == 0 || s.Frames >= 0 && lead >= s.Frames {
		return
	}
	s.Delay = lead
	if s.Frames >= 0 {
		s.Frames -= lead
	}
	d.view[0] = *s
}

// lead counts the frames at the link's start that can't be decoded.
func (d *Demuxer) lead() int64 {
	pos, have := d.link.sound, 0
	for n := range int64(maxLead) {
		b := d.window(pos, mpa.MaxFrameSize)
		h, ok := mpa.ParseHeader(b)
		size := sizeOf(&h, d.link.free)
		need, data := mainData(b, &h, size)
		if !ok || !alike(&d.link.h, &h) || data < 0 || need <= have {
			return n
		}
		have = min(have+data, maxReservoir)
		pos += int64(size)
	}
	return maxLead
}

// mainData reads how many bytes of earlier main data a frame needs, and how
// many it brings; -1 when the frame is not whole.
func mainData(b []byte, h *mpa.Header, size int) (need, data int) {
	side := mpa.HeaderSize
	if h.CRC {
		side += 2
	}
	data = size - side - h.SideInfoSize()
	if data < 0 || len(b) < side+2 {
		return 0, -1
	}
	if h.Version == mpa.MPEG1 {
		return int(b[side])<<1 | int(b[side+1])>>7, data
	}
	return int(b[side]), data
}
