package mdct

// Overlap makes the 2h values of sound where a block fades into the next, h
// being the length of prev and cur: prev is the end of the third quarter of
// the block before, the last h values of what Inverse gave, and cur is the
// start of the second quarter of this one, its first h values. (Where the
// windows meet in a slope shorter than the block, the values outside it are
// for Flat.)
//
// window is the rising half of the slope, w, as pairs from its middle
// outwards, with 31 bits of fraction: w[h+j], then w[h-1-j], for j < h.
// Value i goes to dst[i*stride], shifted left by shift and clipped:
//
//	dst[i*stride] = (y0[i]*w[2h-1-i] + y1[i]*w[i]) / 2 << shift
//
// y0 and y1 being the two blocks as far as they are known by prev and cur
// backwards and forwards.
func Overlap(dst []int32, stride int, prev, cur []int32, window []uint32, shift uint) {
	lo, hi := (len(cur)-1)*stride, len(cur)*stride
	k := len(prev) - 1
	for j := 0; j < len(cur) && k >= 0; j++ {
		w := window[2*j : 2*j+2 : 2*j+2]
		falls, rises := turnBack(prev[k], cur[j], w[0], w[1])
		dst[lo], dst[hi] = clip(falls, shift), clip(rises, shift)
		lo, hi, k = lo-stride, hi+stride, k-1
	}
}

// Flat is for values that only one block has a part in: dst[i*stride] is
// src[i]/2, shifted left by shift and clipped. shift is at least 1.
func Flat(dst []int32, stride int, src []int32, shift uint) {
	at := 0
	for _, x := range src {
		dst[at] = clip(x, shift-1)
		at += stride
	}
}

// clip shifts left and holds what does not fit at the ends of the range.
func clip(x int32, shift uint) int32 {
	if y := x << (shift & 31); y>>(shift&31) == x {
		return y
	}
	return x>>31 ^ (1<<31 - 1)
}
