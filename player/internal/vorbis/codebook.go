package vorbis

// Bounds for codebooks: those of libvorbis have some 10,000 entries each.
const (
	maxEntries = 1 << 18 // of all books
	maxValues  = 1 << 19 // in the vectors of all books
)

// Codebook is one codebook, clause 3.2.1.
type Codebook struct {
	Dims    int
	Lengths []uint8 // of each entry's code word, in bits; 0 for an entry without one
	// Lookup is how entries become vectors: 0 not at all, 1 from the digits
	// of their numbers in base Base, 2 from a list of Dims numbers each. With
	// m for one of Multiplicands, each value is Min+Delta*m, with
	// Sequence added to the one before it.
	Lookup        int
	Base          int // how many Multiplicands there are with Lookup 1
	Min, Delta    Float
	Sequence      bool
	Multiplicands []uint16
}

// Float is the number Mantissa * 2^Exponent, clause 9.2.2.
type Float struct{ Mantissa, Exponent int32 }

func (p *parser) float() Float {
	low, high := int32(p.bits(16)), int32(p.bits(16))
	v := low | high&0x1f<<16
	if high>>15 != 0 {
		v = -v
	}
	return Float{Mantissa: v, Exponent: high>>5&0x3ff - 788}
}

func (p *parser) codebook() Codebook {
	if p.bits(24) != 0x564342 {
		p.fail("a codebook does not begin as one")
	}
	b := Codebook{Dims: p.bits(16)}
	entries := p.bits(24)
	if p.entries += entries; p.entries > maxEntries {
		p.refuse("codebooks of this size")
	}
	switch {
	case p.err != nil:
	case p.bits(1) != 0:
		p.ordered(&b, entries)
	default:
		p.unordered(&b, entries)
	}
	p.lookup(&b)
	return b
}

// unordered reads a length for each entry, or one for each that has any.
func (p *parser) unordered(b *Codebook, entries int) {
	sparse := p.bits(1) != 0
	if entries > p.Left() {
		p.fail("a codebook is cut off")
		return
	}
	b.Lengths = make([]uint8, entries)
	data, cache, have, next := p.Data, p.Cache, p.Have, p.Next // in registers: there are thousands
	for i := range b.Lengths {
		if have < 6 {
			if next < len(data) {
				cache |= uint32(data[next]) << (have & 31)
			}
			next, have = next+1, have+8
		}
		if sparse {
			there := cache & 1
			cache, have = cache>>1, have-1
			if there == 0 {
				continue
			}
		}
		b.Lengths[i] = uint8(cache&31 + 1)
		cache, have = cache>>5, have-5
	}
	p.Cache, p.Have, p.Next = cache, have, next
	p.bits(0) // sees whether it was too much
}

// ordered reads how many entries have each length.
func (p *parser) ordered(b *Codebook, entries int) {
	b.Lengths = make([]uint8, entries)
	length := p.bits(5) + 1
	for at := 0; at < entries && p.err == nil; length++ {
		n := p.bits(width(entries - at))
		if n > entries-at || length > 32 {
			p.fail("a codebook has more code words than entries")
			return
		}
		for ; n > 0; n-- {
			b.Lengths[at] = uint8(length)
			at++
		}
	}
}

// width is the "ilog" of clause 9.2.1: how many bits v takes.
func width(v int) int {
	n := 0
	for ; v > 0; v >>= 1 {
		n++
	}
	return n
}

func (p *parser) lookup(b *Codebook) {
	b.Lookup = p.bits(4)
	if b.Lookup == 0 || p.err != nil {
		return
	}
	b.Min, b.Delta = p.float(), p.float()
	bits := p.bits(4) + 1
	b.Sequence = p.bits(1) != 0
	entries := len(b.Lengths)
	if b.Dims == 0 || entries == 0 {
		p.fail("vectors without values")
		return
	}
	if p.values += entries * b.Dims; p.values > maxValues {
		p.refuse("vectors of this number and size")
		return
	}
	n := entries * b.Dims
	switch b.Lookup {
	case 1:
		b.Base = root(entries, b.Dims)
		n = b.Base
	case 2:
	default:
		p.fail("vectors of unknown type")
	}
	if n*bits > p.Left() {
		p.fail("a codebook is cut off")
	}
	if p.err != nil {
		return
	}
	b.Multiplicands = make([]uint16, n)
	for i := range b.Multiplicands {
		b.Multiplicands[i] = uint16(p.bits(bits))
	}
}

// root is the largest number whose power of dims is not above n, clause
// 9.2.3. Neither is 0.
func root(n, dims int) int {
	r := 1
	for power(r+1, dims, n) {
		r++
	}
	return r
}

// power says whether r to the power of e is at most limit.
func power(r, e, limit int) bool {
	v := 1
	for range e {
		if v *= r; v > limit {
			return false
		}
	}
	return true
}
