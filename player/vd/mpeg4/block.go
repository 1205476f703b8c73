package mpeg4

import (
	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/mpegvideo"
	"linnet/player/internal/runlevel"
)

// horizontal is the scan of blocks predicted from above (figure 7-3). That of
// blocks predicted from the left is mpegvideo.Alternate.
var horizontal = [64]uint8{
	0, 1, 2, 3, 8, 9, 16, 17, 10, 11, 4, 5, 6, 7, 15, 14,
	13, 12, 19, 18, 24, 25, 32, 33, 26, 27, 20, 21, 22, 23, 28, 29,
	30, 31, 34, 35, 40, 41, 48, 49, 42, 43, 36, 37, 38, 39, 44, 45,
	46, 47, 50, 51, 56, 57, 58, 59, 52, 53, 54, 55, 60, 61, 62, 63,
}

// What DC coefficients are multiplied by, by quantiser (table 7-1).
var (
	lumaScale   = [32]uint8{0, 8, 8, 8, 8, 10, 12, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 36, 38, 40, 42, 44, 46}
	chromaScale = [32]uint8{0, 8, 8, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15, 16, 16, 17, 17, 18, 18, 19, 20, 21, 22, 23, 24, 25}
)

// A border block is what predicts others of an intra block (7.4.3).
type edges struct {
	dc        int16
	row, left [8]int16 // its first row and column, quantised; the first of each is not used
}

// A place says which block predicts: columns and rows to go, and the block.
type place struct{ x, y, block int }

// sources are, for each block, those to the left, above that, and above.
var sources = [6][3]place{
	{{-1, 0, 1}, {-1, -1, 3}, {0, -1, 2}},
	{{0, 0, 0}, {0, -1, 2}, {0, -1, 3}},
	{{-1, 0, 3}, {-1, 0, 1}, {0, 0, 0}},
	{{0, 0, 2}, {0, 0, 0}, {0, 0, 1}},
	{{-1, 0, 4}, {-1, -1, 4}, {0, -1, 4}},
	{{-1, 0, 5}, {-1, -1, 5}, {0, -1, 5}},
}

// none predicts where there is no block, or one that is not intra.
var none = edges{dc: 1024}

// source is a block that predicts, and its macroblock's quantiser.
func (d *Decoder) source(p place) (e *edges, quant int32) {
	x, at := d.x+p.x, d.at+p.x+p.y*d.columns
	if x < 0 || at < d.first || !d.cur.macros[at].intra {
		return &none, d.quant
	}
	return &d.edges[at*6+p.block], int32(d.cur.macros[at].quant)
}

// A residual is what the coefficients of blocks depend on.
type residual struct {
	levels      runlevel.Scan // of intra blocks, which are predicted before they are dequantised
	differences runlevel.Scan // of the others, dequantised
	ladder      runlevel.Ladder
	zigzag      runlevel.Steps // of levels, by scan
	alternate   runlevel.Steps
	horizontal  runlevel.Steps
}

// init sets what holds for all blocks, which are decoded in b.
func (t *residual) init(b *idct.Block) {
	var ones [64]uint16
	for i := range ones {
		ones[i] = 1
	}
	t.zigzag.Set(&mpegvideo.Zigzag, &ones, false)
	t.alternate.Set(&mpegvideo.Alternate, &ones, false)
	t.horizontal.Set(&horizontal, &ones, false)
	t.levels = runlevel.Scan{Codes: &intraShort, Block: (*[64]int16)(b), Mode: runlevel.Plain}
	t.differences = runlevel.Scan{Codes: &interShort, Long: &interLong, Zeros: 3, Block: (*[64]int16)(b)}
}

// doubles are what the inverse quantisers multiply by.
var doubles = [32]uint8{
	0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30,
	32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62,
}

// flat are the weights of the second way to quantise.
var flat = [64]uint8{
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
}

// prepare sets what the blocks of a plane have in common.
func (t *residual) prepare(l *layer, alternate bool) {
	scan, weights := &mpegvideo.Zigzag, &flat
	if alternate {
		scan = &mpegvideo.Alternate
	}
	t.differences.Mode = runlevel.Linear
	if l.mpegQuant {
		weights = (*[64]uint8)(&l.inter)
		t.differences.Mode, t.differences.Half = runlevel.Even, 1
	}
	t.ladder.Set(scan, weights, &doubles)
}

