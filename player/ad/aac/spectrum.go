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

// Kinds of words in the spectral codebooks.
const (
	signedFours = iota
	unsignedFours
	signedPairs
	unsignedPairs
	single // a difference of scale factors
)

// kinds are those of books 1 to 11.
var kinds = [12]int{
	1: signedFours, 2: signedFours, 3: unsignedFours, 4: unsignedFours, 5: signedPairs, 6: signedPairs,
	7: unsignedPairs, 8: unsignedPairs, 9: unsignedPairs, 10: unsignedPairs, 11: unsignedPairs,
}

// readLines reads the lines of bands that have one codebook, whose number is a
// multiple of four. ok is false for an escape that cannot be.
func readLines(r *bits.Reader, x []int32, book uint8) (ok bool) {
	if book == bookZero || book > bookEscape {
		clear(x)
		return true
	}
	return readAll(x, r, books[book], kinds[book])
}

// readAll reads words of one table until x is full.
func readAll(x []int32, r *bits.Reader, table []uint32, kind int) (ok bool) {
	for ok = true; len(x) > 0 && ok; {
		x = x[readWords(x, r, table, kind):]
		if len(x) > 0 { // one that the kernel has left over
			n := 0
			n, ok = readWord(x, r, table, kind)
			x = x[n:]
		}
	}
	return ok
}

// readWord reads the values of one word, and says how many they are.
func readWord(x []int32, r *bits.Reader, table []uint32, kind int) (n int, ok bool) {
	e := lookup(r, table)
	switch v := int32(e); kind {
	case signedFours:
		x[0], x[1], x[2], x[3] = v<<22>>30, v<<20>>30, v<<18>>30, v<<16>>30
	case unsignedFours:
		readFour(r, x, e)
	case signedPairs:
		x[0], x[1] = v<<8>>24, v>>24
		return 2, true
	case single:
		x[0] = v >> 8
		return 1, true
	default:
		return 2, readPair(r, x, e)
	}
	return 4, true
}

// readFour reads the signs of four magnitudes.
func readFour(r *bits.Reader, x []int32, e uint32) {
	for i := range x[:4] {
		x[i] = readSign(r, int32(e>>(8+2*uint(i))&3))
	}
}

// readPair reads the signs of two magnitudes, and what more there is of them.
func readPair(r *bits.Reader, x []int32, e uint32) (ok bool) {
	ok = true
	x[0] = readSign(r, int32(e>>8&31))
	x[1] = readSign(r, int32(e>>16&31))
	if e&isEscape != 0 {
		for i, v := range x[:2] {
			if ok && (v == 16 || v == -16) {
				x[i], ok = readEscape(r, v)
			}
		}
	}
	return ok
}

// readSign reads the sign of a magnitude that is not 0.
func readSign(r *bits.Reader, v int32) int32 {
	if v != 0 && r.Flag() {
		return -v
	}
	return v
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
