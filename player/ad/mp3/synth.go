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
	rows [2][32][16]uint32
	odd  int // which of the two the next call writes
	at   int // where
}

const silenceRow = 1 << 31 // a stored zero

func (s *synthesis) reset() {
	s.odd, s.at = 0, 0
	for i := range s.rows {
		for j := range s.rows[i] {
			for k := range s.rows[i][j] {
				s.rows[i][j][k] = silenceRow
			}
		}
	}
}

// step takes one sample of each subband and writes 32 samples to out, step
// apart.
func (s *synthesis) step(x *[32]int32, out []int32, stride int) {
	var y [4][8]int32
	dct32(x, &y)
	if s.odd == 0 {
		s.at = (s.at - 1) & 7
	}
	new, old := &s.rows[s.odd], &s.rows[s.odd^1]
	// What the other half wrote last is one call old: its newest value stands
	// at its own place, which is at for both unless this call moved at.
	oldAt := s.at
	if s.odd == 0 {
		oldAt = (s.at + 1) & 7
	}
	scatter(&y, new, s.at)
	windowRowsInto(new, old, s.at, oldAt, out, stride)
	s.odd ^= 1
}

// scatter makes the 32 outputs of four transforms of size 8 and stores them.
func scatter(y *[4][8]int32, rows *[32][16]uint32, at int) {
	for j := range 8 {
		b, c, d := y[1][j], y[2][j], y[3][j]
		var c1 int32
		if j < 7 {
			b += y[1][j+1]
			d += y[3][j+1]
			c1 = y[2][j+1]
		}
		store(&rows[4*j], at, y[0][j])
		store(&rows[4*j+1], at, c+d)
		store(&rows[4*j+2], at, b)
		store(&rows[4*j+3], at, c1+d)
	}
}

func store(row *[16]uint32, at int, v int32) {
	u := uint32(v) ^ silenceRow
	row[at&7] = u
	row[at&7+8] = u
}

// windowRowsInto does the windowing and adding. Rows 16+j of the even calls
// back (p) and 16-j of the odd ones (q) make outputs j and 32-j with the same
// coefficients, once upwards and once downwards.
func windowRowsInto(new, old *[32][16]uint32, newAt, oldAt int, out []int32, stride int) {
	for j := range 16 {
		p := (*[8]uint32)(new[16+j][newAt&7:])
		q := (*[8]uint32)(old[16-j][oldAt&7:])
		lo, hi := windowPair(p, q, &windowRows[j])
		out[j*stride] = clip(lo + windowBias[j][0])
		if j > 0 {
			out[(32-j)*stride] = clip(hi + windowBias[j][1])
		}
	}
	q := (*[8]uint32)(old[0][oldAt&7:])
	out[16*stride] = clip(windowMiddle(q, &windowRows[16]) + windowBias[16][0])
}

// windowPair is the sums for two outputs. The coefficients are magnitudes;
// the signs stand here, but for the third of the first and the sixth of the
// second half, which were raised to be positive.
func windowPair(p, q *[8]uint32, w *[16]uint32) (int32, int32) {
	lo := -mulMagnitude(p[0], w[0]) + mulMagnitude(q[0], w[8])
	hi := mulMagnitude(p[0], w[15]) + mulMagnitude(q[0], w[7])
	lo += mulMagnitude(p[1], w[1]) + mulMagnitude(q[1], w[9])
	hi += mulMagnitude(p[1], w[14]) - p[1]>>9 + mulMagnitude(q[1], w[6])
	lo += mulMagnitude(p[2], w[2]) + mulMagnitude(q[2], w[10])
	hi += mulMagnitude(p[2], w[13]) + mulMagnitude(q[2], w[5])
	lo += mulMagnitude(p[3], w[3]) - p[3]>>3 + mulMagnitude(q[3], w[11])
	hi += mulMagnitude(p[3], w[12]) + mulMagnitude(q[3], w[4])
	lo += mulMagnitude(p[4], w[4]) - mulMagnitude(q[4], w[12])
	hi += mulMagnitude(q[4], w[3]) - q[4]>>3 - mulMagnitude(p[4], w[11])
	lo += mulMagnitude(p[5], w[5]) - mulMagnitude(q[5], w[13])
	hi += mulMagnitude(q[5], w[2]) - mulMagnitude(p[5], w[10])
	lo += mulMagnitude(p[6], w[6]) - mulMagnitude(q[6], w[14]) + q[6]>>9
	hi += mulMagnitude(q[6], w[1]) - mulMagnitude(p[6], w[9])
	lo += mulMagnitude(p[7], w[7]) - mulMagnitude(q[7], w[15])
	hi -= mulMagnitude(q[7], w[0]) + mulMagnitude(p[7], w[8])
	return int32(lo), int32(hi)
}

// windowMiddle is the sum for output 16, of which p is zero.
func windowMiddle(q *[8]uint32, w *[16]uint32) int32 {
	var sum uint32
	for m := range 4 {
		sum += mulMagnitude(q[m], w[8+m]) - mulMagnitude(q[4+m], w[12+m])
	}
	return int32(sum + q[6]>>9)
}

// clip turns a sum, which has 25 bits behind the point, into a sample.
func clip(v int32) int32 {
	if uint32(v+1<<25)>>26 != 0 {
		return v>>31 ^ 0x7fffffff
	}
	return v << 6
}
