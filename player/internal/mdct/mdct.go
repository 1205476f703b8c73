package mdct

// A Transform is the inverse transform for one length of window. It is
// immutable: any number of goroutines may use one.
type Transform struct {
	rot   []int32  // cos and -sin of pi/4N*(8k+1)*2, for k < N/4
	place []uint16 // where in the Fourier transform's input each point goes, doubled
	plan  []uint8  // the steps of the Fourier transform
}

// Steps of a plan, which goes through the points from the first one on: a
// transform of the next 4 or 8 points, or, for any higher number n, a pass
// over the last 4<<n.
const (
	leaf4 = iota
	leaf8
)

// New returns the transform for windows of n values, a power of two from 64
// to 8192. For any other n it returns nil. The tables are part of the
// program; nothing is computed.
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
// the two must not overlap. Of nothing but zeros come nothing but zeros.
func (t *Transform) Inverse(dst, src []int32) {
	n := 2 * len(t.place)
	dst, src = dst[:n], src[:n]
	if silent(src) {
		clear(dst)
		return
	}
	rotateIn(dst, src, t.rot, t.place)
	fourier(dst, t.plan)
	rotateOut(dst, t.rot)
}

func silent(x []int32) bool {
	for _, v := range x {
		if v != 0 {
			return false
		}
	}
	return true
}
