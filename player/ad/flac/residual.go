package flac

import "linnet/player/internal/bits"

// residual reads the coded residual of a predictor into s[order:], RFC 9639
// clause 9.2.7.
func (d *Decoder) residual(s []int32, order int) string {
	r := &d.r
	method := r.Bits(2)
	if method > 1 {
		return "a reserved coding of the residual"
	}
	paramBits := 4 + int(method)
	parts := int(r.Bits(4))
	size := len(s) >> parts
	if size<<parts != len(s) || size < order {
		return "the partitions do not fit the block"
	}
	for at, end := order, size; end <= len(s); at, end = end, end+size {
		if msg := partition(r, s[at:end], paramBits); msg != "" {
			return msg
		}
	}
	return ""
}

// partition reads one partition: Rice codes, or behind the escape parameter
// numbers of a fixed width, which may be 0.
func partition(r *bits.Reader, s []int32, paramBits int) string {
	k := int(r.Bits(paramBits))
	if k < 1<<paramBits-1 {
		r.Rice(s, k)
	} else if width := int(r.Bits(5)); width == 0 {
		clear(s)
	} else {
		for i := range s {
			s[i] = r.Signed(width)
		}
	}
	if r.Over() {
		return "the frame is cut off"
	}
	return ""
}
