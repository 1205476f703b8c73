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
func dct32(x *[32]int32, y *[4][8]int32) {
	{
		a, b := x[0]+x[31], mul32(x[0]-x[31], sec32x0)
		c, d := x[15]+x[16], mul28(x[15]-x[16], sec32x15Q28)
		y[0][0], y[1][0] = a+c, mul32(a-c, sec16x0)
		y[2][0], y[3][0] = b+d, mul32(b-d, sec16x0)
	}
	{
		a, b := x[1]+x[30], mul32(x[1]-x[30], sec32x1)
		c, d := x[14]+x[17], mul28(x[14]-x[17], sec32x14Q28)
		y[0][1], y[1][1] = a+c, mul32(a-c, sec16x1)
		y[2][1], y[3][1] = b+d, mul32(b-d, sec16x1)
	}
	{
		a, b := x[2]+x[29], mul32(x[2]-x[29], sec32x2)
		c, d := x[13]+x[18], mul28(x[13]-x[18], sec32x13Q28)
		y[0][2], y[1][2] = a+c, mul32(a-c, sec16x2)
		y[2][2], y[3][2] = b+d, mul32(b-d, sec16x2)
	}
	{
		a, b := x[3]+x[28], mul32(x[3]-x[28], sec32x3)
		c, d := x[12]+x[19], mul28(x[12]-x[19], sec32x12Q28)
		y[0][3], y[1][3] = a+c, mul32(a-c, sec16x3)
		y[2][3], y[3][3] = b+d, mul32(b-d, sec16x3)
	}
	{
		a, b := x[4]+x[27], mul32(x[4]-x[27], sec32x4)
		c, d := x[11]+x[20], mul28(x[11]-x[20], sec32x11Q28)
		y[0][4], y[1][4] = a+c, mul32(a-c, sec16x4)
		y[2][4], y[3][4] = b+d, mul32(b-d, sec16x4)
	}
	{
		a, b := x[5]+x[26], mul32(x[5]-x[26], sec32x5)
		c, d := x[10]+x[21], mul32(x[10]-x[21], sec32x10)
		y[0][5], y[1][5] = a+c, mul28(a-c, sec16x5Q28)
		y[2][5], y[3][5] = b+d, mul28(b-d, sec16x5Q28)
	}
	{
		a, b := x[6]+x[25], mul32(x[6]-x[25], sec32x6)
		c, d := x[9]+x[22], mul32(x[9]-x[22], sec32x9)
		y[0][6], y[1][6] = a+c, mul28(a-c, sec16x6Q28)
		y[2][6], y[3][6] = b+d, mul28(b-d, sec16x6Q28)
	}
	{
		a, b := x[7]+x[24], mul32(x[7]-x[24], sec32x7)
		c, d := x[8]+x[23], mul32(x[8]-x[23], sec32x8)
		y[0][7], y[1][7] = a+c, mul28(a-c, sec16x7Q28)
		y[2][7], y[3][7] = b+d, mul28(b-d, sec16x7Q28)
	}
	dct8(&y[0])
	dct8(&y[1])
	dct8(&y[2])
	dct8(&y[3])
}

// dct8 is the transform of size 8, in place.
func dct8(x *[8]int32) {
	a0, b0 := x[0]+x[7], mul32(x[0]-x[7], sec8x0)
	a1, b1 := x[1]+x[6], mul32(x[1]-x[6], sec8x1)
	a2, b2 := x[2]+x[5], mul32(x[2]-x[5], sec8x2)
	a3, b3 := x[3]+x[4], mul28(x[3]-x[4], sec8x3Q28)
	a0, a1, a2, a3 = dct4(a0, a1, a2, a3)
	x[0], x[2], x[4], x[6] = a0, a1, a2, a3
	b0, b1, b2, b3 = dct4(b0, b1, b2, b3)
	x[1], x[3], x[5], x[7] = b0+b1, b1+b2, b2+b3, b3
}

// dct4 is the transform of size 4.
func dct4(x0, x1, x2, x3 int32) (int32, int32, int32, int32) {
	a, b := x0+x3, mul32(x0-x3, sec4x0)
	c, d := x1+x2, mul28(x1-x2, sec4x1Q28)
	e := mul32(b-d, sec2x0)
	return a + c, b + d + e, mul32(a-c, sec2x0), e
}
