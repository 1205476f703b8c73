package vorbis

// Residue is the set-up of a residue, clause 8.6.1.
type Residue struct {
	Type       int // 0, 1 or 2
	Begin, End int
	Partition  int      // values in each
	Class      int16    // the codebook of classifications
	Books      []Stages // by classification
}

// Stages are the codebooks of the eight passes over a partition.
type Stages [8]int16

func (p *parser) residue() Residue {
	r := Residue{Type: p.below(16, 3, "type of residue"), Begin: p.bits(24), End: p.bits(24), Partition: p.bits(24) + 1}
	n := p.bits(6) + 1
	r.Class = p.book()
	if r.Begin > r.End {
		p.fail("a residue ends before it begins")
	}
	cascade := make([]int, n)
	for i := range cascade {
		cascade[i] = p.bits(3)
		if p.bits(1) != 0 {
			cascade[i] |= p.bits(5) << 3
		}
	}
	for _, c := range cascade {
		var s Stages
		for i := range s {
			if s[i] = None; c>>i&1 != 0 {
				s[i] = p.valueBook()
			}
		}
		r.Books = append(r.Books, s)
	}
	if p.err == nil && p.Books[r.Class].Dims == 0 {
		p.fail("classifications without any")
	}
	return r
}
