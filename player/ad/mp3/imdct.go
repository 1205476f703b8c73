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
// in all subbands, which the filter bank makes a pulse of. So all are
// rounded but those with the windows, of which one is subtracted where two
// overlap.

const (
	half32 = 1 << 31
	half28 = 1 << 27
)

// hybridStride is the distance between the samples of one subband.
const hybridStride = 32

// A column is the 18 samples of one subband, hybridStride apart.
type column = [17*hybridStride + 1]int32

// imdct36 transforms the 18 lines of a long block, adds the overlap of the
// block before and leaves that for the next one.
func imdct36(x, overlap *[18]int32, out *column, window *[9][4]uint32) {
	var e, o [9]int32
	fold18(x, &e, &o)
	dct9(&e)
	dct9(&o)
	o[0] = int32((int64(o[0])*sec18x0 + half32) >> 32)
	o[1] = int32((int64(o[1])*sec18x1 + half32) >> 32)
	o[2] = int32((int64(o[2])*sec18x2 + half32) >> 32)
	o[3] = int32((int64(o[3])*sec18x3 + half32) >> 32)
	o[4] = int32((int64(o[4])*sec2x0 + half32) >> 32)
	o[5] = int32((int64(o[5])*sec18x5 + half32) >> 32)
	o[6] = int32((int64(o[6])*sec18x6Q28 + half28) >> 28)
	o[7] = int32((int64(o[7])*sec18x7Q28 + half28) >> 28)
	o[8] = int32((int64(o[8])*sec18x8Q28 + half28) >> 28)
	for i := range 9 {
		w := &window[i]
		lower, upper := e[8-i]+o[8-i], e[8-i]-o[8-i]
		out[hybridStride*i] = overlap[i] + int32(int64(upper)*int64(w[0])>>28)
		out[hybridStride*(17-i)] = overlap[17-i] - int32(int64(upper)*int64(w[1])>>28)
		overlap[i] = -int32(int64(lower) * int64(w[2]) >> 32)
		lower = -lower
		overlap[17-i] = int32(int64(lower) * int64(w[3]) >> 32)
	}
}

// fold18 adds neighbours, twice for the odd lines.
func fold18(x *[18]int32, e, o *[9]int32) {
	a := x[0] + x[1]
	e[0], o[0] = x[0], a
	b := x[2] + x[3]
	e[1], o[1] = x[1]+x[2], a+b
	a = x[4] + x[5]
	e[2], o[2] = x[3]+x[4], a+b
	b = x[6] + x[7]
	e[3], o[3] = x[5]+x[6], a+b
	a = x[8] + x[9]
	e[4], o[4] = x[7]+x[8], a+b
	b = x[10] + x[11]
	e[5], o[5] = x[9]+x[10], a+b
	a = x[12] + x[13]
	e[6], o[6] = x[11]+x[12], a+b
	b = x[14] + x[15]
	e[7], o[7] = x[13]+x[14], a+b
	a = x[16] + x[17]
	e[8], o[8] = x[15]+x[16], a+b
}

// dct9 is the cosine transform of type III,
// sum of x[k]*cos(pi/18*(2i+1)*k), in place.
func dct9(x *[9]int32) {
	h := x[0] + x[6]>>1
	m := x[0] - x[6]
	d := x[2] - x[4] - x[8]
	a, b := x[2]+x[4], x[2]+x[8]
	e0 := int32((int64(a)*cos40 + int64(b)*cos80 + half32) >> 32)
	e2 := -int32((int64(a)*cos80 + int64(a-b)*cos40 + half32) >> 32)
	e3 := -e0 - e2
	e0, e2, e3 = e0+h, e2+h, e3+h
	e1 := m + d>>1
	e4 := m - d

	c := int32((int64(x[3])*cos30 + half32) >> 32)
	p, q := x[1]+x[5], x[1]+x[7]
	o0 := int32((int64(p)*cos50 + int64(q)*cos70 + half32) >> 32)
	o2 := int32((int64(q)*cos50 + int64(q-p)*cos70 + half32) >> 32)
	o3 := o0 - o2 - c
	o1 := int32((int64(x[1]-x[5]-x[7])*cos30 + half32) >> 32)
	o0, o2 = o0+c, o2-c

	x[0], x[8] = e0+o0, e0-o0
	x[1], x[7] = e1+o1, e1-o1
	x[2], x[6] = e2+o2, e2-o2
	x[3], x[5] = e3+o3, e3-o3
	x[4] = e4
}

// imdctShort transforms the 18 lines of three short blocks, line 3f+w being
// line f of block w, and overlaps as imdct36 does.
func imdctShort(x, overlap *[18]int32, out *column) {
	var y [36]int32
	for w := range 3 {
		imdct12((*[16]int32)(x[w:]), (*[12]int32)(y[6+6*w:]))
	}
	for i := range 18 {
		out[hybridStride*i] = overlap[i] + y[i]
		overlap[i] = y[18+i]
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
