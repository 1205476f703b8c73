package bits

// MaxRice is the largest Rice parameter.
const MaxRice = 30

// Rice fills dst with Rice codes of parameter k, 0 to MaxRice: a run of zeros
// ended by a one is the upper part, k bits follow as the lower part, and the
// lowest bit of the whole is the sign, folded: 0, -1, 1, -2, 2 and so on.
// Codes too large for 32 bits lose their upper bits. Where the data end, the
// rest of dst is of no meaning, and Over is true.
//
// RFC 9639 clause 9.2.7.
func (r *Reader) Rice(dst []int32, k int) { riceGeneric(r, dst, uint(k)&31) }

// riceGeneric is Rice. While a code lies within the cache, which is three of
// four times, nothing but it is touched. Otherwise the next word is put behind
// the cache for long enough to see the whole code, and what is left of that
// word is the new cache.
func riceGeneric(r *Reader, dst []int32, k uint) {
	cache, have := r.cache, r.have
	down, one := (31-k)&31, uint32(1)<<(k&31)
	length := int(k) + 1 // of a code without zeros
	for i := range dst {
		z := uint32(zeros[cache>>24])
		if n := length + int(z); n <= have {
			have -= n
			cache <<= z & 31
			v := cache>>down + z<<(k&31) - one
			cache = cache << (k & 31) << 1
			dst[i] = int32(v>>1) ^ -int32(v&1)
			continue
		}
		w := word(r.data, r.next)
		v := cache | w>>(uint(have)&31)
		z = uint32(zeros[v>>24])
		n := length + int(z)
		if n > 32 || have > 31 || r.next >= len(r.data) {
			// A long code, or the end.
			r.cache, r.have = cache, have
			dst[i] = r.longRice(k)
			cache, have = r.cache, r.have
			continue
		}
		r.next += 4
		n -= have
		v = v<<(z&31)>>down + z<<(k&31) - one
		cache, have = w<<(uint(n-1)&31)<<1, 32-n
		dst[i] = int32(v>>1) ^ -int32(v&1)
	}
	r.cache, r.have = cache, have
}

// longRice reads one Rice code of any length.
func (r *Reader) longRice(k uint) int32 {
	v := uint32(r.Unary())<<k | r.Bits(int(k))
	return int32(v>>1) ^ -int32(v&1)
}
