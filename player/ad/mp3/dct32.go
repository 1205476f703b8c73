package mp3

// dct32 is the cosine transform of type II,
//
//	t[j] = sum of x[k]*cos(pi/64*j*(2k+1)), j and k below 32,
//
// which is all that there is to the matrixing of ISO/IEC 11172-3 figure 3-A.2:
// its 64 values are these with other signs. A transform of size n falls into
// two of half the size: its even outputs are the transform of the sums of
// opposite inputs; the transform of the differences, each times
// 1/(2cos(pi/2n*(2k+1))), has in every two neighbouring outputs the summands
// of an odd one. Two such steps are done here; four dct8 do the other three.
//
// A factor is kept without its whole part, 1 or 2, for which x is added: so
// the upper half of a product has all the bits of x that count. The six
// factors above 2.5 are whole, and the product's bits come from both halves.

// dct32Generic transforms x and stores the result as the newest of h, at at.
func dct32Generic(x *[32]int32, h *history, at int) {
	var y [4][8]int32
	for k := range 8 {
		a, b, c, d := x[k], x[31-k], x[15-k], x[16+k]
		p, q := a+b, c+d
		r, s := times1(a-b, dctCoefs[k][0]), timesInner(k, c-d)
		y[0][k], y[2][k] = p+q, r+s
		y[1][k], y[3][k] = timesBoth(k, p-q), timesBoth(k, r-s)
	}
	for i := range y {
		dct8(&y[i])
	}
	for j := range 8 {
		var b, c, d int32
		if j < 7 {
			b, c, d = y[1][j+1], y[2][j+1], y[3][j+1]
		}
		d += y[3][j]
		h.put(4*j, at, y[0][j])
		h.put(4*j+1, at, y[2][j]+d)
		h.put(4*j+2, at, y[1][j]+b)
		h.put(4*j+3, at, c+d)
	}
}

// timesInner is x times the secant for inputs 15-k and 16+k.
func timesInner(k int, x int32) int32 {
	c := dctCoefs[k][1]
	switch k {
	case 0: // 10.19
		return int32(int64(x) * int64(c) >> 27)
	case 1: // 3.41
		return int32(int64(x) * int64(c) >> 29)
	case 2:
		return times2(x, c)
	}
	return times1(x, c)
}

// timesBoth is x times the secant of the second step.
func timesBoth(k int, x int32) int32 {
	c := dctCoefs[k][2]
	switch k {
	case 6:
		return times2(x, c)
	case 7: // 5.10
		return int32(int64(x) * int64(c) >> 28)
	}
	return times1(x, c)
}

// dct8 is the transform of size 8, in place.
func dct8(x *[8]int32) {
	c := &dct8Coefs
	a0, a1, a2, a3 := x[0]+x[7], x[1]+x[6], x[2]+x[5], x[3]+x[4]
	b0, b1, b2 := times1(x[0]-x[7], c[0]), times1(x[1]-x[6], c[1]), times1(x[2]-x[5], c[2])
	b3 := int32(int64(x[3]-x[4]) * int64(c[3]) >> 29) // 2.56

	p, q := a0+a3, a1+a2
	r, s := times1(a0-a3, c[4]), times1(a1-a2, c[5])
	t := times1(r-s, c[6])
	x[0], x[4] = p+q, times1(p-q, c[6])
	x[2], x[6] = r+s+t, t

	p, q = b0+b3, b1+b2
	r, s = times1(b0-b3, c[4]), times1(b1-b2, c[5])
	t = times1(r-s, c[6])
	r += s + t
	s = times1(p-q, c[6])
	x[1], x[3], x[5], x[7] = p+q+r, r+s, s+t, t
}
