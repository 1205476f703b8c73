package mjpeg

import (
	"bytes"

	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/jpeg"
	"linnet/player/internal/runlevel"
)

// decodeScan decodes a scan: its header (B.2.3), and the data that follow it,
// of which it says how many bytes they are.
func (d *Decoder) decodeScan(head, data []byte) (n int, err error) {
	if d.components == nil {
		return 0, malformed("a scan without a frame header")
	}
	if len(head) < 1 || len(head) < 1+2*int(head[0])+3 {
		return 0, malformed("the scan header is too short")
	}
	s := &d.scanner
	*s = scanner{d: d, mcuH: d.mcuH, mcuV: d.mcuV}
	if n := int(head[0]); n != 1 && n != len(d.components) {
		return 0, unsupported("a scan of %d components out of %d", n, len(d.components))
	}
	s.of = s.parts[:head[0]]
	for i := range s.of {
		c := d.find(head[1+2*i])
		t := head[2+2*i]
		if c == nil || t>>4 > 3 || t&15 > 3 {
			return 0, malformed("the scan header names what there is not")
		}
		s.of[i] = d.part(c, t>>4, t&15)
	}
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

// A part is a component in a scan.
type part struct {
	h, v   int // blocks in an MCU, across and down
	plane  []byte
	stride int
	last   int32 // the last DC coefficient
	quant  int32 // that of DC
	dc, ac *jpeg.Table
	scan   runlevel.Scan
}

// part makes ready for a component, with its tables of DC and AC.
func (d *Decoder) part(c *component, dc, ac byte) part {
	i := 0
	for i < len(d.components)-1 && &d.components[i] != c {
		i++
	}
	t := &d.tables[1][ac]
	return part{
		h: c.h, v: c.v, plane: d.planes[i], stride: d.strides[i], quant: int32(d.quants[c.quant][0]), dc: &d.tables[0][dc], ac: t,
		scan: runlevel.Scan{Codes: &t.Codes, Steps: &d.steps[c.quant], Block: (*[64]int16)(&d.block), Mode: runlevel.Plain},
	}
}

// A scanner goes through a scan's MCUs.
type scanner struct {
	d             *Decoder
	parts         [3]part
	of            []part
	mcuH, mcuV    int
	columns, rows int // of MCUs
	r             bits.Reader
}

// measure counts the MCUs. In a scan of one component each block is one, and
// there are none beyond the picture's edge (A.2.2).
func (s *scanner) measure() {
	w, h := s.mcuH*8, s.mcuV*8
	if len(s.of) == 1 {
		c := &s.of[0]
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
		for i := range s.of {
			s.of[i].last = 1024 // 128, the level that samples are shifted by (A.3.1)
		}
		end := min(at+interval, total)
		x, y := at%s.columns, at/s.columns
		for range end - at {
			if !s.mcu(x, y) || s.r.Over() {
				s.d.bad++
				break
			}
			if x++; x == s.columns {
				x, y = 0, y+1
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
		case m >= jpeg.RST0 && m <= jpeg.RST7:
			return d.scan, at, int(m - jpeg.RST0)
		default:
			return d.scan, at, -1
		}
	}
}

// mcu decodes one.
func (s *scanner) mcu(x, y int) bool {
	if len(s.of) == 1 {
		return s.block(&s.of[0], x, y)
	}
	for i := range s.of {
		p := &s.of[i]
		for v := range p.v {
			for h := range p.h {
				if !s.block(p, x*p.h+h, y*p.v+v) {
					return false
				}
			}
		}
	}
	return true
}

// block decodes a block and writes its samples.
func (s *scanner) block(p *part, x, y int) bool {
	diff, ok := p.dc.Difference(&s.r)
	if !ok {
		return false
	}
	b := &s.d.block
	p.last += diff * p.quant
	b[0] = int16(max(-32768, min(p.last, 32767)))
	if !p.coefficients(&s.r) {
		*b = idct.Block{}
		return false
	}
	idct.Put(p.plane[8*y*p.stride+8*x:], p.stride, b, p.scan.Used)
	return true
}

// coefficients reads a block's AC coefficients (F.2.2.2), inversely quantised.
// It reports false where the data break the rules.
func (p *part) coefficients(r *bits.Reader) bool {
	q := &p.scan
	q.N, q.Used = 0, 0
	for q.N < 63 {
		switch q.Read(r) {
		case runlevel.End:
			return true
		case runlevel.Beyond:
			return false
		}
		sym := p.ac.Next(r)
		if sym < 0 {
			return false
		}
		run, size := sym>>4, sym&15
		switch {
		case size > 0:
			if !q.Put(run, jpeg.Extend(int32(r.Bits(size)), size)) {
				return false
			}
		case run == 15:
			q.N += 16
		default:
			return true // EOB
		}
	}
	return true
}
