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
// of an odd one. dct32 does two such steps; four dct8 do the other three.
//
// It leaves the four small transforms of which scatter makes the outputs.
func dct32(x *[32]int32, y *[4][9]int32) {
	a, b := x[0], x[31]
	c, d := x[15], x[16]
	p, q := a+b, c+d
	y[0][0] = p + q
	y[1][0] = int32(int64(p-q) * sec16x0 >> 32)
	r := int32(int64(a-b) * sec32x0 >> 32)
	s := int32(int64(c-d) * sec32x15Q28 >> 28)
	y[2][0] = r + s
	y[3][0] = int32(int64(r-s) * sec16x0 >> 32)

	a, b = x[1], x[30]
	c, d = x[14], x[17]
	p, q = a+b, c+d
	y[0][1] = p + q
	y[1][1] = int32(int64(p-q) * sec16x1 >> 32)
	r = int32(int64(a-b) * sec32x1 >> 32)
	s = int32(int64(c-d) * sec32x14Q28 >> 28)
	y[2][1] = r + s
	y[3][1] = int32(int64(r-s) * sec16x1 >> 32)

	a, b = x[2], x[29]
	c, d = x[13], x[18]
	p, q = a+b, c+d
	y[0][2] = p + q
	y[1][2] = int32(int64(p-q) * sec16x2 >> 32)
	r = int32(int64(a-b) * sec32x2 >> 32)
	s = int32(int64(c-d) * sec32x13Q28 >> 28)
	y[2][2] = r + s
	y[3][2] = int32(int64(r-s) * sec16x2 >> 32)

	a, b = x[3], x[28]
	c, d = x[12], x[19]
	p, q = a+b, c+d
	y[0][3] = p + q
	y[1][3] = int32(int64(p-q) * sec16x3 >> 32)
	r = int32(int64(a-b) * sec32x3 >> 32)
	s = int32(int64(c-d) * sec32x12Q28 >> 28)
	y[2][3] = r + s
	y[3][3] = int32(int64(r-s) * sec16x3 >> 32)

	a, b = x[4], x[27]
	c, d = x[11], x[20]
	p, q = a+b, c+d
	y[0][4] = p + q
	y[1][4] = int32(int64(p-q) * sec16x4 >> 32)
	r = int32(int64(a-b) * sec32x4 >> 32)
	s = int32(int64(c-d) * sec32x11Q28 >> 28)
	y[2][4] = r + s
	y[3][4] = int32(int64(r-s) * sec16x4 >> 32)

	a, b = x[5], x[26]
	c, d = x[10], x[21]
	p, q = a+b, c+d
	y[0][5] = p + q
	y[1][5] = int32(int64(p-q) * sec16x5Q28 >> 28)
	r = int32(int64(a-b) * sec32x5 >> 32)
	s = int32(int64(c-d) * sec32x10 >> 32)
	y[2][5] = r + s
	y[3][5] = int32(int64(r-s) * sec16x5Q28 >> 28)

	a, b = x[6], x[25]
	c, d = x[9], x[22]
	p, q = a+b, c+d
	y[0][6] = p + q
	y[1][6] = int32(int64(p-q) * sec16x6Q28 >> 28)
	r = int32(int64(a-b) * sec32x6 >> 32)
	s = int32(int64(c-d) * sec32x9 >> 32)
	y[2][6] = r + s
	y[3][6] = int32(int64(r-s) * sec16x6Q28 >> 28)

	a, b = x[7], x[24]
	c, d = x[8], x[23]
	p, q = a+b, c+d
	y[0][7] = p + q
	y[1][7] = int32(int64(p-q) * sec16x7Q28 >> 28)
	r = int32(int64(a-b) * sec32x7 >> 32)
	s = int32(int64(c-d) * sec32x8 >> 32)
	y[2][7] = r + s
	y[3][7] = int32(int64(r-s) * sec16x7Q28 >> 28)

	dct8(&y[0])
	dct8(&y[1])
	dct8(&y[2])
	dct8(&y[3])
}

// dct8 is the transform of size 8, in place; the last element is not touched.
func dct8(x *[9]int32) {
	a0, a1, a2, a3 := x[0]+x[7], x[1]+x[6], x[2]+x[5], x[3]+x[4]
	b0 := int32(int64(x[0]-x[7]) * sec8x0 >> 32)
	b1 := int32(int64(x[1]-x[6]) * sec8x1 >> 32)
	b2 := int32(int64(x[2]-x[5]) * sec8x2 >> 32)
	b3 := int32(int64(x[3]-x[4]) * sec8x3Q28 >> 28)

	p := a0 + a3
	q := a1 + a2
	x[0] = p + q
	x[4] = int32(int64(p-q) * sec2x0 >> 32)
	r := int32(int64(a0-a3) * sec4x0 >> 32)
	s := int32(int64(a1-a2) * sec4x1Q28 >> 28)
	t := int32(int64(r-s) * sec2x0 >> 32)
	x[2] = r + s + t
	x[6] = t

	p = b0 + b3
	q = b1 + b2
	r = int32(int64(b0-b3) * sec4x0 >> 32)
	s = int32(int64(b1-b2) * sec4x1Q28 >> 28)
	t = int32(int64(r-s) * sec2x0 >> 32)
	r += s + t
	s = int32(int64(p-q) * sec2x0 >> 32)
	x[1] = p + q + r
	x[3] = r + s
	x[5] = s + t
	x[7] = t
}
