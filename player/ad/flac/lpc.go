package flac

import "math"

// maxPrecision is the most bits of a coefficient, RFC 9639 clause 9.2.6.
const maxPrecision = 15

// lpc decodes a subframe with a linear predictor.
func (d *Decoder) lpc(s []int32, order, width int) string {
	if msg := d.warmUp(s, order, width); msg != "" {
		return msg
	}
	shift, msg := d.predictor(order)
	if msg != "" {
		return msg
	}
	if msg := d.residual(s, order); msg != "" {
		return msg
	}
	c := d.coefs[:order]
	if fits32(c, width) {
		restoreLPC(s, c, shift)
	} else {
		lpcWide(s, c, shift)
	}
	return ""
}

// predictor reads precision, shift and coefficients.
func (d *Decoder) predictor(order int) (shift uint, msg string) {
	precision := int(d.r.Bits(4)) + 1
	if precision > maxPrecision {
		return 0, "a reserved precision of the predictor"
	}
	right := d.r.Signed(5)
	if right < 0 {
		return 0, "the predictor's shift is negative"
	}
	for i := order - 1; i >= 0; i-- {
		d.coefs[i] = d.r.Signed(precision)
	}
	return uint(right), ""
}

// fits32 says whether a predictor's sum over samples of width bits can't
// overflow 32 bits.
func fits32(coefs []int32, width int) bool {
	sum := int32(0)
	for _, c := range coefs {
		sum += max(c, -c)
	}
	return sum <= math.MaxInt32>>uint(width-1) // a sample may be -2^(width-1)
}

// restoreLPC turns the residual in s[len(coefs):] into samples: each is its
// residual and the weighted sum of those before, shifted right. The sum must
// fit in 32 bits. coefs begins with that of the oldest sample.
func restoreLPC(s, coefs []int32, shift uint) {
	if len(coefs) <= maxUnrolled {
		unrolled[len(coefs)](s, coefs, shift&31)
		return
	}
	lpcLong(s, coefs, shift)
}

// lpcLong is restoreLPC for any order. It makes two samples at a time, so that
// each sample and each coefficient is loaded once for two products; the
// newest coefficient's part in the second waits for the first.
func lpcLong(s, coefs []int32, shift uint) {
	shift &= 31
	n := len(coefs)
	newest := coefs[n-1]
	for ; len(s) >= n+2; s = s[2:] {
		h := s[:n+2]
		var a, b int32
		x := h[0]
		for i, c := range coefs[:n-1] {
			a += c * x
			x = h[i+1]
			b += c * x
		}
		a += newest * x
		y := h[n] + a>>shift
		h[n] = y
		b += newest * y
		h[n+1] += b >> shift
	}
	if len(s) > n {
		var a int32
		for i, c := range coefs {
			a += c * s[i]
		}
		s[n] += a >> shift
	}
}

// lpcWide is restoreLPC with a sum of 64 bits.
func lpcWide[T int32 | int64](s []T, coefs []int32, shift uint) {
	n := len(coefs)
	for ; len(s) > n; s = s[1:] {
		h := s[:n+1]
		var sum int64
		for i, c := range coefs {
			sum += int64(c) * int64(h[i])
		}
		h[n] += T(sum >> (shift & 31))
	}
}
