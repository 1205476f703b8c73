//go:build !purego

package flac

// predictors are restoreLPC by order, but for up to three samples at the end.
var predictors = [maxUnrolled + 1]func(s, coefs []int32, shift uint){
	1:  predict1,
	2:  predict2,
	3:  predict3,
	4:  predict4,
	5:  predict5,
	6:  predict6,
	7:  predict7,
	8:  predict8,
	9:  predict9,
	10: predict10,
	11: predict11,
	12: predict12,
}

// restoreLPC does as restoreLPCGeneric. A long predictor is made longer, to a
// multiple of four coefficients, by some that are zero; so it needs a few more
// samples to begin with.
func restoreLPC(s, coefs []int32, shift uint) {
	shift &= 31
	n := len(coefs)
	if n <= maxUnrolled {
		predictors[n](s, coefs, shift)
	} else if whole := (n + 3) &^ 3; len(s) >= whole {
		var longer [maxOrder]int32
		copy(longer[whole-n:], coefs)
		lpcLong(s[:whole], coefs, shift)
		predictLong(s, longer[:whole], shift)
		s = s[whole-n:]
	} else {
		lpcLong(s, coefs, shift)
		return
	}
	if done := (len(s) - n) &^ 3; done > 0 {
		s = s[done:]
	}
	lpcLong(s, coefs, shift)
}

//go:noescape
func predict1(s, coefs []int32, shift uint)

//go:noescape
func predict2(s, coefs []int32, shift uint)

//go:noescape
func predict3(s, coefs []int32, shift uint)

//go:noescape
func predict4(s, coefs []int32, shift uint)

//go:noescape
func predict5(s, coefs []int32, shift uint)

//go:noescape
func predict6(s, coefs []int32, shift uint)

//go:noescape
func predict7(s, coefs []int32, shift uint)

//go:noescape
func predict8(s, coefs []int32, shift uint)

//go:noescape
func predict9(s, coefs []int32, shift uint)

//go:noescape
func predict10(s, coefs []int32, shift uint)

//go:noescape
func predict11(s, coefs []int32, shift uint)

//go:noescape
func predict12(s, coefs []int32, shift uint)

//go:noescape
func predictLong(s, coefs []int32, shift uint)
