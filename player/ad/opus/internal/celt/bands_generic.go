package celt

// The kernels of bands_arm.s and pulses_arm.s: vectors of 16 bits. None is
// longer than unity is, or not by much, so that sums of products of two have
// 32 bits.

// correlateGeneric is the product of x and y, and that of y with itself.
func correlateGeneric(x, y []int16) (cross, side int32) {
	x = x[:len(y)]
	for j, v := range y {
		cross += int32(v) * int32(x[j])
		side += int32(v) * int32(v)
	}
	return cross, side
}

// panorama is how left and right are made of a middle and a side: the factor of
// the middle, Q15, those of left and right, and what they are shifted right by,
// which is 1 or more.
type panorama struct {
	mid        int32
	left       int32
	leftShift  int32
	right      int32
	rightShift int32
}

// blendGeneric makes x, the middle, left, and y, the side, right.
func blendGeneric(x, y []int16, p *panorama) {
	x = x[:len(y)]
	for j, v := range y {
		m, s := mul16Round(p.mid, int32(x[j])), int32(v)
		x[j] = int16(round(p.left*(m-s), int(p.leftShift)))
		y[j] = int16(round(p.right*(m+s), int(p.rightShift)))
	}
}

// scaleBandGeneric multiplies by a factor of 15 bits, and shifts right by n, 0
// to 31.
func scaleBandGeneric(dst []int32, x []int16, factor int32, n int) {
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = int32(v) * factor >> n
	}
}

// attenuateGeneric multiplies by a factor, Q15.
func attenuateGeneric(dst, x []int16, factor int32) {
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = int16(mul16(factor, int32(v)))
	}
}

// weighGeneric multiplies y by a factor, and shifts right by n, 1 or more,
// rounding.
func weighGeneric(x []int16, y []int32, factor int32, n int) {
	x = x[:len(y)]
	for i, v := range y {
		x[i] = int16(round(factor*v, n))
	}
}

// amplifyGeneric is weighGeneric in place.
func amplifyGeneric(x []int16, factor int32, n int) {
	for i, v := range x {
		x[i] = int16(round(factor*int32(v), n))
	}
}

// gatherGeneric reads every stride-th number.
func gatherGeneric(dst, x []int16, stride int) {
	for j := range dst {
		dst[j] = x[j*stride]
	}
}

// scatterGeneric writes every stride-th number.
func scatterGeneric(dst, x []int16, stride int) {
	for j, v := range x {
		dst[j*stride] = v
	}
}

// haarGeneric joins and splits pairs of coefficients of stride interleaved blocks,
// each of n.
func haarGeneric(x []int16, n, stride int) {
	const half = 23170 // the square root, Q15
	for i := range stride {
		for j := i; j < n*stride-stride; j += 2 * stride {
			a, b := half*int32(x[j]), half*int32(x[j+stride])
			x[j] = int16((a + b + 1<<14) >> 15)
			x[j+stride] = int16((a - b + 1<<14) >> 15)
		}
	}
}

// rotatePairsGeneric rotates pairs at a distance, forwards and then back. The
// vector is no longer than unity is.
func rotatePairsGeneric(x []int16, distance int, c, s int32) {
	y := x[distance:]
	for i := range y {
		a, b := int32(x[i]), int32(y[i])
		y[i] = int16((c*b + s*a + 1<<14) >> 15)
		x[i] = int16((c*a - s*b + 1<<14) >> 15)
	}
	for i := len(x) - 2*distance - 1; i >= 0; i-- {
		a, b := int32(x[i]), int32(y[i])
		y[i] = int16((c*b + s*a + 1<<14) >> 15)
		x[i] = int16((c*a - s*b + 1<<14) >> 15)
	}
}

// unrankGeneric makes the i-th vector of k pulses in len(y) places, 2 or more.
// The result is the sum of its squares.
func unrankGeneric(y []int32, k int, i uint32) int32 {
	sum := int32(0)
	for ; len(y) > 2; y = y[1:] {
		n, was := len(y), k
		negative := false
		if k >= n {
			row := pulseCounts[pulseRows[n]:]
			if p := row[k+1]; i >= p {
				negative, i = true, i-p
			}
			if row[n] > i {
				k = n - 1
				for pulseCounts[pulseRows[k]+n] > i {
					k--
				}
				i -= pulseCounts[pulseRows[k]+n]
			} else {
				for row[k] > i {
					k--
				}
				i -= row[k]
			}
		} else {
			p, q := pulseCounts[pulseRows[k]+n], pulseCounts[pulseRows[k+1]+n]
			if p <= i && i < q {
				i -= p
				y[0] = 0
				continue
			}
			if i >= q {
				negative, i = true, i-q
			}
			for k--; pulseCounts[pulseRows[k]+n] > i; {
				k--
			}
			i -= pulseCounts[pulseRows[k]+n]
		}
		y[0] = int32(was - k)
		sum += y[0] * y[0]
		if negative {
			y[0] = -y[0]
		}
	}
	return sum + unrankTwo(y, k, i)
}

// unrankTwo is unrankGeneric for two places.
func unrankTwo(y []int32, k int, i uint32) int32 {
	negative := false
	if p := uint32(2*k + 1); i >= p {
		negative, i = true, i-p
	}
	rest := int(i+1) >> 1
	if rest > 0 {
		i -= uint32(2*rest - 1)
	}
	a, b := int32(k-rest), int32(rest)
	y[0], y[1] = a, b
	if negative {
		y[0] = -a
	}
	if i != 0 {
		y[1] = -b
	}
	return a*a + b*b
}
