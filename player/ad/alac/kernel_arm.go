//go:build !purego

package alac

import "linnet/player/internal/bits"

// mostWidth is so many bits of a sample that differences, eight times, fit in
// 32.
const mostWidth = 27

// adapt does as adaptGeneric. The kernels take coefficients of 32 bits, that of
// the oldest sample first. They can't tell when one leaves its 16 bits, which
// takes as many samples as it is away from the limit.
func adapt(x []int32, coefs []int16, shift, width uint) {
	n := len(coefs)
	if n < 4 || n > 8 || width > mostWidth {
		adaptGeneric(x, coefs, shift, width)
		return
	}
	var c [8]int32
	for i, v := range coefs {
		c[n-1-i] = int32(v)
	}
	for len(x) > n+1 {
		room := int32(1<<15 - 1)
		for _, v := range c {
			room = min(room, 1<<15-1-max(v, -v))
		}
		if room <= 0 {
			break
		}
		samples := min(int(room), len(x)-n-1)
		adaptBy(n, x[:n+1+samples], &c, shift&31, (32-width)&31)
		x = x[samples:]
	}
	for i := range coefs {
		coefs[i] = int16(c[n-1-i])
	}
	adaptGeneric(x, coefs, shift, width)
}

// adaptBy is the kernel of an order, one of those that encoders make.
func adaptBy(order int, x []int32, coefs *[8]int32, shift, cut uint) {
	switch order {
	case 4:
		adapt4(x, coefs, shift, cut)
	case 5:
		adapt5(x, coefs, shift, cut)
	case 6:
		adapt6(x, coefs, shift, cut)
	case 7:
		adapt7(x, coefs, shift, cut)
	case 8:
		adapt8(x, coefs, shift, cut)
	}
}

// several reads numbers up to a run of zeros, or something else that is rare,
// and returns how many.
func (g *golomb) several(r *bits.Reader, dst []int32) int {
	if g.limit < 1 {
		return 0
	}
	p := place{r.Pos(), *g}
	n := numbers(dst, r.Data(), &p)
	if n > 0 {
		r.SeekTo(p.bit)
		*g = p.golomb
	}
	return n
}

// A place is where numbers begins, and where it ends. It knows the fields.
type place struct {
	bit int
	golomb
}

//go:noescape
func numbers(dst []int32, data []byte, code *place) (n int)

//go:noescape
func adapt4(x []int32, coefs *[8]int32, shift, cut uint)

//go:noescape
func adapt5(x []int32, coefs *[8]int32, shift, cut uint)

//go:noescape
func adapt6(x []int32, coefs *[8]int32, shift, cut uint)

//go:noescape
func adapt7(x []int32, coefs *[8]int32, shift, cut uint)

//go:noescape
func adapt8(x []int32, coefs *[8]int32, shift, cut uint)
