package silk

// What the kernels do: the loops that take most of the time. Factors of 16 bits
// lie in the upper half of 32, so that products lie in the upper half of 64.

// predictShortGeneric adds to each of state[maxOrder:] what coefs, of 12 or 16
// taps, oldest first, predict of those before, Q12. bias makes up for rounding.
func predictShortGeneric(state, coefs []int32, bias int32) {
	for i := maxOrder; i < len(state); i++ {
		past := state[i-len(coefs):][:len(coefs)]
		sum := bias
		for j, c := range coefs {
			sum += mulTop(past[j], c)
		}
		state[i] = addSat(state[i], shlSat(sum, 4))
	}
}

// predictPitchGeneric adds to x what coefs, of 5 taps, oldest first, predict of
// past, and writes twice the sum to next, which may be where past goes on.
func predictPitchGeneric(x, next, past, coefs []int32) {
	for i, v := range x {
		sum := int32(2)
		for j, c := range coefs {
			sum += mulTop(past[i+j], c)
		}
		v += sum << 1
		x[i] = v
		next[i] = v << 1
	}
}

// whitenByGeneric filters in[len(coefs):], with the past in front, by 10 or 16
// taps, oldest first, Q12.
func whitenByGeneric(dst, in []int16, coefs []int32) {
	for i := range dst {
		past := in[i:][:len(coefs)+1]
		sum := int32(past[len(coefs)]) << 12
		for j, c := range coefs {
			sum += c * int32(past[j])
		}
		dst[i] = int16(sat16(round(sum, 12)))
	}
}

// doubleGeneric writes two samples for each of src.
func doubleGeneric(dst, src []int16, s *[6]int32) {
	for k, v := range src {
		x := int32(v) << 10
		a := allpass(&s[0], x, 1746)
		a = allpass(&s[1], a, 14986)
		a = allpassNear(&s[2], a, 39083-65536)
		b := allpass(&s[3], x, 6854)
		b = allpass(&s[4], b, 25769)
		b = allpassNear(&s[5], b, 55542-65536)
		dst[2*k], dst[2*k+1] = int16(sat16(round(a, 10))), int16(sat16(round(b, 10)))
	}
}

// allpass is one section, with a coefficient below a half, Q16.
func allpass(s *int32, x, c int32) int32 {
	y := mulWB(x-*s, c)
	out := *s + y
	*s = x + y
	return out
}

// allpassNear is one with a coefficient of 1+c.
func allpassNear(s *int32, x, c int32) int32 {
	y := x - *s
	y += mulWB(y, c)
	out := *s + y
	*s = x + y
	return out
}

// interpolateAllGeneric reads buf, which has 8 samples more than count, at each
// step, Q16, and returns how many samples that were. dst has room for them.
func interpolateAllGeneric(dst, buf []int16, step int32) int {
	end := int32(len(buf)-8) << 16
	n := 0
	for at := int32(0); at < end; at += step {
		i := mulWB(at&0xffff, 12)
		f, g := &fractions[i], &fractions[11-i]
		b := buf[at>>16:][:8]
		sum := int32(b[0])*f[0] + int32(b[1])*f[1] + int32(b[2])*f[2] + int32(b[3])*f[3]
		sum += int32(b[4])*g[3] + int32(b[5])*g[2] + int32(b[6])*g[1] + int32(b[7])*g[0]
		dst[n] = int16(sat16(round(sum, 15)))
		n++
	}
	return n
}
