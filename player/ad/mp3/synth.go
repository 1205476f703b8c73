package mp3

// synthesis is the polyphase filter bank of one channel, ISO/IEC 11172-3
// 2.4.3.2: 32 subband samples give 32 samples of sound.
//
// The standard keeps 16 vectors of 64 values, which are 16 transforms of 32
// with other signs.
type synthesis struct {
	rows history
	at   int // where the newest transform is, 0 to 15
}

// history keeps the transforms of the last 16 calls by frequency: value 16+j
// in row 0 of j and 16-j in row 1, the newest first, from some place on. Each
// is stored twice, sixteen apart, so that no row wraps around.
type history [17][2][32]int32

// put stores the newest value j of the transform.
func (h *history) put(j, at int, v int32) {
	row := &h[abs(j-16)][0]
	if j < 16 {
		row = &h[16-j][1]
	}
	row[at], row[at+16] = v, v
}

func abs(x int) int { return max(x, -x) }

func (s *synthesis) reset() { *s = synthesis{} }

// run takes n samples of each subband, sub, and writes 32 samples for each to
// out, stride apart, which is 1 or 2.
func (s *synthesis) run(sub, out []int32, stride, n int) {
	if n > 0 {
		filterBank(s, sub[:32*n], out[:(32*n-1)*stride+1], stride, n)
	}
}

func filterBankGeneric(s *synthesis, sub, out []int32, stride, n int) {
	for i := range n {
		s.at = (s.at - 1) & 15
		dct32Generic((*[32]int32)(sub[32*i:]), &s.rows, s.at)
		windowingGeneric(&s.rows, s.at, out[32*stride*i:], stride)
	}
}

// windowingGeneric does the windowing and adding for 32 samples of sound. The
// sums are exact: what is dropped of them is below a sample's last bit.
func windowingGeneric(h *history, at int, out []int32, stride int) {
	var first, middle int64
	newest, low := h[0][0][at:at+16], h[16][1][at:at+16]
	for i, v := range newest {
		first += int64(v) * int64(windowEdge[i])
	}
	for m := range 8 {
		middle += int64(low[2*m+1]) * int64(windowEdge[16+m])
	}
	out[0], out[16*stride] = sample(first), sample(middle)
	for j := 1; j < 16; j++ {
		upper, lower := h[j][0][at:at+16], h[j][1][at:at+16]
		var s, u, v int64
		for m, c := range &windowRows[j-1] {
			p, r := upper[2*m], lower[15-2*m]
			u += int64(r) * int64(c[0])
			v += int64(p) * int64(c[1])
			s += int64(p+r) * int64(c[2])
		}
		out[j*stride], out[(32-j)*stride] = sample(s-u), sample(s+v)
	}
}

// sample makes a sample of a sum, which has 26+16 bits behind the point.
func sample(sum int64) int32 {
	return int32(min(max(sum>>11, -1<<31), 1<<31-1))
}
