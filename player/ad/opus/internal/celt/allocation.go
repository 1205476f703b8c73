package celt

import "linnet/player/ad/opus/internal/entropy"

// How the bits of a frame are shared out, RFC 6716 clause 4.3.3. All is in
// eighths of a bit, and both sides compute it alike.

const (
	eighths     = 3 // shift
	steps       = 6 // of the interpolation between qualities
	fineOffset  = 21
	thetaOffset = 4
	twoPhase    = 16 // thetaOffset of two coefficients in stereo
)

// allotment is what bands get.
type allotment struct {
	pulses    [bands]int // eighths of a bit for the shape
	fine      [bands]int // bits for each channel's energy
	priority  [bands]int // of what is left, for the energy
	coded     int        // bands below this have pulses
	intensity int        // bands from this on have one channel
	dual      bool       // channels are apart
	balance   int        // eighths that the last band left
}

// allocator holds the working values.
type allocator struct {
	*Decoder
	f     *frame
	bands [bands]share

	total     int
	skip      int // kept for the flag that ends the bands
	intensity int // and for these choices
	dual      int
	firstSkip int // no band below may be skipped
}

// share is what a band may have, in eighths of a bit.
type share struct {
	n         int // coefficients, of all channels
	threshold int // what it has at least where it has pulses
	tilt      int // what the trim adds
	boost     int
	limit     int
	low, high int // at a quality, and what it gets more at the next
}

// width of a band in coefficients of a short transform.
func width(i int) int { return edges[i+1] - edges[i] }

// allocate shares out total eighths. trim tilts it; boosts add to bands, and
// limits cap them.
func (d *Decoder) allocate(f *frame, boosts, limits *[bands]int, trim, total int) {
	a := allocator{Decoder: d, f: f, total: max(total, 0), firstSkip: d.start}
	a.reserve()
	for j := d.start; j < d.end; j++ {
		b, w := &a.bands[j], width(j)
		b.n, b.boost, b.limit = d.coded*w<<f.size, boosts[j], limits[j]
		b.threshold = max(d.coded<<eighths, 3*w<<f.size<<eighths>>4)
		b.tilt = d.coded * w * (trim - 5 - f.size) * (d.end - j - 1) << (f.size + eighths) >> 6
		if w<<f.size == 1 {
			b.tilt -= d.coded << eighths
		}
	}
	a.bracket()
	a.interpolate()
	a.endBands()
	a.choices()
	a.spendRest()
	a.split()
}

// reserve keeps bits for the flags.
func (a *allocator) reserve() {
	if a.total >= 1<<eighths {
		a.skip = 1 << eighths
	}
	a.total -= a.skip
	if a.coded < 2 {
		return
	}
	if n := log2Fraction[a.end-a.start]; n <= a.total {
		a.intensity = n
		a.total -= n
		if a.total >= 1<<eighths {
			a.dual = 1 << eighths
		}
		a.total -= a.dual
	}
}

// static is what a band gets at one quality.
func (b *share) static(quality uint8) int {
	n := b.n * int(quality) >> 2
	if n > 0 {
		n = max(0, n+b.tilt)
	}
	return n
}

// bracket finds the best quality that fits, and the next.
func (a *allocator) bracket() {
	lo, hi := 1, len(allocation)-1
	for lo <= hi {
		mid := (lo + hi) >> 1
		if a.sumAt(&allocation[mid]) > a.total {
			hi = mid - 1
		} else {
			lo = mid + 1
		}
	}
	hi = lo
	lo--
	for j := a.start; j < a.end; j++ {
		b := &a.bands[j]
		b.low, b.high = b.static(allocation[lo][j]), b.limit
		if hi < len(allocation) {
			b.high = b.static(allocation[hi][j])
		} else if b.high > 0 {
			b.high = max(0, b.high+b.tilt)
		}
		if lo > 0 {
			b.low += b.boost
		}
		b.high = max(0, b.high+b.boost-b.low)
		if b.boost > 0 {
			a.firstSkip = j
		}
	}
}

// sumAt adds up what bands get at one quality, from the top. Until one reaches
// its threshold they get the least there is, or nothing.
func (a *allocator) sumAt(quality *[bands]uint8) (sum int) {
	least := a.coded << eighths
	j := a.end - 1
	for ; j >= a.start; j-- {
		b := &a.bands[j]
		n := b.static(quality[j]) + b.boost
		if n >= b.threshold {
			break
		}
		if n >= least {
			sum += least
		}
	}
	for ; j >= a.start; j-- {
		b := &a.bands[j]
		sum += min(b.static(quality[j])+b.boost, b.limit)
	}
	return sum
}

// sumBetween is sumAt so many steps from one quality to the next.
func (a *allocator) sumBetween(step int) (sum int) {
	least := a.coded << eighths
	j := a.end - 1
	for ; j >= a.start; j-- {
		b := &a.bands[j]
		n := b.low + step*b.high>>steps
		if n >= b.threshold {
			break
		}
		if n >= least {
			sum += least
		}
	}
	for ; j >= a.start; j-- {
		b := &a.bands[j]
		sum += min(b.low+step*b.high>>steps, b.limit)
	}
	return sum
}

