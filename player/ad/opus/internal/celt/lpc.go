package celt

// lpcOrder is the order of the filter that concealment goes on with.
const lpcOrder = 24

// autocorrelation fills ac with that of x, scaled so that ac[0] has 29 bits. An
// edge, where it is not nil, fades both ends of x. buf has room for x.
func autocorrelation(ac []int32, x []int16, edge []int16, buf []int16) {
	y := buf[:len(x)]
	copy(y, x)
	for i, w := range edge {
		y[i] = int16(mul16(int32(x[i]), int32(w)))
		y[len(y)-1-i] = int16(mul16(int32(x[len(y)-1-i]), int32(w)))
	}
	energy := int32(1 + len(y)<<7)
	for _, v := range y {
		energy += int32(v) * int32(v) >> 9
	}
	n := max(0, (log2(energy)-20)/2)
	if n > 0 {
		for i, v := range y {
			y[i] = int16(round(int32(v), n))
		}
	}
	for k := range ac {
		ac[k] = dot(y[k:], y[:len(y)-k])
	}
	if n == 0 {
		ac[0]++
	}
	n = 0
	switch {
	case ac[0] < 1<<28:
		n = log2(ac[0]) - 28
	case ac[0] >= 1<<30:
		n = 2
	case ac[0] >= 1<<29:
		n = 1
	}
	for k := range ac {
		ac[k] = shift(ac[k], n)
	}
}

// dot is the sum of products of two vectors of one length.
func dot(a, b []int16) (sum int32) {
	b = b[:len(a)]
	for i, v := range a {
		sum += int32(v) * int32(b[i])
	}
	return sum
}

// smooth makes a filter of ac better natured: a little noise, and a window on
// the lags.
func smooth(ac []int32) {
	ac[0] += ac[0] >> 13
	for i := 1; i < len(ac); i++ {
		ac[i] -= mulQ15(ac[i], int32(2*i*i))
	}
}

// predictor makes the filter that predicts best, by Levinson and Durbin's
// recursion, Q12.
func predictor(lpc []int16, ac []int32) {
	var work [lpcOrder]int32
	a := work[:len(lpc)]
	rest := ac[0]
	for i := 0; i < len(a) && ac[0] != 0; i++ {
		sum := ac[i+1] >> 3
		for j := range i {
			sum += mul32(a[j], ac[i-j])
		}
		r := -fraction(sum<<3, rest)
		a[i] = r >> 3
		for j := range (i + 1) >> 1 {
			p, q := a[j], a[i-1-j]
			a[j], a[i-1-j] = p+mul32(r, q), q+mul32(r, p)
		}
		rest -= mul32(mul32(r, r), rest)
		if rest < ac[0]>>10 {
			break
		}
	}
	for i, v := range a {
		lpc[i] = int16(round(v, 16))
	}
}

// residual filters x[lpcOrder:] to y: what the filter does not predict.
func residual(y, x []int16, lpc *[lpcOrder]int16) {
	for i := range y {
		past := x[i : i+lpcOrder+1]
		sum := int32(past[lpcOrder]) << 12
		for j, a := range lpc {
			sum += int32(a) * int32(past[lpcOrder-1-j])
		}
		y[i] = int16(round(sum, 12))
	}
}

// excite filters x, Q12, in place, behind the samples in memory, of which the
// first is the latest; buf has room for x and these.
func excite(x []int32, lpc, memory *[lpcOrder]int16, buf []int16) {
	y := buf[:len(x)+lpcOrder]
	for i, v := range memory {
		y[lpcOrder-1-i] = -v
	}
	for i, sum := range x {
		past := y[i : i+lpcOrder+1]
		for j, a := range lpc {
			sum += int32(a) * int32(past[lpcOrder-1-j])
		}
		past[lpcOrder] = int16(-max(-32767, min(round(sum, 12), 32767)))
		x[i] = sum
	}
}
