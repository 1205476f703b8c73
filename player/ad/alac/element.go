package alac

import "linnet/player/internal/bits"

// An elementHead is what stands in front of an element's samples.
type elementHead struct {
	length  int  // samples in each channel
	shifted int  // low bits of each that stand by themselves
	raw     bool // the samples stand as they are
}

// element decodes one of width channels into mixed. It returns how many samples
// each has, and what is wrong.
func (d *Decoder) element(r *bits.Reader, width int) (n int, msg string) {
	h, msg := d.head(r)
	if msg != "" {
		return 0, msg
	}
	if h.raw {
		for i := range h.length {
			for c := range width {
				d.mixed[c][i] = r.Signed(d.depth)
			}
		}
	} else if msg := d.compressed(r, width, h); msg != "" {
		return 0, msg
	}
	if r.Over() {
		return 0, "the packet is cut off"
	}
	return h.length, ""
}

func (d *Decoder) head(r *bits.Reader) (h elementHead, msg string) {
	r.Skip(4 + 12) // the instance, and nothing
	partial := r.Flag()
	h.shifted = 8 * int(r.Bits(2))
	h.raw = r.Flag()
	h.length = d.length
	if partial {
		n := r.Bits(32)
		if n > uint32(d.length) || n == 0 {
			return h, "more samples than a packet has"
		}
		h.length = int(n)
	}
	if r.Over() || h.length*d.depth/64 > r.Left() && h.raw {
		return h, "the packet is cut off"
	}
	if h.shifted == 24 || h.shifted >= d.depth {
		return h, "no bits are left of the samples"
	}
	return h, ""
}

// A predictor is what an element says of one channel's filter.
type predictor struct {
	again  bool // what it gives is a residue of the simplest filter
	shift  uint // bits behind the point of the coefficients
	factor uint32
	order  int
}

// compressed decodes a channel, or two that are mixed.
func (d *Decoder) compressed(r *bits.Reader, width int, h elementHead) (msg string) {
	width32 := d.depth - h.shifted + width - 1
	if width32 > 32 {
		return "a difference of samples has 33 bits"
	}
	mixBits, mixRes := uint(r.Bits(8)), r.Signed(8)
	var p [2]predictor
	for c := range width {
		p[c] = d.readPredictor(r, c)
	}
	low := *r
	r.Skip(h.length * width * h.shifted)
	for c := range width {
		x := d.mixed[c][:h.length]
		step := d.golomb.step * p[c].factor / 4
		if !d.golomb.decode(r, x, step, width32) {
			return "a run of zeros goes on behind the end of the packet"
		}
		if r.Over() {
			return "the packet is cut off"
		}
		if p[c].again {
			sumUp(x, uint(width32))
		}
		predict(x, d.coefs[c][:p[c].order], p[c].shift, uint(width32))
	}
	if width == 2 && mixRes != 0 {
		unmix(d.mixed[0][:h.length], d.mixed[1][:h.length], mixBits, mixRes)
	}
	if h.shifted > 0 {
		for i := range h.length {
			for c := range width {
				d.mixed[c][i] = d.mixed[c][i]<<uint(h.shifted) | int32(low.Bits(h.shifted))
			}
		}
	}
	return ""
}

func (d *Decoder) readPredictor(r *bits.Reader, c int) (p predictor) {
	p.again = r.Bits(4) != 0
	p.shift = uint(r.Bits(4))
	p.factor = r.Bits(3)
	p.order = int(r.Bits(5))
	for i := range p.order {
		d.coefs[c][i] = int16(r.Signed(16))
	}
	return p
}

// unmix makes left and right of u and v.
func unmix(u, v []int32, mixBits uint, mixRes int32) {
	v = v[:len(u)]
	for i, a := range u {
		b := v[i]
		left := a + b - mixRes*b>>(mixBits&31)
		u[i], v[i] = left, left-b
	}
}