// quantiser sets that of the next block of differences.
func (t *residual) quantiser(quant int32) {
	t.differences.Steps = t.ladder.At(quant)
	if t.differences.Mode == runlevel.Linear {
		t.differences.Half = (quant - 1) | 1
	}
}

// coefficients reads a block's coefficients from the n-th on (6.2.8, 7.4.1). It
// reports false where the data break the rules.
func (d *Decoder) coefficients(s *runlevel.Scan, n int, intra bool) bool {
	if d.layer.short {
		return d.shortCoefficients(s, n)
	}
	s.N, s.Used, s.Sum = n-1, 0, 0
	reversible := d.part != nil && d.layer.reversible
	for {
		if !reversible {
			switch s.Read(&d.r) {
			case runlevel.End:
				return true
			case runlevel.Beyond:
				return false
			}
		}
		run, level, last, ok := code(&d.r, intra, reversible)
		if !ok || !s.Put(run, level) {
			return false
		}
		if last {
			return true
		}
	}
}

// code reads one code, whatever its length.
func code(r *bits.Reader, intra, reversible bool) (run int, level int32, last, ok bool) {
	if reversible {
		return reversibleCode(r, intra)
	}
	table := &interCoefs
	if intra {
		table = &intraCoefs
	}
	w := r.Peek(13)
	c := table[w>>1]
	length := int(c & 255)
	level = int32(c >> 8 & 255)
	switch {
	case length == 0:
		return 0, 0, false, false
	case level == 0:
		r.Skip(length)
		return escaped(r, table, intra)
	}
	r.Skip(length + 1)
	if w>>(12-uint(length))&1 != 0 {
		level = -level
	}
	return int(c >> 16 & 255), level, c>>24 != 0, true
}

// escaped reads what follows an escape: a code whose level or run is to be
// made larger, or all of it at full length (7.4.1.3).
func escaped(r *bits.Reader, table *[4096]uint32, intra bool) (run int, level int32, end, ok bool) {
	mode := r.Peek(2)
	if mode == 3 {
		r.Skip(2)
		end = r.Flag()
		run = int(r.Bits(6))
		if !r.Flag() {
			return run, 0, end, false
		}
		level = r.Signed(12)
		return run, level, end, r.Flag() && level != 0
	}
	r.Skip(1 + int(mode>>1))
	c := table[r.Peek(12)]
	length := int(c & 255)
	level = int32(c >> 8 & 255)
	if length == 0 || level == 0 {
		return 0, 0, false, false
	}
	r.Skip(length)
	run, end = int(c>>16&255), c>>24 != 0
	levels, runs := &interLevels, &interRuns
	if intra {
		levels, runs = &intraLevels, &intraRuns
	}
	last := c >> 24 & 1
	if mode>>1 == 0 {
		level += int32(levels[last][run&63])
	} else {
		run += int(runs[last][level&63]) + 1
	}
	if r.Flag() {
		level = -level
	}
	return run, level, end, true
}

// difference is that of block i's DC coefficient: what comes next, or what an
// earlier part of the packet said.
func (d *Decoder) difference(i int) (diff int32, ok bool) {
	if d.part != nil {
		return int32(d.part.dc[i]), true
	}
	return d.readDC(i)
}

// readDC reads a DC coefficient's difference (6.2.8).
func (d *Decoder) readDC(i int) (diff int32, ok bool) {
	c := uint16(0)
	if i < 4 {
		c = lumaSizes[d.r.Peek(11)]
	} else {
		c = chromaSizes[d.r.Peek(12)]
	}
	if c == 0 {
		return 0, false
	}
	d.r.Skip(int(c & 15))
	n := int(c >> 4)
	if n == 0 {
		return 0, true
	}
	diff = int32(d.r.Bits(n))
	if diff>>(n-1) == 0 {
		diff -= 1<<n - 1
	}
	if n > 8 && !d.r.Flag() {
		return diff, false
	}
	return diff, true
}

