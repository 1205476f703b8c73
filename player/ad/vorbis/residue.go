package vorbis

import (
	"linnet/player/internal/vorbis"
)

// residue is what decoding needs to know of a residue, clause 8.
type residue struct {
	*vorbis.Residue
	classes uint32    // classifications
	inverse uint32    // 2^32 through classes, rounded up
	stages  [][]int16 // the codebooks of each pass that has any, and those before it, by classification
}

func newResidue(r *vorbis.Residue) residue {
	passes := 1 // which reads the classifications
	for _, stages := range r.Books {
		for pass, number := range stages {
			if number >= 0 {
				passes = max(passes, pass+1)
			}
		}
	}
	n := uint32(len(r.Books))
	d := residue{Residue: r, classes: n, inverse: (1<<32-1)/n + 1}
	for pass := range passes {
		numbers := make([]int16, n)
		for class := range numbers {
			numbers[class] = r.Books[class][pass]
		}
		d.stages = append(d.stages, numbers)
	}
	return d
}

// read adds the residue to the vectors of channels, each size values long,
// clause 8.6.2. skip says which channels have none.
func (r *residue) read(d *Decoder, vectors [][]int32, skip []bool, size int) {
	if r.Type == 2 {
		for _, s := range skip {
			if !s {
				r.readPasses(d, vectors, skip[:1], size*len(vectors))
				return
			}
		}
		return
	}
	r.readPasses(d, vectors, skip, size)
}

// readPasses reads the passes over the partitions, until the packet ends.
// With type 2 there is one vector, which deals its values to the
// channels in turn.
func (r *residue) readPasses(d *Decoder, vectors [][]int32, skip []bool, size int) {
	begin, end := min(r.Begin, size), min(r.End, size)
	parts := (end - begin) / r.Partition
	words := d.books[r.Class].dims
	for first := 0; first < parts; first += words {
		last := min(first+words, parts)
		if !r.classify(d, skip, first, last) || !r.pass(d, vectors, skip, 0, first, last) {
			return
		}
	}
	for pass := 1; pass < len(r.stages); pass++ {
		if !r.pass(d, vectors, skip, pass, 0, parts) {
			return
		}
	}
}

// pass reads one pass over some partitions. It is false where the packet has
// ended.
func (r *residue) pass(d *Decoder, vectors [][]int32, skip []bool, pass, first, last int) bool {
	if len(skip) == 1 && r.Type > 0 {
		return (skip[0] && r.Type != 2) || r.runs(d, vectors, pass, first, last)
	}
	numbers := r.stages[pass]
	for part := first; part < last; part++ {
		for c := range skip {
			if number := numbers[d.classes[c][part]]; !skip[c] && number >= 0 {
				if !r.add(d, int(number), vectors[c:c+1], r.Begin+part*r.Partition, r.Partition) {
					return false
				}
			}
		}
	}
	return true
}

// runs is pass where there is one vector. Partitions of one codebook that
// follow each other are read as one.
func (r *residue) runs(d *Decoder, vectors [][]int32, pass, first, last int) bool {
	numbers, classes := r.stages[pass], d.classes[0][:last]
	for part := first; part < len(classes); {
		number := int(numbers[classes[part]])
		if part++; number < 0 {
			continue
		}
		begin := part - 1
		if d.books[number].fill(r.Partition) { // else the last vector of each is cut
			for part < len(classes) && int(numbers[classes[part]]) == number {
				part++
			}
		}
		if !r.add(d, number, vectors, r.Begin+begin*r.Partition, (part-begin)*r.Partition) {
			return false
		}
	}
	return true
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
		if r.classes == 1 {
			word = 0
		}
		for part := first + d.books[r.Class].dims - 1; part >= first; part-- {
			rest := uint32(uint64(word) * uint64(r.inverse) >> 32) // word/classes
			if part < last {
				d.classes[c][part] = uint8(word - rest*r.classes)
			}
			word = rest
		}
	}
	return true
}

// add adds vectors to n values from value at on: those of one channel, or with
// type 2 those of all in turn.
func (r *residue) add(d *Decoder, number int, vectors [][]int32, at, n int) bool {
	b, in := &d.books[number], &d.bits
	if len(vectors) == 2 && n&1 == 0 && at&1 == 0 && b.dims&1 == 0 {
		at, n := at/2, n/2
		d.coded = max(d.coded, at+n)
		return b.addPair(in, vectors[0][at:at+n], vectors[1][at:at+n])
	}
	d.coded = max(d.coded, (at+n+len(vectors)-1)/len(vectors))
	switch {
	case r.Type == 0:
		return b.addStrided(in, vectors[0][at:at+n])
	case len(vectors) == 1:
		return b.add(in, vectors[0][at:at+n])
	}
	return b.addDealt(in, vectors, at, n)
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
	if b.digits == nil && !b.direct {
		return b.values[int(e)*b.dims:][:b.dims], true
	}
	digits, mask := e, uint32(1)<<b.width-1
	if !b.direct {
		digits = b.digits[e]
	}
	v = buf[:b.dims]
	for i := range v {
		v[i] = b.values[digits&mask]
		digits >>= b.width
	}
	return v, true
}

// fill says whether n values are a number of vectors. There is no division on
// the machines that matter, and dims is nearly always a power of two.
func (b *vectors) fill(n int) bool {
	if b.dims&(b.dims-1) == 0 {
		return n&(b.dims-1) == 0
	}
	return n%b.dims == 0
}

// add adds vectors to x, one behind the other: format 1.
func (b *book) add(r *vorbis.Bits, x []int32) bool {
	direct := b.direct && b.fill(len(x))
	for len(x) > 0 {
		if direct && r.Next <= len(r.Data) {
			if x = x[addWords(x, x[1:], 2, b, r):]; len(x) == 0 {
				break
			}
		}
		n := b.addOne(r, x)
		if n < 0 {
			return false
		}
		x = x[n:]
	}
	return true
}

// addOne adds one vector to the first values of x, as far as there are, and
// says how many they are; -1 where the packet has ended.
func (b *book) addOne(r *vorbis.Bits, x []int32) int {
	var buf [maxDigits]int32
	v, ok := b.next(r, &buf)
	if !ok {
		return -1
	}
	v = v[:min(len(v), len(x))]
	for i, d := range v {
		x[i] += d
	}
	return len(v)
}

// addPair adds vectors to the values of two channels in turn.
func (b *book) addPair(r *vorbis.Bits, x, y []int32) bool {
	direct := b.direct && b.fill(2*len(x))
	for len(x) > 0 {
		if direct && r.Next <= len(r.Data) {
			n := addWords(x, y[:len(x)], 1, b, r)
			if x, y = x[n:], y[n:]; len(x) == 0 {
				break
			}
		}
		n := b.addOnePair(r, x, y)
		if n < 0 {
			return false
		}
		x, y = x[n:], y[n:]
	}
	return true
}

// addOnePair is addOne for the values of two channels in turn.
func (b *book) addOnePair(r *vorbis.Bits, x, y []int32) int {
	var buf [maxDigits]int32
	v, ok := b.next(r, &buf)
	if !ok {
		return -1
	}
	n := min(len(v)/2, len(x), len(y))
	for i := range n {
		x[i] += v[2*i]
		y[i] += v[2*i+1]
	}
	return n
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
