package vorbis

import (
	"math/bits"

	"linnet/player/internal/mdct"
)

// spectrumBits is how many bits of the spectrum stand behind the point. The
// transform takes two, the overlap one, and puts the rest at the top of 32.
const spectrumBits = 31 - mdct.Shift + 3

// window is the slope between two blocks, the smaller of size n.
func window(n int) []int32 { return windows[bits.Len(uint(n))-7] }

// overlap makes the sound between the middle of the block before, of which
// the right half is in prev, and that of a block of n, of which the middle is
// in cur, and keeps the right half of that. dst gets one channel.
func overlap(dst []int32, stride int, prev []int32, before int, cur []int32, n int) {
	h := min(before, n) / 4
	flat := before/4 - h
	mdct.Flat(dst, stride, prev[:flat])
	dst = dst[flat*stride:]
	mdct.Overlap(dst, stride, prev[flat:before/4], cur[:h], window(4*h))
	if h < n/4 {
		mdct.Flat(dst[2*h*stride:], stride, cur[h:n/4])
	}
}