// intraBlock decodes block i of an intra macroblock and writes its samples.
// acPred says whether its edges are predicted; coded, whether it has
// coefficients; dcCode, whether DC has a code of its own.
func (d *Decoder) intraBlock(i int, acPred, coded, dcCode bool, dst []byte, stride int) bool {
	scale := int32(lumaScale[d.quant])
	if i >= 4 {
		scale = int32(chromaScale[d.quant])
	}
	left, leftQuant := d.source(sources[i][0])
	corner, _ := d.source(sources[i][1])
	above, aboveQuant := d.source(sources[i][2])
	fromLeft := abs(int32(left.dc)-int32(corner.dc)) >= abs(int32(corner.dc)-int32(above.dc))
	b := &d.block
	dc, ok, first, used := int32(0), true, 0, 0
	q := &d.residual.levels
	if dcCode {
		dc, ok = d.difference(i)
		first = 1
	}
	if ok && coded {
		q.Steps = d.scan(acPred, fromLeft)
		ok = d.coefficients(q, first, true)
		used = q.Used
	}
	if !ok {
		*b = idct.Block{}
		return false
	}
	if !dcCode {
		dc = int32(b[0])
	}
	e := &d.edges[d.at*6+i]
	pred, quant := above, aboveQuant
	if fromLeft {
		pred, quant = left, leftQuant
	}
	dc = (dc + (int32(pred.dc)+scale>>1)/scale) * scale
	dc = max(-2048, min(dc, 2047))
	e.dc = int16(dc)
	if acPred {
		d.predictEdge(b, pred, quant, fromLeft)
		if fromLeft {
			used |= 7 * 8
		} else {
			used |= 7
		}
	}
	copy(e.row[:], b[:8])
	for k := 1; k < 8; k++ {
		e.left[k] = b[8*k]
	}
	b[0] = 0
	used |= d.dequantiseIntra(b, dc, used)
	idct.Put(dst, stride, b, used)
	return true
}

func abs(v int32) int32 { return max(v, -v) }

// scan is the order of an intra block's coefficients.
func (d *Decoder) scan(acPred, fromLeft bool) *runlevel.Steps {
	switch {
	case d.plane.alternate || acPred && fromLeft:
		return &d.residual.alternate
	case acPred:
		return &d.residual.horizontal
	}
	return &d.residual.zigzag
}

// predictEdge adds the row or column of the block that predicts, brought to
// this one's quantiser (7.4.3.3).
func (d *Decoder) predictEdge(b *idct.Block, from *edges, quant int32, fromLeft bool) {
	for k := 1; k < 8; k++ {
		at, v := k, int32(from.row[k])
		if fromLeft {
			at, v = 8*k, int32(from.left[k])
		}
		if quant != d.quant {
			v = nearest(v*quant, d.quant)
		}
		b[at] = int16(max(-2048, min(int32(b[at])+v, 2047)))
	}
}

// nearest divides, with halves away from zero.
func nearest(v, by int32) int32 {
	if v < 0 {
		return -((-v + by>>1) / by)
	}
	return (v + by>>1) / by
}

// dequantiseIntra is 7.4.4 for a block whose DC is known, and whose other
// coefficients are where used says. It returns the place of one that it makes.
func (d *Decoder) dequantiseIntra(b *idct.Block, dc int32, used int) (made int) {
	sum := dc
	lines := 8
	for lines > 1 && used < 4*lines {
		lines /= 2
	}
	for i, level := range b[:8*lines] {
		if level == 0 {
			continue
		}
		v := int32(level)
		if d.layer.mpegQuant {
			v = v * d.quant * int32(d.layer.intra[i]) / 8
		} else {
			v = d.byQuant(v)
		}
		v = max(-2048, min(v, 2047))
		b[i] = int16(v)
		sum += v
	}
	b[0] = int16(dc)
	if d.layer.mpegQuant && sum&1 == 0 {
		b[63] ^= 1
		return 63
	}
	return 0
}

// byQuant is the second way to quantise (7.4.4.2).
func (d *Decoder) byQuant(v int32) int32 {
	odd := (d.quant - 1) | 1
	if v < 0 {
		return 2*d.quant*v - odd
	}
	return 2*d.quant*v + odd
}

// interBlock decodes a block of differences and adds it at dst.
func (d *Decoder) interBlock(dst []byte, stride int) bool {
	b, q := &d.block, &d.residual.differences
	d.residual.quantiser(d.quant)
	if !d.coefficients(q, 0, false) {
		*b = idct.Block{}
		return false
	}
	used := q.Used
	if d.layer.mpegQuant && q.Sum&1 == 0 {
		b[63] ^= 1
		used = 63
	}
	idct.Add(dst, stride, b, used)
	return true
}
