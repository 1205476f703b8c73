package vorbis

// Floor is the set-up of a floor, of type 0 or 1: the other one is nil.
type Floor struct {
	Zero *Floor0
	One  *Floor1
}

// Floor0 is the set-up of a floor of line spectral pairs, clause 6.2.1.
type Floor0 struct {
	Order           int // 1 or more
	Rate            int
	MapSize         int // 1 or more
	AmplitudeBits   int
	AmplitudeOffset int
	Books           []int16
}

// Floor1 is the set-up of a floor of straight lines, clause 7.2.2.
type Floor1 struct {
	Partitions []uint8 // the class of each
	Classes    []Class
	Multiplier int      // 1 to 4
	X          []uint16 // where the points stand, in the order of the packet: the ends first
	Sorted     []uint8  // indices of X, in the order of where the points stand
}

// Class is a class of partitions: Dims points each of one of 1<<Subclasses
// codebooks, which Master chooses.
type Class struct {
	Dims, Subclasses int
	Master           int16
	Books            [8]int16
}

// MaxPoints is how many points a floor of lines may have, clause 7.2.2.
const MaxPoints = 65

func (p *parser) floor() Floor {
	switch p.bits(16) {
	case 0:
		return Floor{Zero: p.floor0()}
	case 1:
		return Floor{One: p.floor1()}
	}
	p.fail("a floor of unknown type")
	return Floor{}
}

func (p *parser) floor0() *Floor0 {
	f := &Floor0{Order: p.bits(8), Rate: p.bits(16), MapSize: p.bits(16), AmplitudeBits: p.bits(6), AmplitudeOffset: p.bits(8)}
	for n := p.bits(4) + 1; n > 0; n-- {
		f.Books = append(f.Books, p.valueBook())
	}
	if f.Order == 0 || f.Rate == 0 || f.MapSize == 0 {
		p.fail("a floor without order, rate or size")
	}
	return f
}

func (p *parser) floor1() *Floor1 {
	f := &Floor1{}
	classes := 0
	for n := p.bits(5); n > 0; n-- {
		c := p.bits(4)
		classes = max(classes, c+1)
		f.Partitions = append(f.Partitions, uint8(c))
	}
	for range classes {
		f.Classes = append(f.Classes, p.class())
	}
	f.Multiplier = p.bits(2) + 1
	rangeBits := p.bits(4)
	f.X = append(f.X, 0, uint16(1<<rangeBits))
	for _, c := range f.Partitions {
		for range f.Classes[c].Dims {
			f.X = append(f.X, uint16(p.bits(rangeBits)))
		}
	}
	if len(f.X) > MaxPoints {
		p.fail("a floor has too many points")
		return f
	}
	f.sort()
	for i, at := range f.Sorted[1:] {
		if f.X[at] == f.X[f.Sorted[i]] {
			p.fail("a floor has two points in one place")
		}
	}
	return f
}

// sort fills Sorted, by insertion: the points are few and partly in order.
func (f *Floor1) sort() {
	for i, x := range f.X {
		f.Sorted = append(f.Sorted, 0)
		for ; i > 0 && f.X[f.Sorted[i-1]] > x; i-- {
			f.Sorted[i] = f.Sorted[i-1]
		}
		f.Sorted[i] = uint8(len(f.Sorted) - 1)
	}
}

func (p *parser) class() Class {
	c := Class{Dims: p.bits(3) + 1, Subclasses: p.bits(2), Master: None}
	if c.Subclasses > 0 {
		c.Master = p.book()
	}
	for i := range 1 << c.Subclasses {
		c.Books[i] = int16(p.below(8, len(p.Books)+1, "codebook")) - 1
	}
	return c
}
