package vo

// A stretch says of which samples of a line, or of which lines, those of
// another count are made: of two beside each other, weighed, or where they
// become fewer by half or more, of the mean of some.
type stretch struct {
	same  bool    // each is its own; the rest is not used
	first []int32 // for each, the first that it is made of
	part  []uint8 // and in 256ths what the second one weighs
	many  int     // or of how many it is the mean; 0 where two are weighed
}

// set prepares for n samples made of those from lo to hi.
func (s *stretch) set(lo, hi, n int) {
	size := hi - lo
	s.same = size == n && lo == 0
	s.many = 0
	if n > 0 && size >= 2*n {
		s.many = size / n
	}
	s.first, s.part = s.first[:0], s.part[:0]
	for i := range n {
		if s.many > 0 {
			first := lo + int((int64(2*i+1)*int64(size)/int64(n)-int64(s.many))/2)
			s.first = append(s.first, int32(min(max(first, lo), hi-s.many)))
			continue
		}
		// Centres lie on centres. In 256ths of a sample:
		at := (int64(2*i+1)*int64(size)*128)/int64(n) - 128
		at = min(max(at, 0), int64(size-1)*256)
		s.first = append(s.first, int32(lo+int(at>>8)))
		s.part = append(s.part, uint8(at))
	}
}

// A plane is one of a picture's, to be read line by line in another size.
type plane struct {
	x, y   stretch
	pix    []uint8
	stride int
	width  int // of the picture's plane, in samples
	mixed  []uint8
	sums   []uint32
	out    [2][]uint8
}

// prepare sets the sizes: the part lo to hi of the plane becomes n samples.
func (p *plane) prepare(xlo, xhi, nx, ylo, yhi, ny, width int) {
	p.x.set(xlo, xhi, nx)
	p.y.set(ylo, yhi, ny)
	p.width = width
	p.mixed = make([]uint8, width)
	p.sums = make([]uint32, width)
	for i := range p.out {
		p.out[i] = make([]uint8, nx)
	}
}

// same says whether the lines of the picture are used as they are.
func (p *plane) same() bool { return p.x.same && p.y.same }

// row is a line as it is in the picture.
func (p *plane) row(y int) []uint8 { return p.pix[y*p.stride:][:p.width] }

// line is a line of the wanted size. It is valid until the next call with the
// same number, 0 or 1.
func (p *plane) line(y, number int) []uint8 {
	row := p.vertical(y)
	if p.x.same {
		if len(p.mixed) > 0 && &row[0] == &p.mixed[0] {
			copy(p.out[number], row)
			return p.out[number]
		}
		return row
	}
	p.x.apply(p.out[number], row)
	return p.out[number]
}

// vertical makes a line of the picture's width.
func (p *plane) vertical(y int) []uint8 {
	if p.y.same {
		return p.row(y)
	}
	first := int(p.y.first[y])
	if p.y.many > 0 {
		return p.mean(first)
	}
	part := uint32(p.y.part[y])
	if part == 0 {
		return p.row(first)
	}
	upper, lower := p.row(first), p.row(first+1)
	out := p.mixed[:len(upper)]
	lower = lower[:len(upper)]
	for i, v := range upper {
		out[i] = uint8((uint32(v)*(256-part) + uint32(lower[i])*part + 128) >> 8)
	}
	return out
}

// mean is the mean of lines.
func (p *plane) mean(first int) []uint8 {
	sums := p.sums
	clear(sums)
	for i := range p.y.many {
		for x, v := range p.row(first + i)[:len(sums)] {
			sums[x] += uint32(v)
		}
	}
	scale := uint32(1 << 16 / p.y.many)
	out := p.mixed[:len(sums)]
	for x, v := range sums {
		out[x] = uint8((v*scale + 1<<15) >> 16)
	}
	return out
}

// apply makes dst of row.
func (s *stretch) apply(dst, row []uint8) {
	first := s.first[:len(dst)]
	if s.many > 0 {
		scale := uint32(1 << 16 / s.many)
		for i := range dst {
			var sum uint32
			for _, v := range row[first[i]:][:s.many] {
				sum += uint32(v)
			}
			dst[i] = uint8((sum*scale + 1<<15) >> 16)
		}
		return
	}
	part := s.part[:len(dst)]
	for i := range dst {
		at, f := first[i], uint32(part[i])
		v := uint32(row[at]) << 8
		if f > 0 {
			v += uint32(row[at+1])*f - uint32(row[at])*f
		}
		dst[i] = uint8((v + 128) >> 8)
	}
}
