package silk

// expand moves the poles of a filter towards the center, by factor, Q16.
func expand(a []int16, factor int32) {
	chirp, less := factor, factor-65536
	for i, v := range a {
		a[i] = int16(round(chirp*int32(v), 16))
		chirp += round(chirp*less, 16)
	}
}

// expand32 is expand for 32 bits.
func expand32(a []int32, factor int32) {
	chirp, less := factor, factor-65536
	for i, v := range a {
		a[i] = mulWW(chirp, v)
		chirp += round(chirp*less, 16)
	}
}

// fit rounds a filter from Q17 to Q12, made softer until it fits 16 bits.
func fit(dst []int16, a []int32) {
	for range 10 {
		peak, at := int32(0), 0
		for k, v := range a {
			if abs(v) > peak {
				peak, at = abs(v), k
			}
		}
		peak = round(peak, 5)
		if peak <= 32767 {
			for k, v := range a {
				dst[k] = int16(round(v, 5))
			}
			return
		}
		peak = min(peak, 163838)
		expand32(a, 65470-(peak-32767)<<14/(peak*int32(at+1)>>2))
	}
	for k, v := range a {
		dst[k] = int16(sat16(round(v, 5)))
		a[k] = int32(dst[k]) << 5
	}
}

// inverseGain is the inverse of the power that a filter adds by its prediction,
// Q30, or 0 where that is too much, or the filter is unstable.
func inverseGain(a []int16) int32 {
	var long [maxOrder]int32 // Q24
	sum := int32(0)
	for k, v := range a {
		sum += int32(v)
		long[k] = int32(v) << 12
	}
	if sum >= 4096 {
		return 0
	}
	gain := int32(1 << 30)
	for k := len(a) - 1; k >= 0; k-- {
		const limit = 16773022 // 0.99975
		if abs(long[k]) > limit {
			return 0
		}
		r := -(long[k] << 7)
		rest := 1<<30 - mulTop(r, r)
		gain = mulTop(gain, rest) << 2
		if gain < 107374 { // 1e-4
			return 0
		}
		if k > 0 && !stepDown(long[:k], r, rest) {
			return 0
		}
	}
	return gain
}

// stepDown makes the filter of one order less, by the reflection r, Q31, with
// 1-r*r in rest, Q30. It is false where that overflows.
func stepDown(a []int32, r, rest int32) bool {
	n := 32 - zeros(rest)
	inv := inverse(rest, n+30)
	down := func(x, y int32) int64 {
		d := subSat(x, int32(round64(int64(y)*int64(r), 31)))
		return round64(int64(d)*int64(inv), n)
	}
	for i := range (len(a) + 1) / 2 {
		j := len(a) - 1 - i
		x, y := down(a[i], a[j]), down(a[j], a[i])
		if x != int64(int32(x)) || y != int64(int32(y)) {
			return false
		}
		a[i], a[j] = int32(x), int32(y)
	}
	return true
}

// whiten takes its short-term correlation out of in: dst[i] is what the filter
// does not predict of in[i]. The first len(a) are 0.
func whiten(dst, in, a []int16) {
	n := len(a)
	clear(dst[:n])
	var back [maxOrder]int32
	coefs := back[:n]
	for j, v := range a {
		coefs[n-1-j] = -int32(v)
	}
	whitenBy(dst[n:], in[:len(dst)], coefs)
}

// filter runs state[maxOrder:] through a synthesis filter, Q12: what the filter
// predicts is added. state[:maxOrder] is the past.
func filter(state []int32, a []int16) {
	var back [maxOrder]int32 // with zeros in front
	for j, v := range a {
		back[maxOrder-1-j] = int32(v) << 16
	}
	coefs := back[:]
	if len(a) <= 12 {
		coefs = back[maxOrder-12:]
	}
	predictShort(state, coefs, int32(len(a)/2))
}
