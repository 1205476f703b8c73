package mdct

// half rounds what is cut off with the lower half of a product.
const half = 1 << 31

// turn multiplies a+ib by c-is and halves it; c and s have 31 bits of
// fraction. The factors being unsigned, each product costs a 32-bit machine
// one long multiplication.
func turn(a, b int32, c, s uint32) (re, im int32) {
	re = int32((int64(a)*int64(c) + int64(b)*int64(s) + half) >> 32)
	im = int32((int64(b)*int64(c) - int64(a)*int64(s) + half) >> 32)
	return re, im
}

// turnBack multiplies a+ib by c+is and halves it.
func turnBack(a, b int32, c, s uint32) (re, im int32) {
	re = int32((int64(a)*int64(c) - int64(b)*int64(s) + half) >> 32)
	im = int32((int64(b)*int64(c) + int64(a)*int64(s) + half) >> 32)
	return re, im
}

// rotateIn pairs coefficients from both ends of x, turns each pair and puts
// it where the Fourier transform wants it.
func rotateIn(z, x []int32, rot []uint32, place []uint16) {
	i, j := 0, len(x)-1
	for _, at := range place {
		pair := z[at : at+2 : at+2]
		r := rot[i : i+2 : i+2]
		pair[0], pair[1] = turn(x[i], x[j], r[0], r[1])
		i, j = i+2, j-2
	}
}

// rotateOut turns each point of z and deals the real and imaginary parts out
// to the two ends, in place: two points from the ends make four values.
func rotateOut(z []int32, rot []uint32) {
	i, j := 0, len(z)-2
	for i < j {
		lo, hi := z[i:i+2:i+2], z[j:j+2:j+2]
		r, q := rot[i:i+2:i+2], rot[j:j+2:j+2]
		a, b := turn(lo[0], lo[1], r[0], r[1])
		c, d := turn(hi[0], hi[1], q[0], q[1])
		lo[0], lo[1] = b, -c
		hi[0], hi[1] = d, -a
		i, j = i+2, j-2
	}
}

// pass joins a Fourier transform of half the size and two of a quarter,
// which lie one behind the other. The factor of point k turns the first
// quarter forwards and the second one back; that of point 0 is 1.
func pass(z []int32, factors []uint32) {
	q := len(z) / 4
	z0, z1, z2, z3 := z[:q], z[q:2*q], z[2*q:3*q], z[3*q:4*q]
	f := factors[:q]
	join(z0, z1, z2, z3)
	for k := 2; k+1 < len(f) && k+1 < len(z0) && k+1 < len(z1) && k+1 < len(z2) && k+1 < len(z3); k += 2 {
		c, s := f[k], f[k+1]
		ar, ai := turn(z2[k], z2[k+1], c, s)
		br, bi := turnBack(z3[k], z3[k+1], c, s)
		pr, pi := (ar+br)<<1, (ai+bi)<<1
		dr, di := (ar-br)<<1, (ai-bi)<<1
		ur, ui, vr, vi := z0[k], z0[k+1], z1[k], z1[k+1]
		z0[k], z0[k+1] = ur+pr, ui+pi
		z1[k], z1[k+1] = vr+di, vi-dr
		z2[k], z2[k+1] = ur-pr, ui-pi
		z3[k], z3[k+1] = vr-di, vi+dr
	}
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
