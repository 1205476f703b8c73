package cover

import (
	"math/bits"

	"linnet/player/internal/jpeg"
)

// Each of these decodes what a scan tells of the block at (x, y), which may be
// padding beyond the component's edge. They report false where the data break the
// rules.

// sequential is F.2.2.
func (s *scanner) sequential(p *part, x, y int) bool {
	if !s.dc(p, x, y) {
		return false
	}
	var b []int16
	if p.inside(x, y) {
		b = p.block(x, y)
	}
	for k := 1; k < 64; k++ {
		symbol, n := p.ac.Find(s.r.peek())
		if n == 0 {
			return false
		}
		s.r.skip(n)
		run, size := symbol>>4, symbol&15
		if size == 0 {
			if run < 15 {
				return true // EOB
			}
			k += 15
			continue
		}
		v := jpeg.Extend(s.r.bits(size), size)
		if k += run; k > 63 {
			return false
		}
		if i := p.keep[k]; b != nil && i != dropped {
			b[i] = int16(v)
		}
	}
	return true
}

// inside says whether a block is not padding.
func (p *plane) inside(x, y int) bool { return x < p.blocksX && y < p.blocksY }

// dc reads the difference to the DC coefficient before (F.2.2.1).
func (s *scanner) dc(p *part, x, y int) bool {
	size, n := p.dc.Find(s.r.peek())
	if n == 0 || size > 15 {
		return false
	}
	s.r.skip(n)
	if size > 0 {
		p.last += jpeg.Extend(s.r.bits(size), size)
	}
	if p.inside(x, y) {
		p.addDC(x, y, p.last<<s.low)
	}
	return true
}

// dcFirst is the first scan of a DC coefficient (G.1.2.1).
func (s *scanner) dcFirst(p *part, x, y int) bool { return s.dc(p, x, y) }

// dcRefine tells one more bit of a DC coefficient. It is 0 until then, also where the
// coefficient is negative, so that it can be added.
func (s *scanner) dcRefine(p *part, x, y int) bool {
	if s.r.flag() && p.inside(x, y) {
		p.addDC(x, y, 1<<s.low)
	}
	return true
}

// acFirst is the first scan of a band of coefficients (G.1.2.2).
func (s *scanner) acFirst(p *part, x, y int) bool {
	if s.run > 0 {
		s.run--
		return true
	}
	b, set := p.block(x, y), &p.set[y*p.blocksX+x]
	for k := s.first; k <= s.last; k++ {
		symbol, n := p.ac.Find(s.r.peek())
		if n == 0 {
			return false
		}
		s.r.skip(n)
		run, size := symbol>>4, symbol&15
		if size == 0 {
			if run < 15 {
				s.run = 1<<run + int(s.r.bits(run)) - 1
				return true
			}
			k += 15
			continue
		}
		v := jpeg.Extend(s.r.bits(size), size)
		if k += run; k > s.last {
			return false
		}
		*set |= 1 << k
		if i := p.keep[k]; i != dropped {
			b[i] = int16(v << s.low)
		}
	}
	return true
}

// acRefine tells one more bit of a band of coefficients (G.1.2.3): of those that are
// not 0, and which ones no longer are.
func (s *scanner) acRefine(p *part, x, y int) bool {
	b, set := p.block(x, y), &p.set[y*p.blocksX+x]
	k := s.first
	for s.run == 0 {
		symbol, n := p.ac.Find(s.r.peek())
		if n == 0 {
			return false
		}
		s.r.skip(n)
		run, size := symbol>>4, symbol&15
		v := int32(0)
		switch {
		case size > 1:
			return false
		case size == 1:
			v = -1 << s.low
			if s.r.flag() {
				v = 1 << s.low
			}
		case run < 15:
			s.run = 1<<run + int(s.r.bits(run))
			continue
		}
		if k = s.correct(p, b, *set, k, run); k > s.last {
			return v == 0
		}
		if v != 0 {
			*set |= 1 << k
			if i := p.keep[k]; i != dropped {
				b[i] = int16(v)
			}
		}
		if k++; k > s.last {
			return true
		}
	}
	s.correct(p, b, *set, k, 64)
	s.run--
	return true
}

// correct reads the corrections of the coefficients from k on that are not 0, and
// passes over zeros of the others. It returns the place of the zero behind these, or
// one behind the band.
func (s *scanner) correct(p *part, b []int16, set uint64, k, zeros int) int {
	for ; k <= s.last; k++ {
		if set>>k&1 == 0 {
			if zeros == 0 {
				return k
			}
			// All zeros up to the next coefficient at once.
			n := min(bits.TrailingZeros64(set>>k), zeros)
			zeros -= n
			k += n - 1
			continue
		}
		if !s.r.flag() {
			continue
		}
		if i := p.keep[k]; i != dropped {
			if b[i] >= 0 {
				b[i] += 1 << s.low
			} else {
				b[i] -= 1 << s.low
			}
		}
	}
	return min(k, s.last+1)
}
