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
	if c := d.coefs[:order]; fits32(c, width) {
		restoreLPC(s, c, shift)
	} else {
		restoreWide(s, c, shift, width)
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

// maxOrder is the longest predictor.
const maxOrder = 32

// restoreLPCGeneric turns the residual in s[len(coefs):] into samples: each is its
// residual and the weighted sum of those before, shifted right. The sum must
// fit in 32 bits. coefs begins with that of the oldest sample.
func restoreLPCGeneric(s, coefs []int32, shift uint) {
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

// restoreWideGeneric is restoreLPC for samples of width bits where sums need
// more than 32.
func restoreWideGeneric(s, coefs []int32, shift uint, width int) {
	if width-splitBits <= splitBits+1 && fits32(coefs, splitBits+1) {
		lpcSplit(s, coefs, shift)
	} else {
		lpcWide(s, coefs, shift)
	}
}

// splitBits is how many bits of a sample lpcSplit puts into its lower sum.
const splitBits = 12

// lpcSplit is restoreLPC for samples of up to 25 bits, the side channel of
// 24-bit sound among them, without products of 64 bits: upper and lower bits of
// the samples have sums of their own. 12 bits and a sign, times coefficients
// that add up to less than 2^19, fit in 32 bits.
func lpcSplit(s, coefs []int32, shift uint) {
	for ; len(s) > len(coefs); s = s[1:] {
		h := s[:len(coefs)]
		var high, low int32
		for i, c := range coefs {
			x := h[i]
			high += c * (x >> splitBits)
			low += c * (x & (1<<splitBits - 1))
		}
		s[len(coefs)] += int32((int64(high)<<splitBits + int64(low)) >> (shift & 31))
	}
}

// lpcWide is restoreLPC with a sum of 64 bits.
func lpcWide[T int32 | int64](s []T, coefs []int32, shift uint) {
	for ; len(s) > len(coefs); s = s[1:] {
		h := s[:len(coefs)]
		var sum int64
		for i, c := range coefs {
			sum += int64(c) * int64(h[i])
		}
		s[len(coefs)] += T(sum >> (shift & 31))
	}
}
