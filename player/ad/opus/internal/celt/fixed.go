package celt

import "math/bits"

// Products and functions in fixed point, with the rounding of the reference.
// A 16-bit number times a 32-bit one is made of two products of 32 bits,
// which a 32-bit machine does faster than one of 64.

// mulQ15 is a*b >> 15, rounded down, with b of 16 bits.
func mulQ15(a, b int32) int32 { return a>>16*b<<1 + int32(uint32(a)&0xffff)*b>>15 }

// mul16 is a*b >> 15, rounded down; both have 16 bits.
func mul16(a, b int32) int32 { return a * b >> 15 }

// mul16Round is a*b >> 15, rounded to the nearest.
func mul16Round(a, b int32) int32 { return (a*b + 1<<14) >> 15 }

// mul32 is a*b >> 31.
func mul32(a, b int32) int32 { return int32(int64(a) * int64(b) >> 31) }

// shift is a >> n, or a << -n.
func shift(a int32, n int) int32 {
	if n > 0 {
		return a >> n
	}
	return a << -n
}

// round is a >> n, rounded to the nearest.
func round(a int32, n int) int32 { return (a + 1<<n>>1) >> n }

// log2 is the place of the highest bit of a, which is above 0.
func log2(a int32) int { return bits.Len32(uint32(a)) - 1 }

// saturation is the limit of the signal, Q12.
const saturation = 300000000

func saturate(a int32) int32 { return max(-saturation, min(a, saturation)) }

// reciprocalRoot is 1/sqrt(x), Q14, for x from 1/4 to 1, Q16.
func reciprocalRoot(x int32) int32 {
	n := x - 32768
	r := 23557 + mul16(n, -13490+mul16(n, 6713))
	r2 := mul16(r, r)
	y := (mul16(r2, n) + r2 - 16384) << 1
	return r + mul16(r, mul16(y, mul16(y, 12288)-16384))
}

// root is the square root of x.
func root(x int32) int32 {
	if x == 0 {
		return 0
	}
	if x >= 1<<30 {
		return 32767
	}
	k := log2(x)>>1 - 7
	n := shift(x, 2*k) - 32768
	r := 23175 + mul16(n, 11561+mul16(n, -3011+mul16(n, 1699+mul16(n, -664))))
	return shift(r, 7-k)
}

// reciprocal is 1/x, Q31 for an integer x.
func reciprocal(x int32) int32 {
	i := log2(x)
	n := shift(x, i-15) - 32768
	r := 30840 + mul16(-15420, n)
	r -= mul16(r, mul16(r, n)+r-32768)
	r -= 1 + mul16(r, mul16(r, n)+r-32768)
	return shift(r, i-16)
}

// fraction is a/b, Q31, limited to -1 to 1.
func fraction(a, b int32) int32 {
	n := log2(b) - 29
	a, b = shift(a, n), shift(b, n)
	rcp := round(reciprocal(round(b, 16)), 3)
	r := mulQ15(a, rcp)
	rest := round(a, 2) - mul32(r, b)
	r += mulQ15(rest, rcp) << 2
	switch {
	case r >= 1<<29:
		return 1<<31 - 1
	case r <= -1<<29:
		return -(1<<31 - 1)
	}
	return r << 2
}

// exp2Fraction is 2^x, Q14, for x from 0 to 1, Q10.
func exp2Fraction(x int32) int32 {
	f := x << 4
	return 16383 + mul16(f, 22804+mul16(f, 14819+mul16(10204, f)))
}

// Exp2 is 2^x, Q16, for a 16-bit x, Q10.
func Exp2(x int32) int32 {
	n := x >> 10
	if n > 14 {
		return 0x7f000000
	}
	if n < -15 {
		return 0
	}
	return shift(exp2Fraction(x-n<<10), int(-n-2))
}

// cosine is cos(pi/2 x), Q15, for x from 0 to 2, Q15; it has a period of 4.
func cosine(x int32) int32 {
	x &= 1<<17 - 1
	if x > 1<<16 {
		x = 1<<17 - x
	}
	switch {
	case x&0x7fff == 0:
		return [...]int32{32767, 0, -32767}[x>>15]
	case x < 1<<15:
		return quarter(x)
	}
	return -quarter(65536 - x)
}

func quarter(x int32) int32 {
	x2 := mul16Round(x, x)
	return 1 + min(32766, 32767-x2+mul16Round(x2, -7651+mul16Round(x2, 8277+mul16Round(-626, x2))))
}

// exactCosine is cos(pi/2 x), Q15, for x from 0 to 1, Q14, RFC 6716 clause
// 4.3.4.3, where decoders have to agree to the bit.
func exactCosine(x int32) int32 {
	x2 := (4096 + x*x) >> 13
	return 1 + 32767 - x2 + mul16Round(x2, -7651+mul16Round(x2, 8277+mul16Round(-626, x2)))
}

// exactLog2Tan is the logarithm of sine/cosine, Q11, as exact.
func exactLog2Tan(sine, cos int32) int32 {
	lc, ls := bits.Len32(uint32(cos)), bits.Len32(uint32(sine))
	cos <<= 15 - lc
	sine <<= 15 - ls
	return int32(ls-lc)<<11 + mul16Round(sine, mul16Round(sine, -2597)+7932) - mul16Round(cos, mul16Round(cos, -2597)+7932)
}

// isqrt is the square root of x, which is above 0, rounded down.
func isqrt(x uint32) uint32 {
	g, n := uint32(0), (bits.Len32(x)-1)>>1
	for b := uint32(1) << n; ; b >>= 1 {
		if t := (g<<1 + b) << n; t <= x {
			g += b
			x -= t
		}
		if n--; n < 0 {
			return g
		}
	}
}

// random is the next number of the generator that noise is made of.
func random(seed uint32) uint32 { return 1664525*seed + 1013904223 }
