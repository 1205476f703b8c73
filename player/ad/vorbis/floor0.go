package vorbis

import (
	"math/bits"

	"linnet/player/internal/vorbis"
)

const (
	maxOrder = 255
	lspBits  = 24 // of the angles of a filter, behind the point
	cosBits  = 30
)

// floor0 is what decoding needs to know of a floor of type 0, clause 6.
type floor0 struct {
	*vorbis.Floor0
	books []vectors   // with angles, lspBits behind the point
	maps  [2][]uint16 // for both sizes of block: the place of each line on the Bark scale
}

func newFloor0(f *vorbis.Floor0, s *vorbis.Setup, sizes [2]int) *floor0 {
	g := &floor0{Floor0: f}
	for _, b := range f.Books {
		g.books = append(g.books, newVectors(&s.Books[b], lspBits))
	}
	for i, size := range sizes {
		g.maps[i] = barkMap(f, size/2)
	}
	return g
}

// barkMap is the map of clause 6.2.3 for n lines.
func barkMap(f *vorbis.Floor0, n int) []uint16 {
	m := make([]uint16, n)
	top := bark(int64(f.Rate) << 15)
	for i := range m {
		at := bark(int64(f.Rate) * int64(i) << 15 / int64(n))
		m[i] = uint16(min(int64(f.MapSize)-1, at*int64(f.MapSize)/top))
	}
	return m
}

// bark is the Bark scale, with 20 bits of fraction, of a frequency with 16
// bits of fraction, up to 32768 Hz: a parabola through three of the table.
func bark(hz int64) int64 {
	i, t := hz>>20, hz>>4&0xffff
	a, b, c := int64(barks[i]), int64(barks[i+1]), int64(barks[i+2])
	return a + (b-a)*t>>16 - (c-2*b+a)*(t*(1<<16-t)>>16)>>17
}

// filter is a floor of type 0 in one channel.
type filter struct {
	amplitude uint64
	cosines   [maxOrder]int32 // of the angles, cosBits behind the point
}

// read reads the angles of a floor, clause 6.2.2, and says whether there is
// one.
func (f *floor0) read(p *filter, d *Decoder) bool {
	r := &d.bits
	p.amplitude = 0
	for n := 0; n < f.AmplitudeBits; n += 16 {
		p.amplitude |= uint64(r.Read(min(16, f.AmplitudeBits-n))) << n
	}
	if p.amplitude == 0 {
		return false
	}
	number := int(r.Read(bits.Len(uint(len(f.books)))))
	if number >= len(f.books) || r.Over() {
		return false
	}
	book, values := &d.books[f.Books[number]], &f.books[number]
	last := int32(0)
	var buf [maxDigits]int32
	for n := 0; n < f.Order; {
		v, ok := values.vector(book.decode(r), r, &buf)
		if !ok {
			return false
		}
		for i := 0; i < len(v) && n < f.Order; i++ {
			p.cosines[n] = cosine(angle(v[i] + last))
			n++
		}
		last += v[len(v)-1]
	}
	return true
}

// angle makes a part of a turn, with 32 bits, of radians.
func angle(x int32) uint32 {
	const turn = 683565276 // 2^32/2pi
	return uint32(int64(x) * turn >> lspBits)
}

// cosine is that of a part of a turn: of the nearest one in the table, and the
// first terms of what lies between.
func cosine(x uint32) int32 {
	at := (x + 1<<21) >> 22
	rest := int64(int32(x - at<<22)) // of a turn, 32 bits
	const twoPi = 6746518852         // 30 bits
	b := rest * twoPi >> 32          // radians, 30 bits
	cos, sin := int64(cosines[at&1023]), int64(cosines[(at-256)&1023])
	return int32(cos - b*sin>>cosBits - (b*b>>cosBits)*cos>>(cosBits+1))
}

// apply multiplies a residue with the floor, clause 6.2.3.
func (f *floor0) apply(p *filter, x []int32, shift int) {
	places := f.maps[0]
	if len(places) != len(x) {
		places = f.maps[1]
	}
	for i := 0; i < len(x); {
		place := places[i]
		factor, exponent := f.level(p, cosine(uint32(uint64(place)<<31/uint64(f.MapSize))))
		for ; i < len(x) && places[i] == place; i++ {
			x[i] = times(x[i], factor, shift-1-exponent)
		}
	}
}

