// Package jpegtest writes entropy-coded data for tests.
package jpegtest

// A Writer writes the bits of a scan. The zero value is ready.
type Writer struct {
	Out  []byte
	acc  byte
	have int
}

// Bits writes the n lowest bits of v, and stuffs a byte behind one of all ones
// (ITU-T T.81, B.1.1.5).
func (w *Writer) Bits(v uint32, n int) {
	for i := n - 1; i >= 0; i-- {
		w.acc = w.acc<<1 | byte(v>>i&1)
		if w.have++; w.have < 8 {
			continue
		}
		w.Out = append(w.Out, w.acc)
		if w.acc == 0xff {
			w.Out = append(w.Out, 0)
		}
		w.acc, w.have = 0, 0
	}
}

// Pad fills a byte up with ones.
func (w *Writer) Pad() {
	for w.have != 0 {
		w.Bits(1, 1)
	}
}

// Code writes a value by a table of counts and values.
func (w *Writer) Code(table string, value byte) {
	code, k := uint32(0), 16
	for n := 1; n <= 16; n++ {
		for range table[n-1] {
			if table[k] == value {
				w.Bits(code, n)
				return
			}
			code++
			k++
		}
		code <<= 1
	}
	panic("the table has no such value")
}

// Signed writes a value as its size, by a table, and its bits (F.1.2.1).
func (w *Writer) Signed(table string, v int) {
	size, m := 0, max(v, -v)
	for m>>size > 0 {
		size++
	}
	w.Code(table, byte(size))
	if v < 0 {
		v += 1<<size - 1
	}
	w.Bits(uint32(v), size)
}

// Restart pads, and writes a restart marker.
func (w *Writer) Restart(number int) {
	w.Pad()
	w.Out = append(w.Out, 0xff, 0xd0+byte(number&7))
}
