package celt

// The inverse transform, RFC 6716 clause 4.3.7: a complex FFT of a quarter of
// its size, with rotations before and behind. Factors have 15 bits and every
// product is rounded down, as in the reference; package internal/mdct is more
// exact, and so would give other bits.

// complex32 is a complex number.
type complex32 struct{ re, im int32 }

// twiddle is a complex factor, Q31, of which 15 bits are used: products by it
// lie in the upper half of a long one.
type twiddle struct{ re, im int32 }

// rotation is the factor for a pair of coefficients, as a twiddle is, and the
// place of the result among the inputs of the FFT.
type rotation struct{ cos, sin, to int32 }

// A transform is the inverse transform of one size.
type transform struct {
	n      int // coefficients
	eights bool
	rotate []rotation
	four   []twiddle // of the stage that joins four; none where there is none
	three  []twiddle
	five   []twiddle
}

// transforms are those of 120, 240, 480 and 960 coefficients.
var transforms = [4]transform{
	{120, false, rotations120[:], nil, twiddles120x3[:], twiddles120x5[:]},
	{240, true, rotations240[:], nil, twiddles240x3[:], twiddles240x5[:]},
	{480, false, rotations480[:], twiddles480x4[:], twiddles480x3[:], twiddles480x5[:]},
	{960, true, rotations960[:], twiddles960x4[:], twiddles960x3[:], twiddles960x5[:]},
}

// inverse transforms n coefficients, each stride behind the other in src, of
// which those from used on are 0, to dst[overlap/2:][:n], and mixes
// dst[:overlap], whose first half is what the transform before left, with the
// window. buf has room for n/2 numbers. The result is at least as large as
// anything written, and below twice the largest.
func (t *transform) inverse(dst, src []int32, stride, used int, buf []complex32) uint32 {
	m := t.n / 2
	buf = buf[:m]
	low, high := (t.n-used+1)/2, (used+1)/2
	rotateIn(buf, src[:stride*(t.n-1)+1], stride, t.rotate[:m], low, max(low, high))
	t.fft(buf)
	peak := rotateOut(dst[overlap/2:][:t.n], buf, t.rotate[:m])
	return peak | mix(dst[:overlap], slopes[:])
}

// fft transforms in place.
func (t *transform) fft(x []complex32) {
	if t.eights {
		eights(x)
	} else {
		fours(x)
	}
	if t.four != nil {
		radix4(x, t.four)
	}
	radix3(x, t.three)
	radix5(x, t.five)
}
