package silk

import "math/bits"

// Products in fixed point, rounded down. A 16-bit number times a 32-bit one is
// made of two products of 32 bits, which a 32-bit machine does faster than one
// of 64.

// mulWB is a*b >> 16, with b of 16 bits.
func mulWB(a, b int32) int32 { return a>>16*b + int32(uint32(a)&0xffff)*b>>16 }

// mulWW is a*b >> 16.
func mulWW(a, b int32) int32 { return int32(int64(a) * int64(b) >> 16) }

// mulTop is a*b >> 32.
func mulTop(a, b int32) int32 { return int32(int64(a) * int64(b) >> 32) }

// round is a >> n, rounded to the nearest, for n of 1 or more.
func round(a int32, n int) int32 { return (a>>(n-1) + 1) >> 1 }

// round64 is round for what is kept in 64 bits.
func round64(a int64, n int) int64 { return (a>>(n-1) + 1) >> 1 }

func sat16(a int32) int32 { return max(-32768, min(a, 32767)) }

// addSat is a+b, limited to 32 bits.
func addSat(a, b int32) int32 {
	s := a + b
	if (a^s)&(b^s) < 0 {
		return a>>31 ^ 0x7fffffff
	}
	return s
}

// subSat is a-b, limited to 32 bits.
func subSat(a, b int32) int32 {
	s := a - b
	if (a^b)&(a^s) < 0 {
		return a>>31 ^ 0x7fffffff
	}
	return s
}

// shlSat is a << n, limited to 32 bits.
func shlSat(a int32, n int) int32 {
	return max(-1<<31>>n, min(a, (1<<31-1)>>n)) << n
}

// zeros is the number of zeros in front of a.
func zeros(a int32) int { return bits.LeadingZeros32(uint32(a)) }

func abs(a int32) int32 {
	if a > 0 {
		return a
	}
	return -a
}

// root is about the square root of x.
func root(x int32) int32 {
	if x <= 0 {
		return 0
	}
	lz := zeros(x)
	fraction := int32(bits.RotateLeft32(uint32(x), lz-24)) & 0x7f
	y := int32(46214)
	if lz&1 != 0 {
		y = 32768
	}
	y >>= lz >> 1
	return y + mulWB(y, 213*fraction)
}

// quotient is about a/b with q bits behind the point.
func quotient(a, b int32, q int) int32 {
	na, nb := zeros(abs(a))-1, zeros(abs(b))-1
	a, b = a<<na, b<<nb
	inv := (1<<31 - 1) >> 2 / (b >> 16)
	r := mulWB(a, inv)
	a -= mulTop(b, r) << 3
	r += mulWB(a, inv)
	return scaled(r, 29+na-nb-q)
}

// inverse is about 1/b with q bits behind the point.
func inverse(b int32, q int) int32 {
	n := zeros(abs(b)) - 1
	b <<= n
	inv := (1<<31 - 1) >> 2 / (b >> 16)
	rest := (1<<29 - mulWB(b, inv)) << 3
	return scaled(inv<<16+mulWW(rest, inv), 61-n-q)
}

// scaled is r >> n, or r << -n, limited.
func scaled(r int32, n int) int32 {
	switch {
	case n < 0:
		return shlSat(r, -n)
	case n < 32:
		return r >> n
	}
	return 0
}

// exp2 is about 2^x, x with 7 bits behind the point.
func exp2(x int32) int32 {
	if x < 0 {
		return 0
	}
	if x >= 3967 {
		return 1<<31 - 1
	}
	y, f := int32(1)<<(x>>7), x&0x7f
	f += mulWB(f*(128-f), -174)
	if x < 2048 {
		return y + y*f>>7
	}
	return y + y>>7*f
}

// random is the next number of the generator.
func random(seed int32) int32 { return int32(907633515 + uint32(seed)*196314165) }

// energy is the sum of squares of x, shifted right so that two bits are free,
// and that shift.
func energy(x []int16) (sum int32, n int) {
	n = 31 - zeros(int32(len(x)))
	n = max(0, n+3-zeros(squares(x, n, int32(len(x)))))
	return squares(x, n, 0), n
}

// squares adds up the squares of x, two by two, each pair shifted.
func squares(x []int16, n int, sum int32) int32 {
	for ; len(x) >= 2; x = x[2:] {
		a, b := int32(x[0]), int32(x[1])
		sum += int32(uint32(a*a+b*b) >> n)
	}
	if len(x) > 0 {
		sum += int32(uint32(int32(x[0])*int32(x[0])) >> n)
	}
	return sum
}