// interpolate finds the step between the two qualities, and sets the pulses.
func (a *allocator) interpolate() {
	lo, hi := 0, 1<<steps
	for range steps {
		mid := (lo + hi) >> 1
		if a.sumBetween(mid) > a.total {
			hi = mid
		} else {
			lo = mid
		}
	}
	done, least := false, a.coded<<eighths
	for j := a.end - 1; j >= a.start; j-- {
		b := &a.bands[j]
		n := b.low + lo*b.high>>steps
		if done = done || n >= b.threshold; !done {
			if n >= least {
				n = least
			} else {
				n = 0
			}
		}
		n = min(n, b.limit)
		a.f.alloc.pulses[j] = n
		a.total -= n
	}
}

// endBands reads after which band there are no more pulses. From here on total
// is what is left.
func (a *allocator) endBands() {
	out, least := &a.f.alloc, a.coded<<eighths
	for out.coded = a.end; ; out.coded-- {
		j := out.coded - 1
		if j <= a.firstSkip {
			a.total += a.skip
			return
		}
		span := edges[out.coded] - edges[a.start]
		each := a.total / span
		rest := max(a.total-span*each-(edges[j]-edges[a.start]), 0)
		n := out.pulses[j] + each*width(j) + rest
		if n >= max(a.bands[j].threshold, least+1<<eighths) {
			if a.f.rc.Bit(1) {
				return
			}
			a.total -= 1 << eighths
			n -= 1 << eighths
		}
		a.total += out.pulses[j] + a.intensity
		if a.intensity > 0 {
			a.intensity = log2Fraction[j-a.start]
		}
		a.total -= a.intensity
		out.pulses[j] = 0
		if n >= least {
			a.total -= least
			out.pulses[j] = least
		}
	}
}

// choices reads how two channels are coded.
func (a *allocator) choices() {
	out := &a.f.alloc
	out.intensity, out.dual = 0, false
	if a.intensity > 0 {
		out.intensity = a.start + int(a.f.rc.Uint(uint32(out.coded+1-a.start)))
	}
	if out.intensity <= a.start {
		a.total += a.dual
		a.dual = 0
	}
	if a.dual > 0 {
		out.dual = a.f.rc.Bit(1)
	}
}

// spendRest gives what is left evenly to the coefficients.
func (a *allocator) spendRest() {
	out := &a.f.alloc
	span := edges[out.coded] - edges[a.start]
	each := a.total / span
	left := a.total - span*each
	for j := a.start; j < out.coded; j++ {
		out.pulses[j] += each * width(j)
	}
	for j := a.start; j < out.coded; j++ {
		n := min(left, width(j))
		out.pulses[j] += n
		left -= n
	}
}

// split divides what a band has between its energy and its shape.
func (a *allocator) split() {
	out, c := &a.f.alloc, a.coded
	stereo := c - 1
	out.balance = 0
	for j := a.start; j < out.coded; j++ {
		a.splitBand(j)
	}
	for j := out.coded; j < a.end; j++ {
		out.fine[j] = out.pulses[j] >> stereo >> eighths
		out.pulses[j] = 0
		out.priority[j] = below(out.fine[j], 1)
	}
}

func (a *allocator) splitBand(j int) {
	out, c := &a.f.alloc, a.coded
	stereo := c - 1
	n := width(j) << a.f.size
	have := out.pulses[j] + out.balance
	excess := 0
	if n > 1 {
		excess = max(have-a.bands[j].limit, 0)
		a.splitEnergy(j, n, have-excess)
	} else {
		excess = max(0, have-c<<eighths)
		out.pulses[j], out.fine[j], out.priority[j] = have-excess, 0, 1
	}
	if excess > 0 {
		extra := min(excess>>(stereo+eighths), fineLimit-out.fine[j])
		out.fine[j] += extra
		spent := extra * c << eighths
		out.priority[j] = below(excess-out.balance-1, spent)
		excess -= spent
	}
	out.balance = excess
}

// splitEnergy gives the energy of a band of n coefficients its part of have.
func (a *allocator) splitEnergy(j, n, have int) {
	out, c := &a.f.alloc, a.coded
	den := c * n
	if c == 2 && n > 2 && !out.dual && j < out.intensity {
		den++
	}
	log := den * (logN[j] + a.f.size<<eighths)
	offset := log>>1 - den*fineOffset
	if n == 2 {
		offset += den << eighths >> 2
	}
	if have+offset < den*2<<eighths {
		offset += log >> 2
	} else if have+offset < den*3<<eighths {
		offset += log >> 3
	}
	fine := int(entropy.Divide(uint32(max(0, have+offset+den<<(eighths-1))), uint32(den))) >> eighths
	if c*fine > have>>eighths {
		fine = have >> (c - 1) >> eighths
	}
	fine = min(fine, fineLimit)
	out.fine[j] = fine
	out.priority[j] = below(have+offset-1, fine*den<<eighths)
	out.pulses[j] = have - c*fine<<eighths
}

// below is 1 where a < b.
func below(a, b int) int {
	if a < b {
		return 1
	}
	return 0
}
