package celt

// The shape of the bands, RFC 6716 clause 4.3.4: vectors of length 1, Q14,
// split in halves until pulses describe them, or folded from lower bands where
// there are none.

// unity is a length of 1.
const unity = 32767

// quantizer decodes the bands of a frame.
type quantizer struct {
	*Decoder
	f    *frame
	band int
	tf   int // change of the band's resolution in time
	left int // eighths of a bit in the frame
	seed uint32
}

// lower is what a band may be folded from.
type lower struct {
	x    []int16 // nil where there is nothing
	copy []int16 // room for x where it must not change; nil where it may
}

// shapes decodes all bands. total is the eighths of a bit of the frame.
func (d *Decoder) shapes(f *frame, total int) {
	q := quantizer{Decoder: d, f: f, seed: d.rng}
	blocks := 1
	if f.transient {
		blocks = 1 << f.size
	}
	fold := folding{lowest: edges[d.start] << f.size, update: true}
	balance, dual := f.alloc.balance, f.alloc.dual
	for i := d.start; i < d.end; i++ {
		q.band, q.tf = i, f.tf[i]
		tell := f.rc.TellFraction()
		if i != d.start {
			balance -= tell
		}
		q.left = total - tell - 1
		b := 0
		if i < f.alloc.coded {
			share := balance
			switch f.alloc.coded - i {
			case 1:
			case 2:
				share /= 2
			default:
				share /= 3
			}
			b = max(0, min(16383, q.left+1, f.alloc.pulses[i]+share))
		}
		mx, my := fold.prepare(&q, i, blocks)
		if dual && i == f.alloc.intensity {
			dual = false
			d.meanFold(edges[i]<<f.size - fold.lowest)
		}
		mx, my = q.decodeBand(i, b, blocks, &fold, dual, mx, my)
		f.masks[i*d.coded], f.masks[i*d.coded+d.coded-1] = uint8(mx), uint8(my)
		balance += f.alloc.pulses[i] + tell
		fold.update = b > width(i)<<f.size<<eighths
	}
	d.rng = q.seed
}

// folding keeps where bands are folded from.
type folding struct {
	lowest int  // first coefficient that is decoded
	band   int  // folding may reach up to this band
	update bool // which may move up
	from   int  // the place for this band in what is kept, or -1
}

// prepare finds where a band is folded from, and which blocks there are not
// empty.
func (o *folding) prepare(q *quantizer, i, blocks int) (mx, my uint) {
	d, size := q.Decoder, q.f.size
	n := width(i) << size
	if (edges[i]<<size-n >= o.lowest || i == d.start+1) && (o.update || o.band == 0) {
		o.band = i
	}
	if i == d.start+1 {
		d.extendFirst(size, q.f.alloc.dual)
	}
	o.from = -1
	if o.band == 0 || q.f.spread == spreadAggressive && blocks == 1 && q.tf >= 0 {
		return 1<<blocks - 1, 1<<blocks - 1
	}
	o.from = max(0, edges[o.band]<<size-o.lowest-n)
	first := o.band - 1
	for edges[first]<<size > o.from+o.lowest {
		first--
	}
	end := o.band
	for end < i && edges[end]<<size < o.from+o.lowest+n {
		end++
	}
	for b := first; b < max(end, first+1); b++ {
		mx |= uint(q.f.masks[b*d.coded])
		my |= uint(q.f.masks[b*d.coded+d.coded-1])
	}
	return mx, my
}

// extendFirst repeats part of the first band's shape, so that the second, which
// may be wider, has something to be folded from.
func (d *Decoder) extendFirst(size int, dual bool) {
	a, b := width(d.start)<<size, width(d.start+1)<<size
	if b <= a {
		return
	}
	copy(d.fold[0][a:b], d.fold[0][2*a-b:a])
	if dual {
		copy(d.fold[1][a:b], d.fold[1][2*a-b:a])
	}
}

// meanFold joins the kept shapes of two channels.
func (d *Decoder) meanFold(n int) {
	for j := range n {
		d.fold[0][j] = int16((int32(d.fold[0][j]) + int32(d.fold[1][j])) >> 1)
	}
}

