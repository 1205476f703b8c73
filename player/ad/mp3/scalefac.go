package mp3

import "linnet/player/internal/mpa"

// scaleFactors are one channel's, in the order of the bit stream: by band
// for long blocks, by band and window for short ones, the long ones first in
// mixed blocks. What is not sent is zero.
type scaleFactors struct {
	value   [39]uint8
	gains   bandGains // what requantize makes of them
	illegal [39]bool  // as is_pos, where there are any: the band is not coded by intensity
}

// Sizes in bits by scalefac_compress, ISO/IEC 11172-3 2.4.2.7.
var (
	slen1 = [16]uint8{0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4}
	slen2 = [16]uint8{0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3}
)

// lsfGroups says how many scale factors have each of four sizes at the low
// sampling rates, by case and kind of block (long, short, mixed), ISO/IEC
// 13818-3 2.4.3.2.
var lsfGroups = [6][3][4]uint8{
	{{6, 5, 5, 5}, {9, 9, 9, 9}, {6, 9, 9, 9}},
	{{6, 5, 7, 3}, {9, 9, 12, 6}, {6, 9, 12, 6}},
	{{11, 10, 0, 0}, {18, 18, 0, 0}, {15, 18, 0, 0}},
	{{7, 7, 7, 0}, {12, 12, 12, 0}, {6, 15, 12, 0}},
	{{6, 6, 6, 3}, {12, 9, 9, 6}, {6, 12, 9, 6}},
	{{8, 8, 5, 0}, {15, 12, 9, 0}, {6, 18, 9, 0}},
}

// read reads the scale factors of a granule. keep is the channel's scfsi
// where the values of the granule before may be used again, else 0. right
// says that it is the right channel of a frame with intensity stereo.
func (s *scaleFactors) read(r *bitReader, h *mpa.Header, g *granule, keep int, right bool) {
	switch {
	case h.Version != mpa.MPEG1:
		s.readLSF(r, g, right)
	case g.short():
		s.readShort(r, g)
	default:
		s.readLong(r, g, keep)
	}
	if right && h.Version == mpa.MPEG1 {
		for i, v := range s.value {
			s.illegal[i] = v == 7
		}
	}
}

func (s *scaleFactors) readLong(r *bitReader, g *granule, keep int) {
	edges := [5]int{0, 6, 11, 16, 21}
	size := [4]uint8{slen1[g.scalefacCompress], slen1[g.scalefacCompress], slen2[g.scalefacCompress], slen2[g.scalefacCompress]}
	for i, n := range size {
		if keep>>(3-i)&1 == 0 {
			s.readRun(r, edges[i], edges[i+1], int(n))
		}
	}
	clear(s.value[21:])
}

func (s *scaleFactors) readShort(r *bitReader, g *granule) {
	first, end := 18, 36
	if g.mixed {
		first, end = 17, 35 // eight long ones and three bands of short ones
	}
	s.readRun(r, 0, first, int(slen1[g.scalefacCompress]))
	s.readRun(r, first, end, int(slen2[g.scalefacCompress]))
	clear(s.value[end:])
}

// readRun reads values of up to five bits, three for each time that the
// reader looks after its bits.
func (s *scaleFactors) readRun(r *bitReader, from, to, size int) {
	run := s.value[from:to]
	if size == 0 {
		clear(run)
		return
	}
	mask := uint8(1)<<(size&7) - 1
	for len(run) >= 3 {
		v := r.bits(3 * size)
		run[0], run[1], run[2] = uint8(v>>(2*size&31)), uint8(v>>(size&31))&mask, uint8(v)&mask
		run = run[3:]
	}
	for i := range run {
		run[i] = uint8(r.bits(size))
	}
}

func (s *scaleFactors) readLSF(r *bitReader, g *granule, right bool) {
	size, groups := lsfSizes(g.scalefacCompress, right)
	g.preflag = groups == 2
	kind := 0
	if g.short() {
		kind = 1
		if g.mixed {
			kind = 2
		}
	}
	at := 0
	for i, n := range lsfGroups[groups][kind] {
		to := at + int(n)
		s.readRun(r, at, to, size[i])
		for ; at < to; at++ {
			s.illegal[at] = int(s.value[at]) == 1<<size[i]-1
		}
	}
	clear(s.value[at:])
	clear(s.illegal[at:])
}

// lsfSizes splits the nine bits of scalefac_compress into four sizes and the
// row of lsfGroups, ISO/IEC 13818-3 2.4.3.2.
func lsfSizes(c int, right bool) (size [4]int, groups int) {
	if right {
		switch c >>= 1; {
		case c < 180:
			return [4]int{c / 36, c % 36 / 6, c % 6}, 3
		case c < 244:
			c -= 180
			return [4]int{c >> 4, c >> 2 & 3, c & 3}, 4
		}
		c -= 244
		return [4]int{c / 3, c % 3}, 5
	}
	switch {
	case c < 400:
		return [4]int{(c >> 4) / 5, (c >> 4) % 5, c >> 2 & 3, c & 3}, 0
	case c < 500:
		c -= 400
		return [4]int{(c >> 2) / 5, (c >> 2) % 5, c & 3}, 1
	}
	c -= 500
	return [4]int{c / 3, c % 3}, 2
}
