//go:build !arm || purego

package silk

func predictShort(state, coefs []int32, bias int32) { predictShortGeneric(state, coefs, bias) }

func predictPitch(x, next, past, coefs []int32) { predictPitchGeneric(x, next, past, coefs) }

func whitenBy(dst, in []int16, coefs []int32) { whitenByGeneric(dst, in, coefs) }

func double(dst, src []int16, s *[6]int32) { doubleGeneric(dst, src, s) }

func interpolateAll(dst, buf []int16, step int32) int { return interpolateAllGeneric(dst, buf, step) }