// decodeBand decodes one band of one or two channels.
func (q *quantizer) decodeBand(i, b, blocks int, o *folding, dual bool, mx, my uint) (uint, uint) {
	at, n := edges[i]<<q.f.size, width(i)<<q.f.size
	x := q.f.x[at:][:n]
	var y []int16
	if q.coded == 2 {
		y = q.f.x[q.f.n+at:][:n]
	}
	var from, to [2][]int16
	last := i == q.end-1
	for c := range from {
		if o.from >= 0 {
			from[c] = q.fold[c][o.from:][:n]
		}
		if !last {
			to[c] = q.fold[c][at-o.lowest:][:n]
		}
	}
	scratch := q.scratch[:n]
	if last {
		scratch = nil
	}
	switch {
	case dual:
		mx = q.shape(x, b/2, blocks, lower{from[0], scratch}, to[0], unity, mx)
		my = q.shape(y, b/2, blocks, lower{from[1], scratch}, to[1], unity, my)
		return mx, my
	case y != nil:
		mx = q.stereo(x, y, b, blocks, lower{from[0], scratch}, to[0], mx|my)
	default:
		mx = q.shape(x, b, blocks, lower{from[0], scratch}, to[0], unity, mx|my)
	}
	return mx, mx
}

// single decodes one coefficient of each channel: only its sign.
func (q *quantizer) single(x, y, keep []int16) uint {
	for _, v := range [2][]int16{x, y} {
		if v == nil {
			continue
		}
		v[0] = 16384
		if q.left >= 1<<eighths {
			if q.f.rc.Bits(1) != 0 {
				v[0] = -16384
			}
			q.left -= 1 << eighths
		}
	}
	if keep != nil {
		keep[0] = x[0] >> 4
	}
	return 1
}

// interleaved and deinterleaved are masks of blocks when two are joined, and
// when each is split.
var (
	interleaved   = [16]uint{0, 1, 1, 1, 2, 3, 3, 3, 2, 3, 3, 3, 2, 3, 3, 3}
	deinterleaved = [16]uint{0x00, 0x03, 0x0c, 0x0f, 0x30, 0x33, 0x3c, 0x3f, 0xc0, 0xc3, 0xcc, 0xcf, 0xf0, 0xf3, 0xfc, 0xff}
)

// shape decodes a band of one channel with b eighths, its blocks interleaved, to
// a length of gain. keep, where it is not nil, gets what higher bands are folded
// from. fill and the result have a bit for each block that is not empty.
func (q *quantizer) shape(x []int16, b, blocks int, low lower, keep []int16, gain int32, fill uint) uint {
	n := len(x)
	if n == 1 {
		return q.single(x, nil, keep)
	}
	long := blocks == 1
	each := n
	if !long {
		each = width(q.band) // there is one block for each short transform
	}
	recombine, divide := max(q.tf, 0), 0
	if low.copy != nil && low.x != nil && (recombine > 0 || each&1 == 0 && q.tf < 0 || blocks > 1) {
		copy(low.copy, low.x)
		low.x = low.copy
	}
	for k := range recombine {
		if low.x != nil {
			haar(low.x, n>>k, 1<<k)
		}
		fill = interleaved[fill&15] | interleaved[fill>>4&15]<<2
	}
	blocks >>= recombine
	each <<= recombine
	for t := q.tf; each&1 == 0 && t < 0; t++ {
		if low.x != nil {
			haar(low.x, each, blocks)
		}
		fill |= fill << blocks
		blocks <<= 1
		each >>= 1
		divide++
	}
	if blocks > 1 && low.x != nil {
		q.deinterleave(low.x, each>>recombine, blocks<<recombine, long)
	}
	mask := q.partition(x, b, blocks, low.x, q.f.size, gain, fill)
	if blocks > 1 {
		q.interleave(x, each>>recombine, blocks<<recombine, long)
	}
	for range divide {
		blocks >>= 1
		each <<= 1
		mask |= mask >> blocks
		haar(x, each, blocks)
	}
	for k := range recombine {
		mask = deinterleaved[mask&15]
		haar(x, n>>k, 1<<k)
	}
	blocks <<= recombine
	if keep != nil {
		attenuate(keep, x, root(int32(n)<<22))
	}
	return mask & (1<<blocks - 1)
}

