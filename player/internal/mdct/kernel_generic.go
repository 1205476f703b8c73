package mdct

// What the kernels do, for machines without kernels of their own. They agree
// to the bit.
//
// Cutting off loses half of the last place on average. Where many such losses
// would meet in one value they are made good: rotateIn adds what it cuts off to
// the next product, and a sum of two products gets one more.

// half is half of what is cut off with the lower half of a product.
const half = 1 << 31

// rotateInGeneric pairs coefficients from both ends of x, turns each pair
// forwards and puts it, halved, where the Fourier transform wants it. What
// one product loses is added to the next one.
func rotateInGeneric(z, x, rot []int32, place []uint16) {
	i, j := 0, len(x)-1
	rest := int64(half)
	for _, at := range place {
		pair := z[at : at+2 : at+2]
		a, b, minus := int64(x[i]), int64(x[j]), int64(-x[j])
		c, s := int64(rot[i]), int64(rot[i+1])
		rest += a*c + minus*s
		pair[0] = int32(rest >> 32)
		rest = rest&(1<<32-1) + b*c + a*s
		pair[1] = int32(rest >> 32)
		rest &= 1<<32 - 1
		i, j = i+2, j-2
	}
}

// rotateOutGeneric turns each point of z forwards, halves it and deals the
// real and imaginary parts out to the two ends, in place: two points from the
// ends make four values. The real parts change their sign.
func rotateOutGeneric(z, rot []int32) {
	i, j := 0, len(z)-2
	for i < j {
		lo, hi := z[i:i+2:i+2], z[j:j+2:j+2]
		a, b := turnOut(lo[0], lo[1], rot[i], rot[i+1])
		c, d := turnOut(hi[0], hi[1], rot[j], rot[j+1])
		lo[0], lo[1] = b, c
		hi[0], hi[1] = d, a
		i, j = i+2, j-2
	}
}

func turnOut(a, b, c, s int32) (minusRe, im int32) {
	minusRe = int32((int64(-a)*int64(c) + int64(b)*int64(s)) >> 32)
	im = int32((int64(b)*int64(c) + int64(a)*int64(s)) >> 32)
	return minusRe, im
}

// fourierGeneric is the Fourier transform in place, of complex numbers as
// pairs, after its plan. The input lies so that each part of a pass lies
// together, and in the order of the plan; see place.
func fourierGeneric(z []int32, plan []uint8) {
	end := 0
	for _, op := range plan {
		switch op {
		case leaf4:
			fourier4((*[8]int32)(z[end:]))
			end += 8
		case leaf8:
			fourier8((*[16]int32)(z[end:]))
			end += 16
		default:
			pass(z[end-8<<op:end], factors[2<<op-8:])
		}
	}
}

// pass joins a Fourier transform of half the size and two of a quarter,
// which lie one behind the other. The factor of point k turns the first
// quarter forwards and the second one back; that of point 0 is 1.
func pass(z, factors []int32) {
	q := len(z) / 4
	z0, z1, z2, z3 := z[:q], z[q:2*q], z[2*q:3*q], z[3*q:4*q]
	join(z0, z1, z2, z3)
	z0 = z0[2:]
	z1, z2, z3, f := z1[2:][:len(z0)], z2[2:][:len(z0)], z3[2:][:len(z0)], factors[:len(z0)]
	for k := 1; k < len(z0); k += 2 {
		c, s := f[k-1], f[k]
		ar, ai := turn(z2[k-1], z2[k], c, s)
		br, bi := turnBack(z3[k-1], z3[k], c, s)
		pr, pi := (ar+br+1)<<1, (ai+bi+1)<<1
		ur, ui := z0[k-1], z0[k]
		z0[k-1], z0[k] = ur+pr, ui+pi
		z2[k-1], z2[k] = ur-pr, ui-pi
		dr, di := (ar-br)<<1, (ai-bi)<<1
		vr, vi := z1[k-1], z1[k]
		z1[k-1], z1[k] = vr+di, vi-dr
		z3[k-1], z3[k] = vr-di, vi+dr
	}
}

// turn multiplies a+ib by c-is and halves it; c and s have 31 bits of
// fraction.
func turn(a, b, c, s int32) (re, im int32) {
	re = int32((int64(a)*int64(c) + int64(b)*int64(s)) >> 32)
	im = int32((int64(b)*int64(c) + int64(-a)*int64(s)) >> 32)
	return re, im
}

// turnBack multiplies a+ib by c+is and halves it.
func turnBack(a, b, c, s int32) (re, im int32) {
	re = int32((int64(a)*int64(c) + int64(-b)*int64(s)) >> 32)
	im = int32((int64(b)*int64(c) + int64(a)*int64(s)) >> 32)
	return re, im
}

// join is point 0 of a pass, where nothing is turned.
func join(z0, z1, z2, z3 []int32) {
	_, _, _, _ = z0[1], z1[1], z2[1], z3[1]
	pr, pi := z2[0]+z3[0], z2[1]+z3[1]
	dr, di := z2[0]-z3[0], z2[1]-z3[1]
	z2[0], z2[1] = z0[0]-pr, z0[1]-pi
	z3[0], z3[1] = z1[0]-di, z1[1]+dr
	z0[0], z0[1] = z0[0]+pr, z0[1]+pi
	z1[0], z1[1] = z1[0]+di, z1[1]-dr
}

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

// byRoot is x times the square root of 1/8.
func byRoot(x int32) int32 { return int32(int64(x) * root >> 32) }

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

	cr, ci := byRoot(er+ei), byRoot(er-ei)
	gr, gi := byRoot(fi-fr), byRoot(fr+fi)
	pr, pi, dr, di = (cr-gr)<<1, (gi-ci)<<1, (cr+gr+1)<<1, (ci+gi+1)<<1
	z[10], z[11] = z[2]-pr, z[3]-pi
	z[14], z[15] = z[6]+di, z[7]+dr
	z[2], z[3] = z[2]+pr, z[3]+pi
	z[6], z[7] = z[6]-di, z[7]-dr
}

// overlapGeneric is Overlap with dst[lo] and dst[hi] where its first two
// values go, prev, cur and the pairs of window being equally long.
func overlapGeneric(dst []int32, lo, hi, stride int, prev, cur, window []int32) {
	for j, b := range cur {
		a, minus := int64(prev[len(prev)-1-j]), int64(-b)
		c, s := int64(window[2*j]), int64(window[2*j+1])
		dst[lo] = clip(int32((a*c+minus*s)>>32), Shift)
		dst[hi] = clip(int32((int64(b)*c+a*s)>>32), Shift)
		lo, hi = lo-stride, hi+stride
	}
}

// clip shifts left and holds what does not fit at the ends of the range.
func clip(x int32, shift uint) int32 {
	if y := x << (shift & 31); y>>(shift&31) == x {
		return y
	}
	return x>>31 ^ (1<<31 - 1)
}
