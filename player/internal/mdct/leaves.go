package mdct

// fourier4 takes its points in the order 0 2 1 3.
func fourier4(z *[8]int32) {
	ar, ai, br, bi := z[0]+z[2], z[1]+z[3], z[0]-z[2], z[1]-z[3]
	pr, pi, dr, di := z[4]+z[6], z[5]+z[7], z[4]-z[6], z[5]-z[7]
	z[0], z[1] = ar+pr, ai+pi
	z[2], z[3] = br+di, bi-dr
	z[4], z[5] = ar-pr, ai-pi
	z[6], z[7] = br-di, bi+dr
}

// root is the square root of 1/2, with 31 bits of fraction.
const root = 1518500250

// byRoot is x times the square root of 1/2.
func byRoot(x int32) int32 { return int32((int64(x)*root+half)>>32) << 1 }

// fourier8 takes its points in the order 0 4 2 6 1 5 7 3. It is fourier4 and
// two transforms of two points, joined by a pass whose one factor is
// sqrt(1/2)*(1-i).
func fourier8(z *[16]int32) {
	fourier4((*[8]int32)(z[:8]))
	ar, ai := z[8]+z[10], z[9]+z[11]
	er, ei := z[8]-z[10], z[9]-z[11]
	br, bi := z[12]+z[14], z[13]+z[15]
	fr, fi := z[12]-z[14], z[13]-z[15]
	pr, pi, dr, di := ar+br, ai+bi, ar-br, ai-bi
	z[8], z[9] = z[0]-pr, z[1]-pi
	z[12], z[13] = z[4]-di, z[5]+dr
	z[0], z[1] = z[0]+pr, z[1]+pi
	z[4], z[5] = z[4]+di, z[5]-dr

	cr, ci := byRoot(er+ei), byRoot(ei-er)
	gr, gi := byRoot(fr-fi), byRoot(fi+fr)
	pr, pi, dr, di = cr+gr, ci+gi, cr-gr, ci-gi
	z[10], z[11] = z[2]-pr, z[3]-pi
	z[14], z[15] = z[6]-di, z[7]+dr
	z[2], z[3] = z[2]+pr, z[3]+pi
	z[6], z[7] = z[6]+di, z[7]-dr
}

// Cosines and sines of the transforms of 5 and 3 points, with 31 bits of
// fraction: cos72 is that of 72 degrees, and so on.
const (
	cos72 = 663608942
	cos36 = 1737350766
	sin72 = 2042378317
	sin36 = 1262259218
	sin60 = 1859775393
)

// fourier15 takes its points so that point (5a+3b) mod 15 lies at 5a+b, for
// a < 3 and b < 5: three rows of 5 points and five columns of 3 (Good, 1958).
// The column of row c and column d is point (10c+6d) mod 15 of the output.
func fourier15(z *[30]int32) {
	fourier5((*[10]int32)(z[0:10]))
	fourier5((*[10]int32)(z[10:20]))
	fourier5((*[10]int32)(z[20:30]))
	x := *z
	column3(z, (*[22]int32)(x[0:]), 0, 20, 10)
	column3(z, (*[22]int32)(x[2:]), 12, 2, 22)
	column3(z, (*[22]int32)(x[4:]), 24, 14, 4)
	column3(z, (*[22]int32)(x[6:]), 6, 26, 16)
	column3(z, (*[22]int32)(x[8:]), 18, 8, 28)
}

// fourier5 transforms five points in place.
func fourier5(z *[10]int32) {
	ar, ai, br, bi := z[2]+z[8], z[3]+z[9], z[2]-z[8], z[3]-z[9]
	cr, ci, dr, di := z[4]+z[6], z[5]+z[7], z[4]-z[6], z[5]-z[7]
	pr, qr := cosines5(z[0], ar, cr)
	pi, qi := cosines5(z[1], ai, ci)
	rr, tr := sines5(br, dr)
	ri, ti := sines5(bi, di)
	z[0], z[1] = z[0]+ar+cr, z[1]+ai+ci
	z[2], z[3] = pr+ri, pi-rr
	z[4], z[5] = qr+ti, qi-tr
	z[6], z[7] = qr-ti, qi+tr
	z[8], z[9] = pr-ri, pi+rr
}

func cosines5(x, a, c int32) (p, q int32) {
	p = x + int32((int64(a)*cos72-int64(c)*cos36+half)>>32)<<1
	q = x + int32((int64(c)*cos72-int64(a)*cos36+half)>>32)<<1
	return p, q
}

func sines5(b, d int32) (r, t int32) {
	r = int32((int64(b)*sin72+int64(d)*sin36+half)>>32) << 1
	t = int32((int64(b)*sin36-int64(d)*sin72+half)>>32) << 1
	return r, t
}

// column3 transforms the points 0, 5 and 10 of x to the places in z.
func column3(z *[30]int32, x *[22]int32, to0, to1, to2 int) {
	sr, si := x[10]+x[20], x[11]+x[21]
	dr := int32((int64(x[10]-x[20])*sin60+half)>>32) << 1
	di := int32((int64(x[11]-x[21])*sin60+half)>>32) << 1
	mr, mi := x[0]-sr>>1, x[1]-si>>1
	z[to0], z[to0+1] = x[0]+sr, x[1]+si
	z[to1], z[to1+1] = mr+di, mi-dr
	z[to2], z[to2+1] = mr-di, mi+dr
}

// fourier30 takes point (15a+2b) mod 30 as point b of a transform of 15, the
// first for a = 0 and the second for a = 1. Of their sums and differences,
// point b is point (15c+16b) mod 30 of the output, c being 0 for the sum.
func fourier30(z *[60]int32) {
	a, b := (*[30]int32)(z[:30]), (*[30]int32)(z[30:])
	fourier15(a)
	fourier15(b)
	for i := 0; i < 28; i += 4 {
		a[i], b[i] = a[i]+b[i], a[i]-b[i]
		a[i+1], b[i+1] = a[i+1]+b[i+1], a[i+1]-b[i+1]
		a[i+2], b[i+2] = a[i+2]-b[i+2], a[i+2]+b[i+2]
		a[i+3], b[i+3] = a[i+3]-b[i+3], a[i+3]+b[i+3]
	}
	a[28], b[28] = a[28]+b[28], a[28]-b[28]
	a[29], b[29] = a[29]+b[29], a[29]-b[29]
}
