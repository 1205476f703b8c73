package flac

import "slices"

// subframeWide decodes the side channel of 32-bit sound, whose samples have 33
// bits, less those wasted, into d.wide. Residuals have 32 bits all the same;
// they are read where the channel's samples are usually put.
func (d *Decoder) subframeWide(kind, width, ch int) string {
	n := d.h.BlockSize
	d.wide = slices.Grow(d.wide[:0], n)[:n]
	s := d.wide
	switch {
	case kind == typeConstant:
		v := d.signedWide(width)
		for i := range s {
			s[i] = v
		}
	case kind == typeVerbatim:
		if d.r.Left() < n*width {
			return "the frame is cut off"
		}
		for i := range s {
			s[i] = d.signedWide(width)
		}
	case kind >= typeFixed && kind <= typeFixed+4:
		order := kind - typeFixed
		if msg := d.residualWide(order, width, ch, nil); msg != "" {
			return msg
		}
		restoreFixed(s, order)
	case kind >= typeLPC:
		order, shift := kind-typeLPC+1, uint(0)
		if msg := d.residualWide(order, width, ch, &shift); msg != "" {
			return msg
		}
		lpcWide(s, d.coefs[:order], shift)
	default:
		return "a reserved type of subframe"
	}
	return ""
}

// residualWide reads warm-up samples, the predictor if shift is given, and the
// residual.
func (d *Decoder) residualWide(order, width, ch int, shift *uint) (msg string) {
	s := d.wide
	if order > len(s) {
		return "the predictor is longer than the block"
	}
	for i := range s[:order] {
		s[i] = d.signedWide(width)
	}
	if shift != nil {
		if *shift, msg = d.predictor(order); msg != "" {
			return msg
		}
	}
	narrow := d.samples(ch)
	if msg := d.residual(narrow, order); msg != "" {
		return msg
	}
	for i := order; i < len(s); i++ {
		s[i] = int64(narrow[i])
	}
	return ""
}

// signedWide reads up to 33 bits.
func (d *Decoder) signedWide(width int) int64 {
	if width <= 32 {
		return int64(d.r.Signed(width))
	}
	high := int64(d.r.Signed(width - 32))
	return high<<32 | int64(d.r.Bits(32))
}
