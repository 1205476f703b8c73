package mdct

// Shift is by how many bits sound stands above what Inverse gives, halved: a
// block of 2^25 becomes sound of 2^30 and more is clipped.
const Shift = 6

// Overlap makes the 2h values of sound where a block fades into the next, h
// being the length of prev and cur, an even number: prev is the end of the
// third quarter of the block before, the last h values of what Inverse gave,
// and cur is the start of the second quarter of this one, its first h values.
// (Where the windows meet in a slope shorter than the block, the values
// outside it are for Flat.)
//
// window is the rising half of the slope, w, as pairs from its middle
// outwards, with 31 bits of fraction: w[h+j], then w[h-1-j], for j < h.
// Value i goes to dst[i*stride], shifted left by Shift and clipped:
//
//	dst[i*stride] = (y0[i]*w[2h-1-i] + y1[i]*w[i]) / 2 << Shift
//
// y0 and y1 being the two blocks as far as they are known by prev and cur
// backwards and forwards.
func Overlap(dst []int32, stride int, prev, cur, window []int32) {
	h := len(cur)
	if h == 0 {
		return
	}
	dst = dst[:(2*h-1)*stride+1]
	overlap(dst, (h-1)*stride, h*stride, stride, prev[:h], cur, window[:2*h])
}

// Flat is for values that only one block has a part in: dst[i*stride] is
// src[i]/2, shifted left by Shift and clipped.
func Flat(dst []int32, stride int, src []int32) {
	at := 0
	for _, x := range src {
		dst[at] = clip(x, Shift-1)
		at += stride
	}
}
