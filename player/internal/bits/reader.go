package bits

// A Reader reads bits from the top of each byte down. The zero value reads
// from no data at all. Copies are independent: to look further ahead than
// Peek can, read from a copy.
//
// The order of the fields is known to the kernels.
type Reader struct {
	cache uint32 // the next bits, from the top; zeros below them
	have  int    // how many bits are in cache, 0 to 32
	next  int    // the byte of data that goes into cache next
	data  []byte
}

// NewReader makes a Reader of data, which it does not change.
func NewReader(data []byte) Reader { return Reader{data: data} }

// Reset starts over with other data.
func (r *Reader) Reset(data []byte) { *r = Reader{data: data} }

// Bits reads n bits, 0 to 32, as an unsigned number.
func (r *Reader) Bits(n int) uint32 {
	if n > r.have {
		return r.across(n)
	}
	v := r.cache >> uint(32-n)
	r.cache <<= uint(n)
	r.have -= n
	return v
}

// Signed reads n bits, 0 to 32, as a number in two's complement.
func (r *Reader) Signed(n int) int32 {
	return int32(r.Bits(n)<<uint(32-n)) >> uint(32-n)
}

// Flag reads one bit.
func (r *Reader) Flag() bool {
	if r.have == 0 {
		r.fill()
	}
	v := r.cache
	r.cache += v
	r.have--
	return v>>31 != 0
}

// Peek returns what Bits(n) would, and stays where it is; n is 0 to 32.
func (r *Reader) Peek(n int) uint32 {
	if n > r.have {
		return r.peekAcross(n)
	}
	return r.cache >> uint(32-n)
}

// Skip moves ahead by n bits, n >= 0.
func (r *Reader) Skip(n int) {
	if n > r.have {
		r.skipAcross(n)
		return
	}
	r.cache <<= uint(n)
	r.have -= n
}

// What is not in the cache is read out of line, so that what is can be read in
// line.

// fill fills a cache that is empty.
//
//go:noinline
func (r *Reader) fill() {
	r.cache, r.have = word(r.data, r.next), 32
	r.next = min(r.next, len(r.data)) + 4
}

//go:noinline
func (r *Reader) peekAcross(n int) uint32 {
	return (r.cache | word(r.data, r.next)>>uint(r.have)) >> uint(32-n)
}

// skipAcross skips n bits of which some are not in the cache.
func (r *Reader) skipAcross(n int) {
	if n <= 32 {
		r.across(n)
		return
	}
	r.SeekTo(r.Pos() + n)
}

// Unary reads a run of zeros and the one behind it, and returns the length of
// the run. Where the data end within it, it returns what was there, and Over
// is true from then on.
func (r *Reader) Unary() int {
	run := 0
	for r.cache == 0 {
		if r.next >= len(r.data) {
			run += max(r.Left(), 0)
			r.have, r.next = 0, len(r.data)+1
			return run
		}
		run += r.have
		r.cache, r.have = word(r.data, r.next), 32
		r.next += 4
	}
	n := leadingZeros(r.cache)
	r.cache <<= uint(n)
	r.cache <<= 1
	r.have -= n + 1
	return run + n
}

// Align moves to the next border of bytes, where it is not on one.
func (r *Reader) Align() { r.Skip(r.have & 7) }

// Data is what the Reader was made of.
func (r *Reader) Data() []byte { return r.data }

// Pos is how many bits were read.
func (r *Reader) Pos() int { return r.next<<3 - r.have }

// Left is how many bits there are to be read, below zero when more were.
func (r *Reader) Left() int { return len(r.data)<<3 - r.Pos() }

// Over says whether more was read than there is.
func (r *Reader) Over() bool { return r.Left() < 0 }

// SeekTo moves to a bit of the data, 0 or more. All places behind the end are
// one: Over.
func (r *Reader) SeekTo(pos int) {
	r.cache, r.have = 0, 0
	if pos>>3 > len(r.data) {
		r.next = len(r.data) + 1
		return
	}
	r.next = pos >> 3
	if n := pos & 7; n > 0 {
		r.Bits(n)
	}
}

// across reads n bits of which some are not in the cache.
func (r *Reader) across(n int) uint32 {
	w := word(r.data, r.next)
	v := (r.cache | w>>uint(r.have)) >> uint(32-n)
	n -= r.have
	r.cache, r.have = w<<uint(n), 32-n
	r.next = min(r.next, len(r.data)) + 4
	return v
}

// word is the four bytes from i on, with zeros for those that are not there.
func word(data []byte, i int) uint32 {
	if i >= 0 && i < len(data) {
		if b := data[i:]; len(b) >= 4 {
			return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
		}
	}
	var w uint32
	for k := i; k < i+4; k++ {
		w <<= 8
		if k >= 0 && k < len(data) {
			w |= uint32(data[k])
		}
	}
	return w
}

// leadingZeros counts the zeros above the first one of v, which is not 0.
func leadingZeros(v uint32) int {
	n := 0
	for v>>24 == 0 && n < 24 {
		v <<= 8
		n += 8
	}
	return n + int(zeros[v>>24])
}
