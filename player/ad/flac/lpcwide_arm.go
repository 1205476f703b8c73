//go:build !purego

package flac

// wides are restoreWide by order, but for a sample at the end.
var wides = [maxUnrolled + 1]func(s, coefs []int32, shift uint){
	1:  wide1,
	2:  wide2,
	3:  wide3,
	4:  wide4,
	5:  wide5,
	6:  wide6,
	7:  wide7,
	8:  wide8,
	9:  wide9,
	10: wide10,
	11: wide11,
	12: wide12,
}

// restoreWide does as restoreWideGeneric, always in 64 bits, for which there is
// an instruction. An even long predictor is made longer by a coefficient that
// is zero; so it needs one more sample to begin with.
func restoreWide(s, coefs []int32, shift uint, _ int) {
	shift &= 31
	n := len(coefs)
	switch {
	case n <= maxUnrolled:
		wides[n](s, coefs, shift)
	case n%2 == 1:
		wideLong(s, coefs, shift)
	case len(s) > n:
		var longer [maxOrder + 1]int32
		copy(longer[1:], coefs)
		lpcWide(s[:n+1], coefs, shift)
		wideLong(s, longer[:n+1], shift)
		s = s[1:]
	}
	if done := (len(s) - n) &^ 1; done > 0 {
		s = s[done:]
	}
	lpcWide(s, coefs, shift)
}

//go:noescape
func wide1(s, coefs []int32, shift uint)

//go:noescape
func wide2(s, coefs []int32, shift uint)

//go:noescape
func wide3(s, coefs []int32, shift uint)

//go:noescape
func wide4(s, coefs []int32, shift uint)

//go:noescape
func wide5(s, coefs []int32, shift uint)

//go:noescape
func wide6(s, coefs []int32, shift uint)

//go:noescape
func wide7(s, coefs []int32, shift uint)

//go:noescape
func wide8(s, coefs []int32, shift uint)

//go:noescape
func wide9(s, coefs []int32, shift uint)

//go:noescape
func wide10(s, coefs []int32, shift uint)

//go:noescape
func wide11(s, coefs []int32, shift uint)

//go:noescape
func wide12(s, coefs []int32, shift uint)

//go:noescape
func wideLong(s, coefs []int32, shift uint)