// times is x*factor, shifted right and held in range.
func times(x int32, factor uint32, shift int) int32 {
	v := int64(x) * int64(factor)
	if shift <= 0 {
		v, shift = max(-1<<40, min(v, 1<<40)), max(shift, -22)
		v <<= -shift
	} else {
		v = v>>min(shift, 63) + v>>min(shift-1, 63)&1
	}
	return int32(max(-1<<31, min(v, 1<<31-1)))
}

// level is the floor where the cosine is w: factor, with 30 bits of fraction,
// times 2 to the power of exponent.
func (f *floor0) level(p *filter, w int32) (factor uint32, exponent int) {
	const one = 1 << cosBits
	odd, even := number{m: 1 << 31, e: -31}, number{m: 1 << 31, e: -31}
	for i, c := range p.cosines[:f.Order] {
		d := uint32(max(c-w, w-c)) // with 30 bits; it counts twice
		if i&1 != 0 {
			odd = odd.times(d, 1-cosBits)
		} else {
			even = even.times(d, 1-cosBits)
		}
	}
	odd, even = odd.square(), even.square()
	if f.Order&1 != 0 {
		odd = odd.times(uint32(one-int64(w)*int64(w)>>cosBits), -cosBits)
		even = even.times(one, -cosBits-2)
	} else {
		odd = odd.times(uint32(one-w), -cosBits-1)
		even = even.times(uint32(one+w), -cosBits-1)
	}
	return power(f.decibels(p, odd.plus(even)))
}

// decibels is the floor in decibels, with 16 bits of fraction, sum being p+q
// of the formula.
func (f *floor0) decibels(p *filter, sum number) int64 {
	const most = 1 << 25 // 512 dB: loud enough
	root, e := sum.sqrt()
	if root == 0 {
		return most
	}
	amplitude, limit := p.amplitude, uint64(1)<<f.AmplitudeBits-1
	if excess := f.AmplitudeBits - 31; excess > 0 {
		amplitude, limit = amplitude>>excess, limit>>excess
	}
	part := int64(amplitude << 32 / max(limit, 1))
	v := int64(f.AmplitudeOffset) * part >> 2 << 16 / int64(root) // times 2^(-30-e)
	switch shift := 30 + e; {
	case shift >= 63:
		v = 0
	case shift >= 0:
		v >>= shift
	case shift < -20 || v > most>>-shift:
		v = most
	default:
		v <<= -shift
	}
	return min(v, most) - int64(f.AmplitudeOffset)<<16
}

// power is 10^(db/20), db having 16 bits of fraction.
func power(db int64) (factor uint32, exponent int) {
	const perDecibel = 713378626 // log2(10)/20, 32 bits
	x := db * perDecibel >> 24   // 24 bits
	i, t := x>>16&255, x&0xffff
	a, b := int64(powers[i]), int64(powers[i+1])
	return uint32(a + (b-a)*t>>16), int(x >> 24)
}

// number is m * 2^e, with m at least 2^31, or 0.
type number struct {
	m uint32
	e int
}

// normal is v*2^e.
func normal(v uint64, e int) number {
	if v == 0 {
		return number{}
	}
	n := bits.Len64(v) - 32
	if n < 0 {
		return number{uint32(v << -n), e + n}
	}
	return number{uint32(v >> n), e + n}
}

// times is r * d*2^e.
func (r number) times(d uint32, e int) number { return normal(uint64(r.m)*uint64(d), r.e+e) }

func (r number) square() number { return r.times(r.m, r.e) }

func (r number) plus(s number) number {
	switch {
	case s.m == 0:
		return r
	case r.m == 0:
		return s
	case s.e > r.e:
		r, s = s, r
	}
	return normal(uint64(r.m)<<16+uint64(s.m)<<16>>min(r.e-s.e, 63), r.e-16)
}

// sqrt is the square root, as m*2^e with m from 2^30 to 2^31, or 0.
func (r number) sqrt() (m uint32, e int) {
	v := uint64(r.m) << 30
	e = r.e - 30
	if e&1 != 0 {
		v, e = v>>1, e+1
	}
	for bit := uint32(1) << 30; bit > 0; bit >>= 1 {
		if t := uint64(m | bit); t*t <= v {
			m |= bit
		}
	}
	return m, e / 2
}
