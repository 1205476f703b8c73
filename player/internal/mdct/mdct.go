package mdct

// A Transform is the inverse transform for one length of window. It is
// immutable: any number of goroutines may use one.
type Transform struct {
	rot    []uint32   // cos and sin of pi/4N*(8k+1)*2, for k < N/4
	place  []uint16   // where in the Fourier transform's input each point goes, doubled
	passes [][]uint32 // factors of each pass, the smallest first
	by15   bool       // the leaves are of 15 and 30 points, not of 4 and 8
}

// New returns the transform for windows of n values: a power of two from 64
// to 8192, or 240, 480, 960 or 1920. For any other n it returns nil. The
// tables are part of the program; nothing is computed.
func New(n int) *Transform {
	for _, t := range transforms {
		if 4*len(t.place) == n {
			return t
		}
	}
	return nil
}

// Inverse computes the middle half of a block, a quarter of its size, as the
// package says: src holds the N/2 coefficients, dst gets as many values, and
// the two must not overlap.
func (t *Transform) Inverse(dst, src []int32) {
	n := 2 * len(t.place)
	dst, src = dst[:n], src[:n]
	rotateIn(dst, src, t.rot, t.place)
	t.fourier(dst, len(t.passes)-1)
	rotateOut(dst, t.rot)
}

// fourier is the Fourier transform in place, of complex numbers as pairs.
// Its input lies so that each part of a pass lies together; see place. A
// level below zero is a leaf.
func (t *Transform) fourier(z []int32, level int) {
	switch {
	case level >= 0:
		half, quarter := len(z)/2, len(z)/4
		t.fourier(z[:half], level-1)
		t.fourier(z[half:half+quarter], level-2)
		t.fourier(z[half+quarter:], level-2)
		pass(z, t.passes[level])
	case t.by15 && level == -1:
		fourier30((*[60]int32)(z))
	case t.by15:
		fourier15((*[30]int32)(z))
	case level == -1:
		fourier8((*[16]int32)(z))
	default:
		fourier4((*[8]int32)(z))
	}
}
