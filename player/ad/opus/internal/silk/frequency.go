package silk

import "slices"

// Line spectral frequencies, RFC 6716 clause 4.2.7.5: normalized, Q15.

// codebook is how they are quantized: a vector, and a residual of each.
type codebook struct {
	order        int
	step         int32 // of the residual, Q16
	base         []uint8
	weights      []int16
	baseICDF     []uint8
	choice       []uint8 // of a residual's distribution and prediction, two in a byte
	residualICDF []uint8
	prediction   []uint8
	spacing      []int16 // least difference of neighbours
}

var (
	narrow = codebook{10, 11796, nbBase[:], nbWeights[:], nbBaseICDF[:], nbSelect[:], nbResidualICDF[:], nbPrediction[:], nbSpacing[:]}
	wide   = codebook{16, 9830, wbBase[:], wbWeights[:], wbBaseICDF[:], wbSelect[:], wbResidualICDF[:], wbPrediction[:], wbSpacing[:]}
)

// entry says where the distributions of the residuals are, and how each is
// predicted by the next, Q8.
func (b *codebook) entry(i int) (tables [maxOrder]int, prediction [maxOrder]int32) {
	for k, e := range b.choice[i*b.order/2:][:b.order/2] {
		for h := range 2 {
			tables[2*k+h] = int(e>>1&7) * 9
			prediction[2*k+h] = int32(b.prediction[2*k+h+int(e&1)*(b.order-1)])
			e >>= 4
		}
	}
	return tables, prediction
}

// decode makes frequencies of indices.
func (b *codebook) decode(index []int) (f [maxOrder]int16) {
	_, prediction := b.entry(index[0])
	base, weights := b.base[index[0]*b.order:], b.weights[index[0]*b.order:]
	r := int32(0)
	for i := b.order - 1; i >= 0; i-- {
		before := r * prediction[i] >> 8
		r = int32(index[i+1]) << 10
		if r > 0 {
			r -= 102 // 0.1
		} else if r < 0 {
			r += 102
		}
		r = before + mulWB(r, b.step)
		f[i] = int16(max(0, min(r<<14/int32(weights[i])+int32(base[i])<<7, 32767)))
	}
	b.stabilize(f[:b.order])
	return f
}

// stabilize moves frequencies apart that are too near, clause 4.2.7.5.4.
func (b *codebook) stabilize(f []int16) {
	for range 20 {
		at := b.nearest(f)
		if at < 0 {
			return
		}
		b.apart(f, at)
	}
	slices.Sort(f)
	low := int32(0)
	for i, v := range f {
		low = max(int32(v), sat16(low+int32(b.spacing[i])))
		f[i] = int16(low)
	}
	high := int32(1 << 15)
	for i := len(f) - 1; i >= 0; i-- {
		high = min(int32(f[i]), high-int32(b.spacing[i+1]))
		f[i] = int16(high)
	}
}

// nearest is where the neighbours stand that are nearest for their spacing,
// or -1 where none are too near.
func (b *codebook) nearest(f []int16) int {
	at, least, below := -1, int32(0), int32(0)
	for i, space := range b.spacing {
		v := int32(1 << 15)
		if i < len(f) {
			v = int32(f[i])
		}
		if d := v - below - int32(space); d < least {
			at, least = i, d
		}
		below = v
	}
	return at
}

// apart moves f[at-1] and f[at] to their spacing.
func (b *codebook) apart(f []int16, at int) {
	n := len(f)
	switch at {
	case 0:
		f[0] = b.spacing[0]
		return
	case n:
		f[n-1] = int16(1<<15 - int32(b.spacing[n]))
		return
	}
	half := int32(b.spacing[at]) >> 1
	low, high := half, int32(1<<15)-half
	for _, s := range b.spacing[:at] {
		low += int32(s)
	}
	for _, s := range b.spacing[at+1:] {
		high -= int32(s)
	}
	center := max(low, min(round(int32(f[at-1])+int32(f[at]), 1), high))
	f[at-1] = int16(center - half)
	f[at] = f[at-1] + b.spacing[at]
}

// The order in which the polynomials are made, for their accuracy.
var (
	order16 = [maxOrder]uint8{0, 15, 8, 7, 4, 11, 12, 3, 2, 13, 10, 5, 6, 9, 14, 1}
	order10 = [maxOrder]uint8{0, 9, 6, 3, 4, 5, 8, 1, 2, 7}
)

// toFilter makes a prediction filter, Q12, of frequencies, clause 4.2.7.5.6.
func toFilter(a *[maxOrder]int16, f *[maxOrder]int16, order int) {
	places := &order16
	if order == 10 {
		places = &order10
	}
	var cos [maxOrder]int32
	for k := range order {
		i, fraction := f[k]>>8, int32(f[k]&255)
		cos[places[k]] = round(cosines[i]<<8+(cosines[i+1]-cosines[i])*fraction, 4)
	}
	half := order / 2
	p, q := polynomial(cos[:], half), polynomial(cos[1:], half)
	var long [maxOrder]int32 // Q17
	for k := range half {
		s, d := p[k+1]+p[k], q[k+1]-q[k]
		long[k], long[order-1-k] = -d-s, d-s
	}
	fit(a[:order], long[:order])
	for i := 0; i < 16 && inverseGain(a[:order]) == 0; i++ {
		expand32(long[:order], 65536-2<<i)
		for k := range order {
			a[k] = int16(round(long[k], 5))
		}
	}
}

// polynomial makes the first coefficients, Q16, of that with roots at every
// second of the angles.
func polynomial(cos []int32, n int) (p [maxOrder/2 + 1]int32) {
	p[0], p[1] = 1<<16, -cos[0]
	mul := func(a, b int32) int32 { return int32(round64(int64(a)*int64(b), 16)) }
	for k := 1; k < n; k++ {
		c := cos[2*k]
		p[k+1] = p[k-1]<<1 - mul(c, p[k])
		for i := k; i > 1; i-- {
			p[i] += p[i-2] - mul(c, p[i-1])
		}
		p[1] -= c
	}
	return p
}
