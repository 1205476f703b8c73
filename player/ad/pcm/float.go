package pcm

import (
	"encoding/binary"
	"math"
)

func unpackF32LE(dst []int32, src []byte) {
	for i := range dst {
		dst[i] = fromFloat32(binary.LittleEndian.Uint32(src[4*i:]))
	}
}

func unpackF32BE(dst []int32, src []byte) {
	for i := range dst {
		dst[i] = fromFloat32(binary.BigEndian.Uint32(src[4*i:]))
	}
}

func unpackF64LE(dst []int32, src []byte) {
	for i := range dst {
		dst[i] = fromFloat64(binary.LittleEndian.Uint64(src[8*i:]))
	}
}

func unpackF64BE(dst []int32, src []byte) {
	for i := range dst {
		dst[i] = fromFloat64(binary.BigEndian.Uint64(src[8*i:]))
	}
}

// fromFloat32 converts the bits of an IEEE 754 binary32 to a sample: the
// value is mantissa * 2^(exponent-bias-fraction), and a sample is 2^31 of it.
func fromFloat32(b uint32) int32 {
	const bias, fraction = 127, 23
	exponent, mantissa := int(b>>fraction&0xff), b&(1<<fraction-1)
	switch {
	case exponent >= bias:
		return saturated(exponent == 0xff && mantissa != 0, b>>31 != 0)
	case exponent < bias-32:
		return 0 // below half a step
	}
	mantissa |= 1 << fraction
	if n := exponent - bias - fraction + 31; n >= 0 {
		mantissa <<= uint(n)
	} else {
		mantissa = roundShift(mantissa, uint(-n))
	}
	return signed(mantissa, b>>31 != 0)
}

// fromFloat64 converts the bits of an IEEE 754 binary64 likewise.
func fromFloat64(b uint64) int32 {
	const bias, fraction = 1023, 52
	exponent, mantissa := int(b>>fraction&0x7ff), b&(1<<fraction-1)
	switch {
	case exponent >= bias:
		return saturated(exponent == 0x7ff && mantissa != 0, b>>63 != 0)
	case exponent < bias-32:
		return 0
	}
	mantissa |= 1 << fraction
	return signed(uint32(roundShift(mantissa, uint(bias+fraction-31-exponent))), b>>63 != 0)
}

// roundShift is m / 2^n, rounded to the nearest, ties to even; n is at
// least 1 and less than the bits of T, and m has a bit to spare.
func roundShift[T uint32 | uint64](m T, n uint) T {
	odd := m >> n & 1
	return (m + 1<<(n-1) - 1 + odd) >> n
}

// signed gives a magnitude of at most 2^31 its sign.
func signed(m uint32, negative bool) int32 {
	switch {
	case negative:
		return int32(-m)
	case m > math.MaxInt32:
		return math.MaxInt32
	}
	return int32(m)
}

// saturated is the sample for what lies at or beyond full scale.
func saturated(nan, negative bool) int32 {
	switch {
	case nan:
		return 0
	case negative:
		return math.MinInt32
	}
	return math.MaxInt32
}
