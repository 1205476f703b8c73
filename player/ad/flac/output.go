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

// The four ways of stereo. They take four frames at a time, and those that are
// left one by one. side and the like have the same length, and out has twice
// that.

// leftRightGeneric interleaves two channels.
func leftRightGeneric(out, left, right []int32, up uint) {
	up &= 31
	for ; len(left) >= 4 && len(right) >= 4 && len(out) >= 8; left, right, out = left[4:], right[4:], out[8:] {
		l, r, o := (*[4]int32)(left), (*[4]int32)(right), (*[8]int32)(out)
		o[0], o[1] = l[0]<<up, r[0]<<up
		o[2], o[3] = l[1]<<up, r[1]<<up
		o[4], o[5] = l[2]<<up, r[2]<<up
		o[6], o[7] = l[3]<<up, r[3]<<up
	}
	for i, l := range left {
		out[2*i], out[2*i+1] = l<<up, right[i]<<up
	}
}

// leftSideGeneric makes right of the difference.
func leftSideGeneric(out, left, side []int32, up uint) {
	up &= 31
	for ; len(left) >= 4 && len(side) >= 4 && len(out) >= 8; left, side, out = left[4:], side[4:], out[8:] {
		l, s, o := (*[4]int32)(left), (*[4]int32)(side), (*[8]int32)(out)
		o[0], o[1] = l[0]<<up, (l[0]-s[0])<<up
		o[2], o[3] = l[1]<<up, (l[1]-s[1])<<up
		o[4], o[5] = l[2]<<up, (l[2]-s[2])<<up
		o[6], o[7] = l[3]<<up, (l[3]-s[3])<<up
	}
	for i, l := range left {
		out[2*i], out[2*i+1] = l<<up, (l-side[i])<<up
	}
}

// sideRightGeneric makes left of the difference.
func sideRightGeneric(out, side, right []int32, up uint) {
	up &= 31
	for ; len(side) >= 4 && len(right) >= 4 && len(out) >= 8; side, right, out = side[4:], right[4:], out[8:] {
		s, r, o := (*[4]int32)(side), (*[4]int32)(right), (*[8]int32)(out)
		o[0], o[1] = (s[0]+r[0])<<up, r[0]<<up
		o[2], o[3] = (s[1]+r[1])<<up, r[1]<<up
		o[4], o[5] = (s[2]+r[2])<<up, r[2]<<up
		o[6], o[7] = (s[3]+r[3])<<up, r[3]<<up
	}
	for i, r := range right {
		out[2*i], out[2*i+1] = (side[i]+r)<<up, r<<up
	}
}

// midSideGeneric makes both. Twice left and twice right are even, so that the shift
// left by up, at least 1, halves them, too; and the bit that mid lost is that
// of side.
func midSideGeneric(out, mid, side []int32, up uint) {
	up = (up - 1) & 31
	for ; len(mid) >= 4 && len(side) >= 4 && len(out) >= 8; mid, side, out = mid[4:], side[4:], out[8:] {
		m, s, o := (*[4]int32)(mid), (*[4]int32)(side), (*[8]int32)(out)
		x := m[0]<<1 | s[0]&1
		o[0], o[1] = (x+s[0])<<up, (x-s[0])<<up
		x = m[1]<<1 | s[1]&1
		o[2], o[3] = (x+s[1])<<up, (x-s[1])<<up
		x = m[2]<<1 | s[2]&1
		o[4], o[5] = (x+s[2])<<up, (x-s[2])<<up
		x = m[3]<<1 | s[3]&1
		o[6], o[7] = (x+s[3])<<up, (x-s[3])<<up
	}
	for i, m := range mid {
		s := side[i]
		m = m<<1 | s&1
		out[2*i], out[2*i+1] = (m+s)<<up, (m-s)<<up
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
