package flactest

// A bitWriter writes most significant bits first.
type bitWriter struct {
	buf  []byte
	free int // bits of the last byte that are not used
}

// bits writes the lowest n bits of v, n up to 64.
func (w *bitWriter) bits(v int64, n int) {
	for n > 0 {
		if w.free == 0 {
			w.buf, w.free = append(w.buf, 0), 8
		}
		take := min(n, w.free)
		n -= take
		w.free -= take
		w.buf[len(w.buf)-1] |= byte(v>>n&(1<<take-1)) << w.free
	}
}

// unary writes so many zeros and a one.
func (w *bitWriter) unary(n int64) {
	for ; n > 32; n -= 32 {
		w.bits(0, 32)
	}
	w.bits(1, int(n)+1)
}

// rice writes a signed number with parameter k.
func (w *bitWriter) rice(v int64, k int) {
	u := v << 1
	if v < 0 {
		u = -v<<1 - 1
	}
	w.unary(u >> k)
	w.bits(u, k)
}
