package pcm

import "math"

// AppendS16 appends src to dst as 16-bit little-endian samples, rounded to
// the nearest (halves upwards) and saturated.
func AppendS16(dst []byte, src []int32) []byte {
	dst, out := extend(dst, 2*len(src))
	storeS16(out, src)
	return dst
}

// AppendS24 appends src to dst as packed 24-bit (three-byte) little-endian
// samples, rounded to the nearest and saturated.
func AppendS24(dst []byte, src []int32) []byte {
	dst, out := extend(dst, 3*len(src))
	for i, s := range src {
		v := round(s, 8)
		b := out[3*i : 3*i+3]
		b[0], b[1], b[2] = byte(v), byte(v>>8), byte(v>>16)
	}
	return dst
}

// AppendS24Low appends src to dst as 24-bit samples, sign-extended into four
// bytes each, little-endian, rounded to the nearest and saturated: ALSA's
// S24_LE.
func AppendS24Low(dst []byte, src []int32) []byte {
	dst, out := extend(dst, 4*len(src))
	for i, s := range src {
		put32(out[4*i:4*i+4], round(s, 8))
	}
	return dst
}

// AppendS32 appends src to dst as 32-bit little-endian samples.
func AppendS32(dst []byte, src []int32) []byte {
	dst, out := extend(dst, 4*len(src))
	storeS32(out, src)
	return dst
}

// round drops the lowest bits bits of s, rounding to the nearest.
func round(s int32, bits uint) int32 {
	half := int32(1) << (bits - 1)
	if s > math.MaxInt32-half {
		return math.MaxInt32 >> bits
	}
	return (s + half) >> bits
}

func addSat(a, b int32) int32 {
	s := a + b
	if (a^s)&(b^s) < 0 { // both summands' sign differs from the sum's
		return math.MaxInt32 ^ (a >> 31)
	}
	return s
}

func put32(b []byte, v int32) {
	_ = b[3]
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
}

// extend lengthens dst by n bytes and returns it and the new part.
func extend(dst []byte, n int) (all, tail []byte) {
	at := len(dst)
	if cap(dst)-at < n {
		dst = append(dst, make([]byte, n)...)
	} else {
		dst = dst[:at+n]
	}
	return dst, dst[at:]
}
