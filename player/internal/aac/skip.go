package aac

import "linnet/player/internal/bits"

// SkipData steps over a data_stream_element, table 4.10, behind its identifier. Apple
// Lossless has the same.
func SkipData(r *bits.Reader) {
	r.Skip(4)
	align := r.Flag()
	n := int(r.Bits(8))
	if n == 255 {
		n += int(r.Bits(8))
	}
	if align {
		r.Align()
	}
	r.Skip(8 * n)
}

// SkipFill steps over a fill_element, table 4.11, and what extends AAC in it. Apple
// Lossless has the same, with nothing in it.
func SkipFill(r *bits.Reader) {
	n := int(r.Bits(4))
	if n == 15 {
		n += int(r.Bits(8)) - 1
	}
	r.Skip(8 * n)
}
