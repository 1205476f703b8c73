package adpcm

import "encoding/binary"

// imaWordsGeneric decodes n words of eight codes, low nibble first, that are
// step bytes apart, to every stride-th sample of out.
func imaWordsGeneric(table *imaTable, out []int32, stride int, codes []byte, step, n int, s *imaState) {
	sample, e := s.sample, s.entry
	for i := range n {
		word := binary.LittleEndian.Uint32(codes[i*step:])
		to := out[8*i*stride:]
		to = to[: 7*stride+1 : 7*stride+1]
		for at := 0; at < len(to); at += stride {
			e = table[word&15<<7|e>>25]
			word >>= 4
			sample += int32(e << 7)
			if sample>>31 != sample>>29 {
				sample = sample>>31 ^ (1<<15-1)<<imaBits
			}
			to[at] = sample >> imaBits << 16
		}
	}
	s.sample, s.entry = sample, e
}

// msMonoGeneric decodes as many of the codes, two a byte, high nibble first, as
// there is room for in out.
func msMonoGeneric(out []int32, codes []byte, c *msChannel) {
	for i, b := range codes[:min(len(codes), len(out)/2)] {
		out[2*i] = c.next(int32(int8(b)) >> 4)
		out[2*i+1] = c.next(int32(int8(b<<4)) >> 4)
	}
}

// msStereoGeneric is msMonoGeneric for two channels, the left one in the high
// nibbles.
func msStereoGeneric(out []int32, codes []byte, c *[2]msChannel) {
	for i, b := range codes[:min(len(codes), len(out)/2)] {
		out[2*i] = c[0].next(int32(int8(b)) >> 4)
		out[2*i+1] = c[1].next(int32(int8(b<<4)) >> 4)
	}
}
