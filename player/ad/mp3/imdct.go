package mp3

// The inverse transforms of ISO/IEC 11172-3 2.4.3.4.10.2, with the windows of
// .3 and the overlap of .4. Of the 2n values that n lines give, half repeat
// the other half, so what is computed is the cosine transform of type IV
//
//	y[i] = sum of x[k]*cos(pi/4n*(2i+1)*(2k+1)), i and k below n,
//
// whose upper half makes the first n values and whose lower half the last n.
// Adding neighbouring lines makes of it 1/(2cos(pi/4n*(2i+1))) times a
// transform of type III, which falls into two of half the size in the same
// way. That last secant is part of the windows in window36 and window12.
//
// Products are cut off downwards; the mean of what is lost would be the same
// in all subbands, which the filter bank makes a pulse of. So what is cut off
// is added in some places and subtracted in others, so that it cancels out.
//
// Every other sample of every other subband gets its sign inverted, ISO/IEC
// 11172-3 2.4.3.4.10.5. That is done here, and in the overlap.

// hybridStride is the distance between the samples of one subband.
const hybridStride = 32

// A subbands is 18 samples of 32 subbands.
type subbands [18 * hybridStride]int32

// A column is the 18 samples of one subband, hybridStride apart.
type column = [17*hybridStride + 1]int32

// imdct36Generic transforms the 18 lines of each long block of the subbands
// between from and to, adds the overlap of the block before and leaves that for
// the next one.
func imdct36Generic(xr *[576]int32, overlap *[32][18]int32, out *subbands, window *[9][5]int32, from, to int) {
	for sb := from; sb < to; sb++ {
		var e, o [9]int32
		fold18((*[18]int32)(xr[18*sb:]), &e, &o)
		dct9(&e)
		dct9(&o)
		window18(&e, &o, &overlap[sb], (*column)(out[sb:]), window, sb&1)
	}
}

// window18 puts the halves of the transform together, of which o still needs
// its secants. odd is 1 for odd subbands.
func window18(e, o *[9]int32, overlap *[18]int32, out *column, window *[9][5]int32, odd int) {
	for i, w := range window {
		o := timesSecant(8-i, o[8-i], w[0])
		upper, lower := e[8-i]-o, e[8-i]+o
		a := overlap[i] - sign(int32(int64(upper)*int64(w[1])>>27), odd&i)
		b := overlap[17-i] - sign(int32(int64(upper)*int64(w[2])>>27), odd&^i)
		out[hybridStride*i], out[hybridStride*(17-i)] = a, b
		overlap[i] = sign(int32(int64(lower)*int64(w[3])>>32)-lower>>1, odd&i)
		overlap[17-i] = sign(int32(int64(lower)*int64(w[4])>>32), odd&^i)
	}
}

// timesSecant is x times the secant for output k of the odd half.
func timesSecant(k int, x, c int32) int32 {
	switch k {
	case 7:
		return times2(x, c)
	case 8: // 5.74
		return int32(int64(x) * int64(c) >> 28)
	}
	return times1(x, c)
}

// sign is x, or -x where the lowest bit of odd is set.
func sign(x int32, odd int) int32 {
	s := -int32(odd & 1)
	return x ^ s - s
}

// fold18 adds neighbours, twice for the odd lines.
func fold18(x *[18]int32, e, o *[9]int32) {
	e[0], o[0] = x[0], x[0]+x[1]
	for k := 1; k < 9; k++ {
		e[k] = x[2*k-1] + x[2*k]
		o[k] = x[2*k-2] + e[k] + x[2*k+1]
	}
}

// dct9 is the cosine transform of type III,
// sum of x[k]*cos(pi/18*(2i+1)*k), in place.
func dct9(x *[9]int32) {
	cos40, cos80, cos30, cos50, cos70 := dct9Coefs[0], dct9Coefs[1], dct9Coefs[2], dct9Coefs[3], dct9Coefs[4]
	h := x[0] + x[6]>>1
	m := x[0] - x[6]
	d := x[2] - x[4] - x[8]
	a, b := x[2]+x[4], x[2]+x[8]
	e0 := a + high2(a, cos40, b, cos80)
	e2 := a - b + high2(a, cos80, a-b, cos40)
	e0, e2, e3 := e0+h, h-e2, h+e2-e0
	e1, e4 := m+d>>1, m-d

	c := times1(x[3], cos30)
	o1 := times1(x[1]-x[5]-x[7], cos30)
	p, q := x[1]+x[5], x[1]+x[7]
	o0 := p + high2(p, cos50, q, cos70)
	o2 := q + high2(q, cos50, q-p, cos70)
	o0, o2, o3 := o0+c, o2-c, o0-o2-c

	x[0], x[8] = e0+o0, e0-o0
	x[1], x[7] = e1+o1, e1-o1
	x[2], x[6] = e2+o2, e2-o2
	x[3], x[5] = e3+o3, e3-o3
	x[4] = e4
}

// imdctShort transforms the 18 lines of three short blocks, line 3f+w being
// line f of block w, and overlaps as window18 does.
func imdctShort(x, overlap *[18]int32, out *column, odd int) {
	var y [36]int32
	for w := range 3 {
		imdct12((*[16]int32)(x[w:]), (*[12]int32)(y[6+6*w:]))
	}
	for i := range 18 {
		out[hybridStride*i] = overlap[i] + sign(y[i], odd&i)
		overlap[i] = sign(y[18+i], odd&i)
	}
}

// imdct12 transforms every third of x and adds the windowed result to y.
func imdct12(x *[16]int32, y *[12]int32) {
	o1 := x[3] + x[0]
	o3 := x[9] + x[6]
	o5 := x[15] + x[12]
	var e, o [3]int32
	e[0], e[1], e[2] = dct3(x[0], x[6]+x[3], x[12]+x[9])
	o[0], o[1], o[2] = dct3(o1, o3+o1, o5+o3)
	o[0] = mul32(o[0], sec6x0)
	o[1] = mul32(o[1], sec2x0)
	o[2] = mul28(o[2], sec6x2Q28)
	for i := range 3 {
		w := &window12[i]
		lower, upper := e[2-i]+o[2-i], e[2-i]-o[2-i]
		y[i] += int32(int64(upper) * int64(w[0]) >> 28)
		y[5-i] -= int32(int64(upper) * int64(w[1]) >> 28)
		y[6+i] -= mulTable(lower, w[2])
		y[11-i] += mulTable(-lower, w[3])
	}
}

// dct3 is the transform of type III for three values.
func dct3(a, b, c int32) (int32, int32, int32) {
	h, b := a+c>>1, mul32(b, cos30)
	return h + b, a - c, h - b
}
