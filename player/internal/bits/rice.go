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
func (r *Reader) Rice(dst []int32, k int) { rice(r, dst, uint(k)&31) }

// riceGeneric is Rice. While a code lies within the cache, which is three of
// four times, nothing but it is touched. Otherwise the next word is put behind
// the cache for long enough to see the whole code, and what is left of that
// word is the new cache.
func riceGeneric(r *Reader, dst []int32, k uint) {
	cache, have, rest := r.cache, r.have, r.rest()
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
		if have < 32 && len(rest) >= 4 {
			a := (*[4]byte)(rest)
			w := uint32(a[0])<<24 | uint32(a[1])<<16 | uint32(a[2])<<8 | uint32(a[3])
			v := cache | w>>(uint(have)&31)
			z = uint32(zeros[v>>24])
			if n := length + int(z); n <= 32 {
				rest = rest[4:]
				n -= have
				v = v<<(z&31)>>down + z<<(k&31) - one
				cache, have = w<<(uint(n-1)&31)<<1, 32-n
				dst[i] = int32(v>>1) ^ -int32(v&1)
				continue
			}
		}
		// A long code, or the end.
		r.moveTo(cache, have, rest)
		dst[i] = r.longRice(k)
		cache, have, rest = r.cache, r.have, r.rest()
	}
	r.moveTo(cache, have, rest)
}

// rest is the data that go into cache next.
func (r *Reader) rest() []byte { return r.data[min(r.next, len(r.data)):] }

// moveTo takes over a state in which rest is what goes into cache next. Behind
// the end, nothing does, and next stays.
func (r *Reader) moveTo(cache uint32, have int, rest []byte) {
	r.cache, r.have = cache, have
	if r.next < len(r.data) {
		r.next = len(r.data) - len(rest)
	}
}

// longRice reads one Rice code of any length.
func (r *Reader) longRice(k uint) int32 {
	v := uint32(r.Unary())<<k | r.Bits(int(k))
	return int32(v>>1) ^ -int32(v&1)
}
