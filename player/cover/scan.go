package cover

import (
	"linnet/player/internal/jpeg"
)

// scanner goes through a scan.
type scanner struct {
	d      *jpegDecoder
	r      bitReader
	of     [maxComponents]part
	n      int // parts
	decode func(s *scanner, p *part, x, y int) bool

	first, last int // the band of coefficients (Ss, Se)
	low         int // the bit that they begin at (Al)
	run         int // blocks without coefficients to come (EOBRUN)
}

// part is a component in a scan.
type part struct {
	*plane
	dc, ac *jpeg.Table
}

// scan reads a scan: its header (B.2.3), and the data that follow it, of which it
// says how many bytes they are. They are 0 where nothing of them is needed.
func (d *jpegDecoder) scan(head, data []byte) (n int, err error) {
	if d.planes == nil {
		return 0, malformed("a scan without a frame header")
	}
	s := scanner{d: d, r: bitReader{data: data}}
	if err := s.header(head); err != nil {
		return 0, err
	}
	for i := range s.of[:s.n] {
		s.of[i].latch(d)
	}
	if s.first > 0 && s.of[0].summed() {
		return 0, nil // it tells nothing of means
	}
	s.intervals()
	return s.r.at, nil
}

// latch takes the quantisation table that holds when a component's first scan begins.
func (p *plane) latch(d *jpegDecoder) {
	if !p.latched {
		p.quant, p.latched = d.quants[p.quantID], true
	}
}

func (s *scanner) header(b []byte) error {
	if len(b) < 1 || len(b) < 1+2*int(b[0])+3 {
		return malformed("the scan header is too short")
	}
	s.n = int(b[0])
	if s.n < 1 || s.n > len(s.d.planes) {
		return malformed("a scan of %d components out of %d", s.n, len(s.d.planes))
	}
	for i := range s.of[:s.n] {
		p, t := s.d.find(b[1+2*i]), b[2+2*i]
		if p == nil || t>>4 > 3 || t&15 > 3 {
			return malformed("the scan header names what there is not")
		}
		for k := range i {
			if s.of[k].plane == p {
				return malformed("a component is in a scan twice")
			}
		}
		s.of[i] = part{p, &s.d.tables[0][t>>4], &s.d.tables[1][t&15]}
	}
	b = b[1+2*s.n:]
	return s.choose(int(b[0]), int(b[1]), int(b[2]>>4), int(b[2]&15))
}

func (d *jpegDecoder) find(id byte) *plane {
	for i := range d.planes {
		if d.planes[i].id == id {
			return &d.planes[i]
		}
	}
	return nil
}

// choose finds the procedure for blocks (G.1.2).
func (s *scanner) choose(first, last, high, low int) error {
	if !s.d.progressive {
		s.last, s.decode = 63, (*scanner).sequential
		return nil
	}
	s.first, s.last, s.low = first, last, low
	switch {
	case first > last || last > 63 || first == 0 && last > 0 || first > 0 && s.n > 1 || low > 13 || high > 0 && high != low+1:
		return malformed("a scan of coefficients %d to %d, bits %d to %d", first, last, high, low)
	case first == 0 && high == 0:
		s.decode = (*scanner).dcFirst
	case first == 0:
		s.decode = (*scanner).dcRefine
	case high == 0:
		s.decode = (*scanner).acFirst
	default:
		s.decode = (*scanner).acRefine
	}
	return nil
}

// intervals decodes all restart intervals (E.2.4). Damage costs what is left of its
// own.
func (s *scanner) intervals() {
	columns, rows := s.mcus()
	total := columns * rows
	interval := s.d.interval
	if interval == 0 {
		interval = total
	}
	left := stepMCUs // of this step
	for at := 0; at < total; {
		s.run = 0
		for i := range s.of[:s.n] {
			s.of[i].last = 0
		}
		end := min(at+interval, total)
		x, y := at%columns, at/columns
		for range end - at {
			if !s.mcu(x, y) || s.r.over() {
				s.d.bad++
				break
			}
			if x++; x == columns {
				x, y = 0, y+1
			}
			if left--; left == 0 {
				left = stepMCUs
				s.d.rest()
			}
		}
		at = end
		if at < total {
			if at = s.resume(at, interval); at == 0 {
				s.d.bad++
				return
			}
		}
	}
}

// resume is the MCU behind the next restart marker, 0 where there is none: the
// intervals before it that are missing are passed over.
func (s *scanner) resume(at, interval int) int {
	number := s.r.restart()
	if number < 0 {
		return 0
	}
	want := (at/interval - 1) & 7
	if missing := (number - want) & 7; missing > 0 && missing < 4 {
		s.d.bad++
		return at + missing*interval
	}
	return at
}

// mcus counts the scan's MCUs. In a scan of one component each block is one, and
// there are none beyond the picture's edge (A.2.2).
func (s *scanner) mcus() (columns, rows int) {
	if s.n == 1 {
		return s.of[0].blocksX, s.of[0].blocksY
	}
	return ceil(s.d.width, 8*s.d.maxH), ceil(s.d.height, 8*s.d.maxV)
}

func (s *scanner) mcu(x, y int) bool {
	if s.n == 1 {
		return s.decode(s, &s.of[0], x, y)
	}
	for i := range s.of[:s.n] {
		p := &s.of[i]
		for v := range p.v {
			for h := range p.h {
				if !s.decode(s, p, x*p.h+h, y*p.v+v) {
					return false
				}
			}
		}
	}
	return true
}
