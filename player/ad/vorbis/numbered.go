package vorbis

import "linnet/player/internal/vorbis"

// numbered says of which codebooks the numbers of the entries are of use by
// themselves, not only the vectors.
func numbered(s *vorbis.Setup) []bool {
	used := make([]bool, len(s.Books))
	mark := func(number int16) {
		if number >= 0 {
			used[number] = true
		}
	}
	for i := range s.Residues {
		mark(s.Residues[i].Class)
	}
	for _, f := range s.Floors {
		if f.Zero != nil { // which has vectors of its own for them
			for _, number := range f.Zero.Books {
				mark(number)
			}
			continue
		}
		for i := range f.One.Classes {
			c := &f.One.Classes[i]
			mark(c.Master)
			for _, number := range c.Books {
				mark(number)
			}
		}
	}
	return used
}
