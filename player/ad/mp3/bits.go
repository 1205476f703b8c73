package mp3

// bitReader reads big-endian bits. It keeps the next ones left-justified in
// a word of 32, filled 16 at a time, so that 16 can always be looked at;
// loops that cannot afford calls copy its fields into locals. Behind the end
// of the data come zeros: callers compare pos with where they must stop.
type bitReader struct {
	data  []byte
	cache uint32 // the next bits, from the top; zeros below them
	have  int    // how many bits are in cache, less 16
	next  int    // the byte of data that goes into cache next
}

// newBitReader starts at a bit of data.
func newBitReader(data []byte, pos int) bitReader {
	r := bitReader{data: data, have: -16, next: pos >> 3}
	r.fill()
	r.cache <<= pos & 7
	r.have -= pos & 7
	return r
}

// fill makes have at least 0.
func (r *bitReader) fill() {
	if r.have < 0 {
		r.cache |= halfword(r.data, r.next) << (-r.have & 31)
		r.next += 2
		r.have += 16
	}
}

// halfword is the 16 bits at byte i, with zeros for what is not there.
func halfword(data []byte, i int) uint32 {
	if i+1 < len(data) {
		return uint32(data[i])<<8 | uint32(data[i+1])
	}
	if i < len(data) {
		return uint32(data[i]) << 8
	}
	return 0
}

// pos is how many bits of data were read.
func (r *bitReader) pos() int { return r.next<<3 - r.have - 16 }

// peek looks at the next n bits, 0 to 16.
func (r *bitReader) peek(n int) int {
	r.fill()
	return int(r.cache >> 16 >> (16 - uint(n)&31))
}

// skip steps over bits that peek has seen.
func (r *bitReader) skip(n int) {
	r.cache <<= uint(n) & 31
	r.have -= n
}

// bits reads n bits, 0 to 16.
func (r *bitReader) bits(n int) int {
	v := r.peek(n)
	r.skip(n)
	return v
}

// flag reads one bit.
func (r *bitReader) flag() bool { return r.bits(1) != 0 }
