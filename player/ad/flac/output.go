package flac

import (
	"slices"

	"linnet/player/internal/flac"
)

// output appends the block to dst: stereo put together again (RFC 9639 clause
// 4.2), interleaved, left-justified.
func (d *Decoder) output(dst []int32) []int32 {
	n, size := len(dst), len(d.block)
	dst = slices.Grow(dst, size)[:n+size]
	out, up := dst[n:], uint(32-d.h.Bits)
	switch {
	case d.h.Stereo != flac.Independent && up == 0:
		d.stereoWide(out)
	case d.h.Stereo == flac.LeftSide:
		leftSide(out, d.samples(0), d.samples(1), up)
	case d.h.Stereo == flac.SideRight:
		sideRight(out, d.samples(0), d.samples(1), up)
	case d.h.Stereo == flac.MidSide:
		midSide(out, d.samples(0), d.samples(1), up)
	case d.channels == 2:
		leftRight(out, d.samples(0), d.samples(1), up)
	default:
		for ch := range d.channels {
			spread(out[ch:], d.samples(ch), d.channels, up)
		}
	}
	return dst
}

// leftRight interleaves two channels.
func leftRight(out, left, right []int32, up uint) {
	up &= 31
	right = right[:len(left)]
	for i, l := range left {
		o := (*[2]int32)(out[2*i:])
		o[0], o[1] = l<<up, right[i]<<up
	}
}

// leftSide makes right of the difference.
func leftSide(out, left, side []int32, up uint) {
	up &= 31
	side = side[:len(left)]
	for i, l := range left {
		o := (*[2]int32)(out[2*i:])
		o[0], o[1] = l<<up, (l-side[i])<<up
	}
}

// sideRight makes left of the difference.
func sideRight(out, side, right []int32, up uint) {
	up &= 31
	side = side[:len(right)]
	for i, r := range right {
		o := (*[2]int32)(out[2*i:])
		o[0], o[1] = (side[i]+r)<<up, r<<up
	}
}

// midSide makes both. Twice left and twice right are even, so that the shift
// left by up, at least 1, halves them, too.
func midSide(out, mid, side []int32, up uint) {
	up = (up - 1) & 31
	side = side[:len(mid)]
	for i, m := range mid {
		s := side[i]
		m = m<<1 | s&1
		o := (*[2]int32)(out[2*i:])
		o[0], o[1] = (m+s)<<up, (m-s)<<up
	}
}

// spread puts a channel into every step-th place of out.
func spread(out, samples []int32, step int, up uint) {
	up &= 31
	for i, at := 0, 0; i < len(samples) && at < len(out); i, at = i+1, at+step {
		out[at] = samples[i] << up
	}
}

// stereoWide puts 32-bit stereo together, whose difference has 33 bits.
func (d *Decoder) stereoWide(out []int32) {
	for i, s := range d.wide {
		var l, r int64
		switch d.h.Stereo {
		case flac.LeftSide:
			l = int64(d.samples(0)[i])
			r = l - s
		case flac.SideRight:
			r = int64(d.samples(1)[i])
			l = s + r
		case flac.MidSide:
			m := int64(d.samples(0)[i])<<1 | s&1
			l, r = (m+s)>>1, (m-s)>>1
		}
		out[2*i], out[2*i+1] = int32(l), int32(r)
	}
}
