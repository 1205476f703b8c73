//go:build !purego

package silk

//go:noescape
func predictShort(state, coefs []int32, bias int32)

//go:noescape
func predictPitch(x, next, past, coefs []int32)

//go:noescape
func whitenBy(dst, in []int16, coefs []int32)

//go:noescape
func double(dst, src []int16, s *[6]int32)

//go:noescape
func interpolateAll(dst, buf []int16, step int32) int
