package mp3

// synthesis is the polyphase filter bank of one channel, ISO/IEC 11172-3
// 2.4.3.2: 32 subband samples give 32 samples of sound.
//
// The standard keeps 16 vectors of 64 values, which are 16 transforms of 32
// with other signs. rows keeps the transforms of the last 16 calls by
// frequency, even and odd calls apart: row j of either has value j of eight
// calls, the newest first, from at on. Each is stored twice, eight apart, so
// that no row wraps around; each has 2^31 added, so that the products with
// the window's magnitudes are unsigned.
type synthesis struct {
	rows [2]transforms
	odd  int // which of the two the next call writes
	at   int // where
}

// transforms are 32 rows of 16 values.
type transforms [32 * 16]uint32

// A turned is transforms from a place in the first row on, so that the place
// is the first of every row.
type turned [31*16 + 9]uint32

func (t *transforms) turn(at int) *turned { return (*turned)(t[at&7:]) }

const stored0 = 1 << 31 // a zero as it is stored

func (s *synthesis) reset() {
	s.odd, s.at = 0, 0
	for i := range s.rows {
		for j := range s.rows[i] {
			s.rows[i][j] = stored0
		}
	}
}

// step takes one sample of each subband and writes 32 samples to out, stride
// apart.
func (s *synthesis) step(x *[32]int32, out []int32, stride int) {
	var y [4][9]int32
	dct32(x, &y)
	oldAt := s.at // where the other half was written by the call before
	if s.odd == 0 {
		s.at = (s.at - 1) & 7
	}
	new, old := s.rows[s.odd&1].turn(s.at), s.rows[s.odd&1^1].turn(oldAt)
	s.odd ^= 1
	scatter(&y, new)
	windowing(new, old, out, stride)
}

// scatter makes the 32 outputs of four transforms of size 8, behind which
// stand zeros, and stores them as the newest.
func scatter(y *[4][9]int32, rows *turned) {
	c := y[2][0]
	for j := range 8 {
		b := y[1][j] + y[1][j+1]
		d := y[3][j] + y[3][j+1]
		e := c + d
		c = y[2][j+1]
		a := uint32(y[0][j]) ^ stored0
		row := (*[3*16 + 9]uint32)(rows[64*j:])
		row[0], row[8] = a, a
		a = uint32(e) ^ stored0
		row[16], row[24] = a, a
		a = uint32(b) ^ stored0
		row[32], row[40] = a, a
		a = uint32(c+d) ^ stored0
		row[48], row[56] = a, a
	}
}

// windowing does the windowing and adding for 32 samples of sound. Rows 16+j
// of the even calls back (p) and 16-j of the odd ones (q) make samples j and
// 32-j with the same coefficients, once upwards and once downwards. The
// coefficients are magnitudes, the signs stand here, but for w[3] and w[14],
// which were raised to be positive. The products are written out, not called,
// and paired so, because the compiler's order of an inlined call's
// instructions takes too many registers.
func windowing(new, old *turned, out []int32, stride int) {
	up, down := 0, 32*stride
	for j := range 16 {
		p := (*[8]uint32)(new[256+16*j:])
		q := (*[8]uint32)(old[256-16*j:])
		w := &windowRows[j]
		lo, hi := windowBias[j][0], windowBias[j][1]
		x := p[0]
		lo -= uint32(uint64(x) * uint64(w[0]) >> 32)
		hi += uint32(uint64(x) * uint64(w[15]) >> 32)
		x = q[0]
		lo += uint32(uint64(x) * uint64(w[8]) >> 32)
		hi += uint32(uint64(x) * uint64(w[7]) >> 32)
		x = p[7]
		lo += uint32(uint64(x) * uint64(w[7]) >> 32)
		hi -= uint32(uint64(x) * uint64(w[8]) >> 32)
		x = q[7]
		lo -= uint32(uint64(x) * uint64(w[15]) >> 32)
		hi -= uint32(uint64(x) * uint64(w[0]) >> 32)
		x = p[1]
		lo += uint32(uint64(x) * uint64(w[1]) >> 32)
		hi += uint32(uint64(x) * uint64(w[14]) >> 32)
		hi -= x >> 9
		x = q[1]
		lo += uint32(uint64(x) * uint64(w[9]) >> 32)
		hi += uint32(uint64(x) * uint64(w[6]) >> 32)
		x = p[6]
		lo += uint32(uint64(x) * uint64(w[6]) >> 32)
		hi -= uint32(uint64(x) * uint64(w[9]) >> 32)
		x = q[6]
		lo -= uint32(uint64(x) * uint64(w[14]) >> 32)
		lo += x >> 9
		hi += uint32(uint64(x) * uint64(w[1]) >> 32)
		x = p[2]
		lo += uint32(uint64(x) * uint64(w[2]) >> 32)
		hi += uint32(uint64(x) * uint64(w[13]) >> 32)
		x = q[2]
		lo += uint32(uint64(x) * uint64(w[10]) >> 32)
		hi += uint32(uint64(x) * uint64(w[5]) >> 32)
		x = p[5]
		lo += uint32(uint64(x) * uint64(w[5]) >> 32)
		hi -= uint32(uint64(x) * uint64(w[10]) >> 32)
		x = q[5]
		lo -= uint32(uint64(x) * uint64(w[13]) >> 32)
		hi += uint32(uint64(x) * uint64(w[2]) >> 32)
		x = p[3]
		lo += uint32(uint64(x) * uint64(w[3]) >> 32)
		lo -= x >> 3
		hi += uint32(uint64(x) * uint64(w[12]) >> 32)
		x = q[3]
		lo += uint32(uint64(x) * uint64(w[11]) >> 32)
		hi += uint32(uint64(x) * uint64(w[4]) >> 32)
		x = p[4]
		lo += uint32(uint64(x) * uint64(w[4]) >> 32)
		hi -= uint32(uint64(x) * uint64(w[11]) >> 32)
		x = q[4]
		lo -= uint32(uint64(x) * uint64(w[12]) >> 32)
		hi += uint32(uint64(x) * uint64(w[3]) >> 32)
		hi -= x >> 3
		out[up] = clip(int32(lo))
		if j > 0 {
			out[down] = clip(int32(hi))
		}
		up += stride
		down -= stride
	}
	q := (*[8]uint32)(old[:])
	out[up] = clip(int32(windowMiddle(q, &windowRows[16]) + windowBias[16][0]))
}

// windowMiddle is the sum for output 16, of which p is zero.
func windowMiddle(q *[8]uint32, w *[16]uint32) uint32 {
	var sum uint32
	for m := range 4 {
		sum += mulMagnitude(q[m], w[8+m]) - mulMagnitude(q[4+m], w[12+m])
	}
	return sum + q[6]>>9
}

// clip turns a sum, which has 25 bits behind the point, into a sample.
func clip(v int32) int32 {
	if uint32(v+1<<25)>>26 != 0 {
		return v>>31 ^ 0x7fffffff
	}
	return v << 6
}
