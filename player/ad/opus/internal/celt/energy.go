package celt

// The envelope of the spectrum, RFC 6716 clause 4.3.2: a logarithm for each
// band, Q10 (a bit is 6 dB), coarse and then fine.

const (
	bit       = 1 << 10
	quietest  = -28 * bit
	fineLimit = 8 // bits of a fine energy
)

// coarse reads the coarse energies, predicted from the frame before, unless
// intra, and from the band below.
func (d *Decoder) coarse(f *frame, intra bool) {
	prediction, leak, model := energyPrediction[f.size], energyLeak[f.size], &energyModel[f.size][0]
	if intra {
		prediction, leak, model = 0, energyLeakIntra, &energyModel[f.size][1]
	}
	budget := 8 * f.rc.Size()
	var below [2]int32
	for i := d.start; i < d.end; i++ {
		for c := range d.coded {
			q := int32(f.coarseStep(budget, model[2*min(i, 20)], model[2*min(i, 20)+1])) << 10
			old := &d.energy[c*bands+i]
			e := round(prediction*max(-9*bit, int32(*old)), 8) + below[c] + q<<7
			*old = int16(round(max(quietest<<7, e), 7))
			below[c] += q<<7 - leak*int32(int16(round(q, 8)))
		}
	}
}

// coarseStep reads one difference, as well as the bits that are left allow.
func (f *frame) coarseStep(budget int, zero, decay uint8) int {
	switch left := budget - f.rc.Tell(); {
	case left >= 15:
		return f.rc.Laplace(uint32(zero)<<7, int32(decay)<<6)
	case left >= 2:
		n := f.rc.Symbol(energyICDF, 2)
		return n>>1 ^ -(n & 1)
	case left >= 1:
		if f.rc.Bit(1) {
			return -1
		}
		return 0
	}
	return -1
}

// fine reads what the allocation has for the energies.
func (d *Decoder) fine(f *frame) {
	for i := d.start; i < d.end; i++ {
		n := f.alloc.fine[i]
		if n <= 0 {
			continue
		}
		for c := range d.coded {
			q := int32(f.rc.Bits(n))
			d.energy[c*bands+i] += int16((q<<10+bit/2)>>n - bit/2)
		}
	}
}

// finish spends the bits that are left on the energies, first those of bands
// that lost most by rounding.
func (d *Decoder) finish(f *frame, left int) {
	for priority := range 2 {
		for i := d.start; i < d.end && left >= d.coded; i++ {
			if f.alloc.fine[i] >= fineLimit || f.alloc.priority[i] != priority {
				continue
			}
			for c := range d.coded {
				q := int32(f.rc.Bits(1))
				d.energy[c*bands+i] += int16((q<<10 - bit/2) >> (f.alloc.fine[i] + 1))
				left--
			}
		}
	}
}

// denormalize gives the bands of x their energies, clause 4.3.6, and clears
// what is above and below.
func (d *Decoder) denormalize(freq []int32, x, energy []int16, f *frame) {
	if f.silent {
		clear(freq)
		return
	}
	from := edges[d.start] << f.size
	clear(freq[:from])
	for i := d.start; i < d.end; i++ {
		to := edges[i+1] << f.size
		scale(freq[from:to], x[from:to], max(-32768, min(int32(energy[i])+energyMeans[i]<<6, 32767)))
		from = to
	}
	clear(freq[from:])
}

// scale multiplies by 2^e, e in Q10. x has 14 bits behind the point, the result
// 12.
func scale(dst []int32, x []int16, e int32) {
	n := 16 - int(e>>10)
	switch {
	case n > 31:
		clear(dst)
	case n <= -2:
		scaleLoud(dst, x, 16384, 2)
	case n < 0:
		scaleLoud(dst, x, exp2Fraction(e&1023), -n)
	default:
		scaleBand(dst, x, exp2Fraction(e&1023), n)
	}
}

// scaleLoud is scaleBand, but shifts left.
func scaleLoud(dst []int32, x []int16, factor int32, n int) {
	x = x[:len(dst)]
	for i, v := range x {
		dst[i] = int32(v) * factor << n
	}
}

// antiCollapse fills blocks of a transient frame that got no pulses with noise
// as loud as the quieter of the two frames before, clause 4.3.5.
func (d *Decoder) antiCollapse(f *frame) {
	seed := d.rng
	for i := d.start; i < d.end; i++ {
		width := edges[i+1] - edges[i]
		depth := int32((1+f.alloc.pulses[i])/width) >> f.size
		limit := mulQ15(min(32767, Exp2(-depth<<7)>>1), 16384)
		n := log2(int32(width<<f.size)) >> 1
		rsqrt := reciprocalRoot(int32(width<<f.size) << ((7 - n) << 1))
		for c := range d.coded {
			r := min(limit, d.gap(c, i, f.size)) >> 1
			r = mul16(rsqrt, r) >> n
			x := f.x[c*f.n+edges[i]<<f.size:][:width<<f.size]
			seed = fillBlocks(x, f.size, uint(f.masks[i*d.coded+c]), int16(r), seed)
		}
	}
}

// gap is how much quieter the quieter of the two frames before was in a band.
func (d *Decoder) gap(c, i, size int) int32 {
	one, two := d.before[c*bands+i], d.before2[c*bands+i]
	if d.coded == 1 {
		one, two = max(one, d.before[bands+i]), max(two, d.before2[bands+i])
	}
	diff := max(0, int32(d.energy[c*bands+i])-int32(min(one, two)))
	if diff >= 16384 {
		return 0
	}
	r := 2 * min(16383, Exp2(-diff)>>1)
	if size == 3 {
		r = 23170 * min(23169, r) >> 14
	}
	return r
}

// fillBlocks writes noise to the blocks that mask lacks.
func fillBlocks(x []int16, size int, mask uint, r int16, seed uint32) uint32 {
	filled := false
	for b := range 1 << size {
		if mask&(1<<b) != 0 {
			continue
		}
		for j := b; j < len(x); j += 1 << size {
			seed = random(seed)
			if x[j] = -r; seed&0x8000 != 0 {
				x[j] = r
			}
		}
		filled = true
	}
	if filled {
		normalize(x, 32767)
	}
	return seed
}
