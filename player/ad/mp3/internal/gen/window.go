package main

// window is the synthesis window D[i] of ISO/IEC 11172-3 table B.3, times
// 65536, for i from 0 to 256, with the sign changes at every 64th taken out
// of the upper half by D[512-i] = -D[i] (and D[i] where 64 divides i).
var window = [257]int32{
	0, -1, -1, -1, -1, -1, -1, -2, -2, -2, -2, -3, -3, -4, -4, -5,
	-5, -6, -7, -7, -8, -9, -10, -11, -13, -14, -16, -17, -19, -21, -24, -26,
	-29, -31, -35, -38, -41, -45, -49, -53, -58, -63, -68, -73, -79, -85, -91, -97,
	-104, -111, -117, -125, -132, -139, -147, -154, -161, -169, -176, -183, -190, -196, -202, -208,
	213, 218, 222, 225, 227, 228, 228, 227, 224, 221, 215, 208, 200, 189, 177, 163,
	146, 127, 106, 83, 57, 29, -2, -36, -72, -111, -153, -197, -244, -294, -347, -401,
	-459, -519, -581, -645, -711, -779, -848, -919, -991, -1064, -1137, -1210, -1283, -1356, -1428, -1498,
	-1567, -1634, -1698, -1759, -1817, -1870, -1919, -1962, -2001, -2032, -2057, -2075, -2085, -2087, -2080, -2063,
	2037, 2000, 1952, 1893, 1822, 1739, 1644, 1535, 1414, 1280, 1131, 970, 794, 605, 402, 185,
	-45, -288, -545, -814, -1095, -1388, -1692, -2006, -2330, -2663, -3004, -3351, -3705, -4063, -4425, -4788,
	-5153, -5517, -5879, -6237, -6589, -6935, -7271, -7597, -7910, -8209, -8491, -8755, -8998, -9219, -9416, -9585,
	-9727, -9838, -9916, -9959, -9966, -9935, -9863, -9750, -9592, -9389, -9139, -8840, -8492, -8092, -7640, -7134,
	6574, 5959, 5288, 4561, 3776, 2935, 2037, 1082, 70, -998, -2122, -3300, -4533, -5818, -7154, -8540,
	-9975, -11455, -12980, -14548, -16155, -17799, -19478, -21189, -22929, -24694, -26482, -28289, -30112, -31947, -33791, -35640,
	-37489, -39336, -41176, -43006, -44821, -46617, -48390, -50137, -51853, -53534, -55178, -56778, -58333, -59838, -61289, -62684,
	-64019, -65290, -66494, -67629, -68692, -69679, -70590, -71420, -72169, -72835, -73415, -73908, -74313, -74630, -74856, -74992,
	75038,
}

// d is the whole of D[i], times 65536.
func d(i int) int32 {
	switch {
	case i <= 256:
		return window[i]
	case i%64 == 0:
		return window[512-i]
	}
	return -window[512-i]
}

// Two of the sixteen coefficients of a row change their sign along the rows.
// They are stored raised by a power of two, so that all are positive; the
// kernel takes sample>>shift off again.
const (
	raiseA = 1 << 14 // of a[3]
	raiseB = 1 << 8  // of b[6]
)

// windowRow gives the magnitudes for outputs j and 32-j: a[m] is D[j+64m] and
// b[m] is D[j+32+64m], where out[j] = sum of a[m]*p[m] - b[m]*q[m] and
// out[32-j] = sum of b[7-m]*p[m] + a[7-m]*q[m], p[m] being row 16+j of the
// cosine transform 2m calls ago and q[m] row 16-j, 2m+1 calls ago.
func windowRow(j int) (row [16]uint32) {
	for m := range 8 {
		a, b := d(j+64*m), d(j+32+64*m)
		if j == 16 {
			a = 0 // p is the transform's row 32, which is 0
		}
		if m == 3 {
			a += raiseA
		}
		if m == 6 {
			b += raiseB
		}
		row[m], row[8+m] = magnitude(a, m == 0), magnitude(b, m < 4)
	}
	return row
}

func magnitude(v int32, negative bool) uint32 {
	if negative {
		v = -v
	}
	if v < 0 {
		panic("the window has a sign that the kernel does not expect")
	}
	return uint32(v) << 15
}

// windowBias is what the kernel adds to out[j] and out[32-j]: samples are
// stored with 2^31 added, which every product with a coefficient c carries
// into the sum as c/2. What is lost by cutting the products off is not made
// up for, so that silence stays silent.
func windowBias(j int) (bias [2]uint32) {
	var lo, hi int64 // twice the sums
	for m := range 8 {
		a, b := int64(d(j+64*m))<<15, int64(d(j+32+64*m))<<15
		if j == 16 {
			a = 0
		}
		ra, rb := int64(d(j+64*(7-m)))<<15, int64(d(j+32+64*(7-m)))<<15
		lo += a - b
		hi += rb + ra
	}
	return [2]uint32{uint32(-lo / 2), uint32(-hi / 2)}
}
