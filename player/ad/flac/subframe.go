package flac

import "linnet/player/internal/flac"

// subframe decodes a channel of the current frame, RFC 9639 clause 9.2. The
// side channel of 32-bit sound goes to d.wide, everything else to its place in
// d.block.
func (d *Decoder) subframe(ch int) string {
	r := &d.r
	head := r.Bits(8)
	if head&0x80 != 0 {
		return "a subframe does not begin with a zero"
	}
	kind, wasted := int(head>>1), 0
	if head&1 != 0 {
		wasted = r.Unary() + 1
	}
	width := d.h.Bits
	if d.sideChannel() == ch {
		width++
	}
	isWide := width > 32
	if wasted >= width {
		return "all bits of a subframe are wasted"
	}
	width -= wasted
	var msg string
	if isWide {
		msg = d.subframeWide(kind, width, ch)
		shift(d.wide, wasted)
	} else {
		s := d.samples(ch)
		msg = d.subframeOf(s, kind, width)
		shift(s, wasted)
	}
	if msg == "" && r.Over() {
		msg = "the frame is cut off"
	}
	return msg
}

// sideChannel is which channel is the difference of two, -1 for none.
func (d *Decoder) sideChannel() int {
	switch d.h.Stereo {
	case flac.LeftSide, flac.MidSide:
		return 1
	case flac.SideRight:
		return 0
	}
	return -1
}

const (
	typeConstant = 0
	typeVerbatim = 1
	typeFixed    = 8  // and the order, 0 to 4
	typeLPC      = 32 // and the order less 1
)

// subframeOf decodes a subframe with samples of at most 32 bits into s.
func (d *Decoder) subframeOf(s []int32, kind, width int) string {
	switch {
	case kind == typeConstant:
		v := d.r.Signed(width)
		for i := range s {
			s[i] = v
		}
		return ""
	case kind == typeVerbatim:
		return d.verbatim(s, width)
	case kind >= typeFixed && kind <= typeFixed+4:
		return d.fixed(s, kind-typeFixed, width)
	case kind >= typeLPC:
		return d.lpc(s, kind-typeLPC+1, width)
	}
	return "a reserved type of subframe"
}

func (d *Decoder) verbatim(s []int32, width int) string {
	if d.r.Left() < len(s)*width {
		return "the frame is cut off"
	}
	for i := range s {
		s[i] = d.r.Signed(width)
	}
	return ""
}

func (d *Decoder) fixed(s []int32, order, width int) string {
	if msg := d.warmUp(s, order, width); msg != "" {
		return msg
	}
	if msg := d.residual(s, order); msg != "" {
		return msg
	}
	restoreFixed32(s, order)
	return ""
}

// warmUp reads the samples that a predictor begins with.
func (d *Decoder) warmUp(s []int32, order, width int) string {
	if order > len(s) {
		return "the predictor is longer than the block"
	}
	for i := range s[:order] {
		s[i] = d.r.Signed(width)
	}
	return ""
}

// shift puts wasted bits back.
func shift[T int32 | int64](s []T, wasted int) {
	if wasted == 0 {
		return
	}
	for i := range s {
		s[i] <<= uint(wasted)
	}
}
