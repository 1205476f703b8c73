package mp3

import "linnet/player/internal/mpa"

const wrongCRC = "the check word is wrong"

// concealLayer3 stands in for the granules of a frame from one on: no lines,
// so that what overlaps from before fades out by its own window.
func (d *Decoder) concealLayer3(h *mpa.Header, from int) {
	for gr := from; gr < granules(h); gr++ {
		for ch := range h.Channels() {
			d.hybrid(ch, &granule{}, &layouts[layoutIndex(h)], nil, 0)
			d.synthesize(d.l3.sub[ch][:], ch, 18*gr, 18)
		}
	}
}

// lost stands in for a packet that cannot even be told to be a frame: one of
// the kind of the last. How long its main data were is not known.
func (d *Decoder) lost(dst []int32) []int32 {
	if d.last.Layer == 0 {
		return dst
	}
	d.l3.main.forget()
	h := d.last
	n := len(dst)
	dst = d.grow(dst, &h)
	d.silence(&h)
	d.adapt(dst[n:], &h)
	return dst
}

// silence lets the filter bank run out.
func (d *Decoder) silence(h *mpa.Header) {
	if h.Layer == 3 {
		d.concealLayer3(h, 0)
		return
	}
	clear(d.sub[:])
	for ch := range h.Channels() {
		for i := range h.Samples() / 32 {
			d.synthesize(d.sub[:], ch, i, 1)
		}
	}
}
