package vorbis

import (
	"linnet/player/internal/vorbis"
)

// residue is what decoding needs to know of a residue, clause 8.
type residue struct {
	*vorbis.Residue
	classes int // classifications
}

// read adds the residue to the vectors of channels, each size values long,
// clause 8.6.2. skip says which channels have none.
func (r *residue) read(d *Decoder, vectors [][]int32, skip []bool, size int) {
	if r.Type == 2 {
		for _, s := range skip {
			if !s {
				r.passes(d, vectors, skip[:1], size*len(vectors))
				return
			}
		}
		return
	}
	r.passes(d, vectors, skip, size)
}

// passes reads the eight passes over the partitions, until the packet ends.
// With type 2 there is one vector, which deals its values to the
// channels in turn.
func (r *residue) passes(d *Decoder, vectors [][]int32, skip []bool, size int) {
	begin, end := min(r.Begin, size), min(r.End, size)
	parts := (end - begin) / r.Partition
	words := d.books[r.Class].dims
	for pass := range 8 {
		for first := 0; first < parts; first += words {
			last := min(first+words, parts)
			if pass == 0 && !r.classify(d, skip, first, last) {
				return
			}
			for part := first; part < last; part++ {
				if !r.partition(d, vectors, skip, pass, part) {
					return
				}
			}
		}
	}
}

// classify reads the classifications of some partitions in each channel.
func (r *residue) classify(d *Decoder, skip []bool, first, last int) bool {
	for c := range skip {
		if skip[c] && r.Type != 2 {
			continue
		}
		word := d.books[r.Class].decode(&d.bits)
		if d.bits.Over() {
			return false
		}
		for part := first + d.books[r.Class].dims - 1; part >= first; part-- {
			rest := word / uint32(r.classes)
			if part < last {
				d.classes[c][part] = uint8(word - rest*uint32(r.classes))
			}
			word = rest
		}
	}
	return true
}

// partition reads one pass over a partition in each channel. It is false
// where the packet has ended.
func (r *residue) partition(d *Decoder, vectors [][]int32, skip []bool, pass, part int) bool {
	at := r.Begin + part*r.Partition
	for c := range skip {
		if skip[c] && r.Type != 2 {
			continue
		}
		number := r.Books[d.classes[c][part]][pass]
		if number < 0 {
			continue
		}
		b, ok := &d.books[number], false
		switch {
		case r.Type == 0:
			ok = b.addStrided(&d.bits, vectors[c][at:at+r.Partition])
		case r.Type == 1:
			ok = b.add(&d.bits, vectors[c][at:at+r.Partition])
		case len(vectors) == 1:
			ok = b.add(&d.bits, vectors[0][at:at+r.Partition])
		case len(vectors) == 2 && r.Partition%2 == 0 && at%2 == 0 && b.dims%2 == 0:
			at, n := at/2, r.Partition/2
			ok = b.addPair(&d.bits, vectors[0][at:at+n], vectors[1][at:at+n])
		default:
			ok = b.addDealt(&d.bits, vectors, at, r.Partition)
		}
		if !ok {
			return false
		}
	}
	return true
}

// next reads a code word and gives the vector of its entry, which is there
// until the next one. ok is false behind the end of the packet.
func (b *book) next(r *vorbis.Bits, buf *[maxDigits]int32) (v []int32, ok bool) {
	return b.vector(b.decode(r), r, buf)
}

// vector is that of an entry which was read from r.
func (b *vectors) vector(e uint32, r *vorbis.Bits, buf *[maxDigits]int32) (v []int32, ok bool) {
	if r.Next > len(r.Data) && r.Over() {
		return nil, false
	}
	if b.digits == nil {
		return b.values[int(e)*b.dims:][:b.dims], true
	}
	digits, mask := b.digits[e], uint32(1)<<b.width-1
	v = buf[:b.dims]
	for i := range v {
		v[i] = b.values[digits&mask]
		digits >>= b.width
	}
	return v, true
}

// add adds vectors to x, one behind the other: format 1.
func (b *book) add(r *vorbis.Bits, x []int32) bool {
	var buf [maxDigits]int32
	for len(x) > 0 {
		v, ok := b.next(r, &buf)
		if !ok {
			return false
		}
		v = v[:min(len(v), len(x))]
		for i, d := range v {
			x[i] += d
		}
		x = x[len(v):]
	}
	return true
}

// addPair adds vectors to the values of two channels in turn.
func (b *book) addPair(r *vorbis.Bits, x, y []int32) bool {
	var buf [maxDigits]int32
	for len(x) > 0 {
		v, ok := b.next(r, &buf)
		if !ok {
			return false
		}
		n := min(len(v)/2, len(x), len(y))
		for i := range n {
			x[i] += v[2*i]
			y[i] += v[2*i+1]
		}
		x, y = x[n:], y[n:]
	}
	return true
}

// addDealt adds vectors to the values of several channels in turn, n of them
// from value at on.
func (b *book) addDealt(r *vorbis.Bits, vectors [][]int32, at, n int) bool {
	var buf [maxDigits]int32
	c, i := at%len(vectors), at/len(vectors)
	for n > 0 {
		v, ok := b.next(r, &buf)
		if !ok {
			return false
		}
		for _, d := range v[:min(len(v), n)] {
			vectors[c][i] += d
			if c++; c == len(vectors) {
				c, i = 0, i+1
			}
		}
		n -= len(v)
	}
	return true
}

// addStrided adds vectors whose values lie as far apart as there are vectors
// in x: format 0.
func (b *book) addStrided(r *vorbis.Bits, x []int32) bool {
	var buf [maxDigits]int32
	step := len(x) / b.dims
	for i := range step {
		v, ok := b.next(r, &buf)
		if !ok {
			return false
		}
		for d, value := range v {
			x[i+d*step] += value
		}
	}
	return true
}
