package mjpeg

import (
	"bytes"

	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
)

// zigzag is where the n-th coefficient stands (figure A.6).
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}

// decodeScan decodes a scan: its header (B.2.3), and the data that follow it,
// of which it says how many bytes they are.
func (d *Decoder) decodeScan(head, data []byte) (n int, err error) {
	if d.components == nil {
		return 0, malformed("a scan without a frame header")
	}
	if len(head) < 1 || len(head) < 1+2*int(head[0])+3 {
		return 0, malformed("the scan header is too short")
	}
	var of []*component
	for i := range int(head[0]) {
		c := d.find(head[1+2*i])
		t := head[2+2*i]
		if c == nil || t>>4 > 3 || t&15 > 3 {
			return 0, malformed("the scan header names what there is not")
		}
		c.dc, c.ac = t>>4, t&15
		of = append(of, c)
	}
	if len(of) != 1 && len(of) != len(d.components) {
		return 0, unsupported("a scan of %d components out of %d", len(of), len(d.components))
	}
	s := scanner{d: d, of: of, mcuH: d.mcuH, mcuV: d.mcuV}
	s.measure()
	return s.run(data), nil
}

func (d *Decoder) find(id byte) *component {
	for i := range d.components {
		if d.components[i].id == id {
			return &d.components[i]
		}
	}
	return nil
}

// A scanner goes through a scan's MCUs.
type scanner struct {
	d             *Decoder
	of            []*component
	mcuH, mcuV    int
	columns, rows int // of MCUs
	r             bits.Reader
}

// measure counts the MCUs. In a scan of one component each block is one, and
// there are none beyond the picture's edge (A.2.2).
func (s *scanner) measure() {
	w, h := s.mcuH*8, s.mcuV*8
	if len(s.of) == 1 {
		c := s.of[0]
		w, h = s.mcuH*8/c.h, s.mcuV*8/c.v
	}
	s.columns = (s.d.width + w - 1) / w
	s.rows = (s.d.lines + h - 1) / h
}

// run decodes all intervals and returns how many bytes of data they were.
// Damage costs what is left of its interval.
func (s *scanner) run(data []byte) (n int) {
	total := s.columns * s.rows
	interval := s.d.interval
	if interval == 0 {
		interval = total
	}
	for at := 0; at < total; {
		clean, used, restart := s.d.unstuff(data[n:])
		n += used
		s.r = bits.NewReader(clean)
		for _, c := range s.of {
			c.last = 1024 // 128, the level that samples are shifted by (A.3.1)
		}
		end := min(at+interval, total)
		for m := at; m < end; m++ {
			if !s.mcu(m%s.columns, m/s.columns) || s.r.Over() {
				s.d.bad++
				break
			}
		}
		at = end
		if restart < 0 {
			if at < total {
				s.d.bad++
			}
			return n
		}
		n += 2
		at = s.resume(at, interval, restart)
	}
	return n
}

// resume is the MCU behind a restart marker: the intervals before it that are
// missing are passed over.
func (s *scanner) resume(at, interval, restart int) int {
	want := (at/interval - 1) & 7
	if missing := (restart - want) & 7; missing > 0 && missing < 4 {
		s.d.bad++
		return at + missing*interval
	}
	return at
}

// unstuff takes the bytes up to the next marker, without those that are
// stuffed in (B.1.1.5). used is where that marker is; restart is its number if
// it is RST, else below 0.
func (d *Decoder) unstuff(data []byte) (clean []byte, used, restart int) {
	d.scan = d.scan[:0]
	for at := 0; ; {
		i := bytes.IndexByte(data[at:], 0xff)
		if i < 0 || at+i+1 >= len(data) {
			d.scan = append(d.scan, data[at:]...)
			return d.scan, len(data), -1
		}
		d.scan = append(d.scan, data[at:at+i]...)
		at += i
		switch m := data[at+1]; {
		case m == 0:
			d.scan = append(d.scan, 0xff)
			at += 2
		case m == 0xff:
			at++
		case m >= rst0 && m <= rst7:
			return d.scan, at, int(m - rst0)
		default:
			return d.scan, at, -1
		}
	}
}

// mcu decodes one.
func (s *scanner) mcu(x, y int) bool {
	if len(s.of) == 1 {
		return s.block(s.of[0], x, y)
	}
	for _, c := range s.of {
		for v := range c.v {
			for h := range c.h {
				if !s.block(c, x*c.h+h, y*c.v+v) {
					return false
				}
			}
		}
	}
	return true
}

// block decodes a block and writes its samples.
func (s *scanner) block(c *component, x, y int) bool {
	d := s.d
	i := 0
	for i < 2 && &d.components[i] != c {
		i++
	}
	quant := &d.quants[c.quant]
	size := d.tables[0][c.dc].next(&s.r)
	if size < 0 || size > 15 {
		return false
	}
	if size > 0 {
		c.last += extend(int32(s.r.Bits(size)), size) * int32(quant[0])
	}
	d.block[0] = int16(max(-32768, min(c.last, 32767)))
	used, ok := coefficients(&s.r, &d.tables[1][c.ac], quant, &d.block)
	dst := d.planes[i][8*y*d.strides[i]+8*x:]
	if !ok {
		d.block = idct.Block{}
		return false
	}
	idct.Put(dst, d.strides[i], &d.block, used)
	return true
}

// coefficients reads a block's AC coefficients (F.2.2.2) into b, inversely
// quantised. It returns their places, ored together, and false where the data
// break the rules.
func coefficients(r *bits.Reader, t *table, quant *[64]uint16, b *idct.Block) (used int, ok bool) {
	n := 0
	for n < 63 {
		if c := t.coef[r.Peek(lookup)]; c != 0 {
			r.Skip(int(c & 255))
			if n += int(c>>8&255) + 1; n > 63 {
				return used, false
			}
			at := zigzag[n&63]
			used |= int(at)
			b[at] = int16(int32(c) >> 16 * int32(quant[at]))
			continue
		}
		sym := t.next(r)
		if sym < 0 {
			return used, false
		}
		run, size := sym>>4, sym&15
		if size == 0 {
			if run != 15 {
				return used, true // EOB
			}
			n += 16
			continue
		}
		if n += run + 1; n > 63 {
			return used, false
		}
		at := zigzag[n&63]
		used |= int(at)
		b[at] = int16(extend(int32(r.Bits(size)), size) * int32(quant[at]))
	}
	return used, true
}
