package vorbis

import (
	"linnet/player/internal/vorbis"
)

// vectors are the values that the entries of a codebook stand for, with as
// many bits behind the point as the decoder chose.
type vectors struct {
	dims int
	// Where the values are few, digits holds for each entry which they are,
	// the first in the lowest bits, and values holds them. Otherwise values
	// holds the vectors themselves, one behind the other, and digits is nil.
	// Where direct is true, entries have become their digits.
	digits []uint32
	direct bool
	width  uint // bits of a digit
	values []int32
}

// entryBits is how many bits an entry of a book's table has.
const entryBits = 24

// maxDigits is how many digits there may be, of one bit each at least.
const maxDigits = 32

// newVectors is for a codebook with vectors; frac is how many bits stand
// behind the point.
func newVectors(c *vorbis.Codebook, frac int) vectors {
	v := vectors{dims: c.Dims}
	if c.Lookup == 1 && !c.Sequence && c.Dims <= maxDigits {
		for 1<<v.width < c.Base {
			v.width++
		}
		if v.width*uint(v.dims) <= 32 {
			v.pack(c, frac)
			return v
		}
	}
	v.expand(c, frac)
	return v
}

// setVectors makes the vectors of a book. numbered says that the numbers of
// its entries are of use by themselves. Otherwise digits that have room take
// their place.
func (b *book) setVectors(c *vorbis.Codebook, frac int, numbered bool) {
	width := uint(0)
	if c.Dims == 2 || c.Dims == 4 || c.Dims == 8 {
		width = uint(entryBits / c.Dims)
	}
	if numbered || c.Lookup != 1 || c.Sequence || c.Base > 1<<width {
		b.vectors = newVectors(c, frac)
		return
	}
	b.vectors = vectors{dims: c.Dims, direct: true, width: width}
	b.pack(c, frac)
	for i, e := range b.table {
		if e&isLink == 0 {
			b.table[i] = b.digits[e>>8]<<8 | e&0xff
		}
	}
	for i := range b.long {
		b.long[i].entry = b.digits[b.long[i].entry]
	}
	b.digits = nil
}

// pack splits the number of each entry into its digits.
func (v *vectors) pack(c *vorbis.Codebook, frac int) {
	v.values = make([]int32, c.Base)
	for i, m := range c.Multiplicands {
		v.values[i] = scaled(c, m, frac)
	}
	v.digits = make([]uint32, len(c.Lengths))
	now, base, mask := uint32(0), uint32(c.Base), uint32(1)<<v.width-1
	for i := range v.digits {
		v.digits[i] = now
		if now&mask+1 < base {
			now++
		} else {
			now = v.count(now, base)
		}
	}
}

// count is the digits of the number behind that of now.
func (v *vectors) count(now, base uint32) uint32 {
	mask := uint32(1)<<v.width - 1
	for at := uint(0); at < v.width*uint(v.dims); at += v.width {
		if now>>at&mask+1 < base {
			return now + 1<<at
		}
		now &^= mask << at
	}
	return now
}

// expand writes out each vector, clause 3.2.1 "VQ lookup table vector
// representation".
func (v *vectors) expand(c *vorbis.Codebook, frac int) {
	v.values = make([]int32, 0, len(c.Lengths)*c.Dims)
	for i := range c.Lengths {
		last, rest := int32(0), i
		for d := range c.Dims {
			m := c.Multiplicands
			at := i*c.Dims + d
			if c.Lookup == 1 {
				at = rest % c.Base
				rest /= c.Base
			}
			x := scaled(c, m[at], frac) + last
			if c.Sequence {
				last = x
			}
			v.values = append(v.values, x)
		}
	}
}

// scaled is Min+Delta*m with frac bits behind the point.
func scaled(c *vorbis.Codebook, m uint16, frac int) int32 {
	x := fixed(int64(c.Min.Mantissa), int(c.Min.Exponent)+frac) +
		fixed(int64(c.Delta.Mantissa)*int64(m), int(c.Delta.Exponent)+frac)
	return int32(max(-1<<31, min(x, 1<<31-1)))
}

// fixed is m*2^e, rounded and held within 33 bits.
func fixed(m int64, e int) int64 {
	const most = 1 << 32
	switch {
	case e <= -62:
		return 0
	case e < 0:
		m = (m + 1<<(-e-1)) >> -e
	case e > 32 && m != 0 || m > most>>e || m < -most>>e:
		if m < 0 {
			return -most
		}
		return most
	default:
		m <<= e
	}
	return max(-most, min(m, most))
}

// peak is the largest magnitude among the values of a codebook, as a bound,
// rounded up to an integer.
func peak(c *vorbis.Codebook) int64 {
	const frac = 8
	var most int64
	for _, m := range c.Multiplicands {
		x := int64(scaled(c, m, frac))
		most = max(most, x, -x)
	}
	if c.Sequence {
		most *= int64(c.Dims)
	}
	return most>>frac + 1
}

const (
	maxFraction = 16
	headroom    = 3 // bits for coupling
)

// fraction chooses how many bits of residues stand behind the point: as many
// as leave room for the largest sum of vectors that the stream can have.
func fraction(s *vorbis.Setup) int {
	var most int64
	for i := range s.Residues {
		most = max(most, largest(s, &s.Residues[i]))
	}
	frac := maxFraction
	for frac > 0 && most<<(frac+headroom) >= 1<<31 {
		frac--
	}
	return frac
}

// largest bounds the values of a residue: the sum over the passes.
func largest(s *vorbis.Setup, r *vorbis.Residue) int64 {
	var sum int64
	for pass := range 8 {
		var most int64
		for _, stages := range r.Books {
			if b := stages[pass]; b >= 0 {
				most = max(most, peak(&s.Books[b]))
			}
		}
		sum += most
	}
	return min(sum, 1<<31)
}
