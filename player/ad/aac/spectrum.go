package aac

import "linnet/player/internal/bits"

// readSpectrum reads spectral_data, table 4.56. Lines that have none become
// zero.
func (c *channel) readSpectrum(r *bits.Reader) (msg string) {
	if c.sequence == eightShort {
		return c.readShort(r)
	}
	end := 0
	for k := 0; k < c.maxBand; {
		// Bands of one codebook are read as one.
		first, book := k, c.book[k]
		for k < c.maxBand && c.book[k] == book {
			k++
		}
		x := c.spectrum[c.bands[first]:c.bands[k]]
		end = int(c.bands[k])
		if !readLines(r, x, book) {
			return badEscape
		}
	}
	clear(c.spectrum[end:])
	return ""
}

const badEscape = "a value has more bits than there may be"

// readShort reads short windows: of each group band by band, in these window by
// window.
func (c *channel) readShort(r *bits.Reader) (msg string) {
	first := 0
	for g := range c.groups {
		for k := range c.maxBand {
			for w := range c.length[g] {
				at := (first + w) * shortLength
				x := c.spectrum[at+int(c.bands[k]) : at+int(c.bands[k+1])]
				if !readLines(r, x, c.book[g*c.maxBand+k]) {
					return badEscape
				}
			}
		}
		first += c.length[g]
	}
	for w := range 8 {
		clear(c.spectrum[w*shortLength+int(c.bands[c.maxBand]) : (w+1)*shortLength])
	}
	return ""
}

// readLines reads the lines of bands that have one codebook, whose number is a
// multiple of four. ok is false for an escape that cannot be.
func readLines(r *bits.Reader, x []int32, book uint8) (ok bool) {
	switch {
	case book == bookZero || book > bookEscape:
		clear(x)
	case book <= 2:
		readQuads(r, x, books[book])
	case book <= 4:
		readUnsignedQuads(r, x, books[book])
	case book <= 6:
		readPairs(r, x, books[book])
	case book < bookEscape:
		readUnsignedPairs(r, x, books[book])
	default:
		return readEscapes(r, x)
	}
	return true
}

// readQuads reads four values of -1 to 1 a word.
func readQuads(r *bits.Reader, x []int32, book []uint16) {
	for ; len(x) >= 4; x = x[4:] {
		e := int32(lookup(r, book))
		x[0], x[1], x[2], x[3] = e>>4&3-1, e>>6&3-1, e>>8&3-1, e>>10&3-1
	}
}

// readUnsignedQuads reads four magnitudes of 0 to 2 a word, and the signs of
// those that are not 0.
func readUnsignedQuads(r *bits.Reader, x []int32, book []uint16) {
	for ; len(x) >= 4; x = x[4:] {
		e := int32(lookup(r, book))
		n := int(e >> 12)
		signs := r.Bits(n) << (32 - uint(n))
		for i := range 4 {
			v := e >> (4 + 2*uint(i)) & 3
			if v != 0 {
				s := int32(signs) >> 31
				v = v ^ s - s
				signs <<= 1
			}
			x[i] = v
		}
	}
}

// readPairs reads two values of -4 to 4 a word.
func readPairs(r *bits.Reader, x []int32, book []uint16) {
	for ; len(x) >= 2; x = x[2:] {
		e := int32(lookup(r, book))
		x[0], x[1] = e>>4&31-4, e>>9&31-4
	}
}

// readUnsignedPairs reads two magnitudes a word, and the signs of those that
// are not 0.
func readUnsignedPairs(r *bits.Reader, x []int32, book []uint16) {
	for ; len(x) >= 2; x = x[2:] {
		x[0], x[1] = readPair(r, book)
	}
}

func readPair(r *bits.Reader, book []uint16) (a, b int32) {
	e := int32(lookup(r, book))
	a, b = e>>4&31, e>>9&31
	if a != 0 {
		s := -int32(r.Bits(1))
		a = a ^ s - s
	}
	if b != 0 {
		s := -int32(r.Bits(1))
		b = b ^ s - s
	}
	return a, b
}

// readEscapes reads pairs whose values of 16 say that more bits follow.
func readEscapes(r *bits.Reader, x []int32) (ok bool) {
	ok = true
	for ; len(x) >= 2 && ok; x = x[2:] {
		a, b := readPair(r, books[bookEscape])
		if a == 16 || a == -16 {
			a, ok = readEscape(r, a)
		}
		if ok && (b == 16 || b == -16) {
			b, ok = readEscape(r, b)
		}
		x[0], x[1] = a, b
	}
	return ok
}

// readEscape reads the magnitude of a value with the given sign: n ones and a
// zero, then n+4 bits below another one, clause 4.6.3.3.
func readEscape(r *bits.Reader, sign int32) (v int32, ok bool) {
	const most = 8
	n := 4
	for r.Flag() {
		if n++; n > 4+most {
			return 0, false
		}
	}
	v = 1<<uint(n) | int32(r.Bits(n))
	if sign < 0 {
		v = -v
	}
	return v, true
}

// pulses are added to a few lines, clause 4.6.5.
type pulses struct {
	n         int
	at        [4]int
	amplitude [4]int32
}

// read reads pulse_data, table 4.7.
func (p *pulses) read(r *bits.Reader, bands []uint16) (msg string) {
	n := int(r.Bits(2)) + 1
	first := int(r.Bits(6))
	if first >= len(bands)-1 {
		return "pulses behind the last scale factor band"
	}
	at := int(bands[first])
	for i := range n {
		at += int(r.Bits(5))
		if at >= frameLength {
			return "pulses behind the last line"
		}
		p.at[i], p.amplitude[i] = at, int32(r.Bits(4))
	}
	p.n = n
	return ""
}

// apply makes the lines larger that have pulses.
func (p *pulses) apply(x *[frameLength]int32) {
	for i := range p.n {
		if v := &x[p.at[i]]; *v > 0 {
			*v += p.amplitude[i]
		} else {
			*v -= p.amplitude[i]
		}
	}
}