// partition decodes a vector, split as long as it has too many bits for one
// codebook.
func (q *quantizer) partition(x []int16, b, blocks int, low []int16, size int, gain int32, fill uint) uint {
	n := len(x)
	book := &codebooks[codebookOf[size+1][q.band]]
	if size != -1 && n > 2 && b > book.most()+12 {
		return q.halves(x, b, blocks, low, size-1, gain, fill)
	}
	k := int(book.steps[max(0, min(b, len(book.steps)-1))])
	c := book.cost(k)
	for q.left < c && k > 0 {
		k--
		c = book.cost(k)
	}
	q.left -= c
	if k == 0 {
		return q.foldFrom(x, low, gain, fill, 1<<blocks-1)
	}
	if k >= 8 {
		k = (8 + k&7) << (k>>3 - 1)
	}
	return decodeVector(q.f.rc, x, k, q.f.spread, blocks, gain, q.pulses[:])
}

// cost is that of a step, in 1/8 bit.
func (b *codebook) cost(step int) int {
	if step == 0 {
		return 0
	}
	return int(b.costs[step]) + 1
}

// most is what the last step costs, less one.
func (b *codebook) most() int { return int(b.costs[len(b.costs)-1]) }

// foldFrom fills a vector without pulses: with what is lower and a little
// noise, with noise, or not at all.
func (q *quantizer) foldFrom(x, low []int16, gain int32, fill, all uint) uint {
	fill &= all
	if fill == 0 {
		clear(x)
		return 0
	}
	if low == nil {
		for j := range x {
			q.seed = random(q.seed)
			x[j] = int16(int32(q.seed) >> 20)
		}
		fill = all
	} else {
		for j := range x {
			q.seed = random(q.seed)
			noise := int16(-4)
			if q.seed&0x8000 != 0 {
				noise = 4
			}
			x[j] = low[j] + noise
		}
	}
	normalize(x, gain)
	return fill
}

// halves decodes the two halves of a vector.
func (q *quantizer) halves(x []int16, b, blocks int, low []int16, size int, gain int32, fill uint) uint {
	n := len(x) / 2
	blocks0 := blocks
	if blocks == 1 {
		fill = fill&1 | fill<<1
	}
	blocks = (blocks + 1) >> 1
	var s split
	q.readSplit(&s, n, &b, blocks, blocks0, size, false, &fill)
	if blocks0 > 1 && s.theta&0x3fff != 0 {
		if s.theta > 8192 {
			s.delta -= s.delta >> (4 - size)
		} else {
			s.delta = min(0, s.delta+n<<eighths>>(5-size))
		}
	}
	low1, low2 := []int16(nil), []int16(nil)
	if low != nil {
		low1, low2 = low[:n], low[n:][:n]
	}
	mid, side := mul16Round(gain, s.mid), mul16Round(gain, s.side)
	one, two := q.share(b, &s)
	shift := blocks0 >> 1
	if one >= two {
		before := q.left
		mask := q.partition(x[:n], one, blocks, low1, size, mid, fill)
		two += q.spare(one, before, s.theta != 0)
		return mask | q.partition(x[n:], two, blocks, low2, size, side, fill>>blocks)<<shift
	}
	before := q.left
	mask := q.partition(x[n:], two, blocks, low2, size, side, fill>>blocks) << shift
	one += q.spare(two, before, s.theta != 16384)
	return mask | q.partition(x[:n], one, blocks, low1, size, mid, fill)
}

// share is what two parts get of b. That with more is decoded first.
func (q *quantizer) share(b int, s *split) (mid, side int) {
	mid = max(0, min(b, (b-s.delta)/2))
	q.left -= s.cost
	return mid, b - mid
}

// spare is what the first part leaves to the other, if that wants it, of b.
func (q *quantizer) spare(b, before int, wanted bool) int {
	const least = 3 << eighths
	if rest := b - (before - q.left); rest > least && wanted {
		return rest - least
	}
	return 0
}
