package alac

// maxOrder is the most coefficients that a filter has, and one more: 31 of
// them say that there are none, but sums.
const (
	maxOrder = 32
	sums     = 31
)

// predict makes samples of width bits from their residue, in place. coefs is
// the filter, the nearest sample's first, with shift bits behind the point; it
// is changed by every residue's sign.
func predict(x []int32, coefs []int16, shift, width uint) {
	order := len(coefs)
	switch {
	case order == 0:
		return
	case order == sums:
		sumUp(x, width)
		return
	case len(x) <= order:
		sumUp(x, width)
		return
	}
	sumUp(x[:order+1], width)
	adapt(x, coefs, shift, width)
}

// adaptGeneric does what predict does from x[len(coefs)+1] on.
func adaptGeneric(x []int32, coefs []int16, shift, width uint) {
	order := len(coefs)
	half := int32(1) << shift >> 1
	cut := 32 - width
	for i := order + 1; i < len(x); i++ {
		// past[0] is what all are compared with, past[order] the last one.
		past := x[i-order-1 : i : i]
		base := past[0]
		sum := half
		for k, c := range coefs {
			sum += int32(c) * (past[order-k] - base)
		}
		residue := x[i]
		x[i] = (residue + base + sum>>(shift&31)) << (cut & 31) >> (cut & 31)
		switch {
		case residue > 0:
			raise(coefs, past, residue, shift)
		case residue < 0:
			lower(coefs, past, residue, shift)
		}
	}
}

// raise moves the filter towards what it was too low for.
func raise(coefs []int16, past []int32, residue int32, shift uint) {
	order := len(coefs)
	for k := order - 1; k >= 0 && residue > 0; k-- {
		d := past[0] - past[order-k]
		s := sign(d)
		coefs[k] -= int16(s)
		residue -= int32(order-k) * (s * d >> (shift & 31))
	}
}

// lower moves the filter towards what it was too high for.
func lower(coefs []int16, past []int32, residue int32, shift uint) {
	order := len(coefs)
	for k := order - 1; k >= 0 && residue < 0; k-- {
		d := past[0] - past[order-k]
		s := sign(d)
		coefs[k] += int16(s)
		residue -= int32(order-k) * (-s * d >> (shift & 31))
	}
}

func sign(x int32) int32 { return x>>31 | int32(uint32(-x)>>31) }

// sumUp is the simplest filter: each sample is the one before and a residue.
func sumUp(x []int32, width uint) {
	cut := (32 - width) & 31
	last := int32(0)
	for i, d := range x {
		last = (last + d) << cut >> cut
		x[i] = last
	}
}
