package cover

// bitReader reads the bits of entropy-coded data up to the next marker, without the
// bytes that are stuffed in (B.1.1.5). Behind them it gives zeros.
type bitReader struct {
	data  []byte
	at    int    // the byte that goes into cache next
	cache uint32 // the next bits, from the top
	have  int
	lent  int // how many bits in and before cache are not data's
}

// fill has at least 25 bits in the cache.
func (r *bitReader) fill() {
	for r.have <= 24 {
		b := r.next()
		r.cache |= uint32(b) << (24 - r.have)
		r.have += 8
	}
}

// next is the next byte.
func (r *bitReader) next() byte {
	for r.at < len(r.data) {
		b := r.data[r.at]
		if b != 0xff {
			r.at++
			return b
		}
		if r.at+1 == len(r.data) {
			break
		}
		switch r.data[r.at+1] {
		case 0:
			r.at += 2
			return 0xff
		case 0xff: // a fill byte
			r.at++
			continue
		}
		break
	}
	r.lent += 8
	return 0
}

// over says whether more was read than there is.
func (r *bitReader) over() bool { return r.lent > r.have }

// peek is the next 16 bits.
func (r *bitReader) peek() uint32 {
	if r.have < 16 {
		r.fill()
	}
	return r.cache >> 16
}

// skip moves ahead by n bits of those that were seen.
func (r *bitReader) skip(n int) {
	r.cache <<= uint(n)
	r.have -= n
}

// bits reads n bits, 0 to 16.
func (r *bitReader) bits(n int) int32 {
	if r.have < n {
		r.fill()
	}
	v := r.cache >> 1 >> uint(31-n)
	r.skip(n)
	return int32(v)
}

// flag reads one bit.
func (r *bitReader) flag() bool { return r.bits(1) != 0 }

// restart begins behind the next marker if it is RST, and returns its number; below
// 0 another one comes, or none.
func (r *bitReader) restart() int {
	r.cache, r.have, r.lent = 0, 0, 0
	for ; r.at+1 < len(r.data); r.at++ {
		if r.data[r.at] != 0xff {
			continue
		}
		switch m := r.data[r.at+1]; {
		case m == 0 || m == 0xff:
		case m&^7 == 0xd0:
			r.at += 2
			return int(m & 7)
		default:
			return -1
		}
	}
	r.at = len(r.data)
	return -1
}
