package mpeg2

import (
	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/mpegvideo"
	"linnet/player/internal/runlevel"
)

// residual is all that the coefficients of a block depend on.
type residual struct {
	runlevel.Scan
	ladder runlevel.Ladder
	long   *[1024]uint32 // for the longest codes
	mpeg1  bool          // escapes of 8 or 16 bits
}

// The multipliers of the quantisers (table 7-6): linear ones are doubled where
// MPEG-1 writes them single.
var (
	linear = [32]uint8{
		0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30,
		32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62,
	}
	nonLinear = [32]uint8{
		0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22,
		24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 96, 104, 112,
	}
)

// prepare sets what all blocks of a picture have in common.

func (q *residual) prepare(d *Decoder, half int32, matrix *mpegvideo.Matrix, one bool) {
	q.Block, q.Half = (*[64]int16)(&d.block), half
	q.Codes, q.Long, q.Zeros, q.long = &zeroShort, &zeroSigned, 6, &zeroLong
	if one {
		q.Codes, q.Long, q.long = &oneShort, &oneSigned, &oneLong
	}
	q.mpeg1, q.Mode = !d.seq.MPEG2, runlevel.Even
	if q.mpeg1 {
		q.Mode = runlevel.Odd
	}
	scan, scales := &mpegvideo.Zigzag, &linear
	if d.pic.Alternate {
		scan = &mpegvideo.Alternate
	}
	if d.pic.NonLinear {
		scales = &nonLinear
	}
	q.ladder.Set(scan, (*[64]uint8)(matrix), scales)
}

// coefficients reads a block's coefficients, inversely quantised (7.2 to 7.4),
// from the first-th on to its end. Used and Sum are those of these. It reports
// false where the data break the rules.
func (q *residual) coefficients(r *bits.Reader, first int) bool {
	q.N, q.Used, q.Sum = first-1, 0, 0
	for {
		switch q.Read(r) {
		case runlevel.End:
			return true
		case runlevel.Beyond:
			return false
		}
		run, level := q.next(r)
		if level == 0 || !q.Put(run, level) {
			return false
		}
	}
}

// next reads one run and level whose code is long, or an escape. Level 0 is an
// error.
func (q *residual) next(r *bits.Reader) (run int, level int32) {
	w := r.Peek(17)
	switch w >> 11 {
	case 0: // long
	case 1:
		r.Skip(6)
		return q.escaped(r)
	default:
		return 0, 0
	}
	c := q.long[w>>1&1023]
	n := int(c & 255)
	r.Skip(n)
	level = int32(c >> 16)
	if n != 0 && w>>(17-uint(n))&1 != 0 {
		level = -level
	}
	return int(c >> 8 & 255), level
}

// escaped reads what follows an escape (table B.16, and 11172-2, B.5g).
func (q *residual) escaped(r *bits.Reader) (run int, level int32) {
	run = int(r.Bits(6))
	if !q.mpeg1 {
		level = r.Signed(12)
		return run, level
	}
	switch level = r.Signed(8); level {
	case 0:
		level = int32(r.Bits(8))
	case -128:
		level = int32(r.Bits(8)) - 256
	}
	return run, level
}

// intraBlock decodes block i of an intra macroblock and writes it at dst.
func (d *Decoder) intraBlock(i int, dst []byte, stride int) bool {
	component, sizes, width := 0, lumaSizes[:], 9
	if i >= 4 {
		component, sizes, width = i-3, chromaSizes[:], 10
	}
	diff, ok := readDC(&d.r, sizes, width)
	d.dc[component] += diff
	dc := int16(d.dc[component] << (11 - d.pic.DCPrecision))
	if !ok {
		return false
	}
	d.block[0] = dc
	if d.pic.Type == mpegvideo.D {
		idct.Put(dst, stride, &d.block, 0)
		return true
	}
	if !d.intra.coefficients(&d.r, 1) {
		d.block = idct.Block{}
		return false
	}
	idct.Put(dst, stride, &d.block, d.control(&d.intra, int32(dc)))
	return true
}

// readDC reads a DC coefficient's difference (7.2.1).
func readDC(r *bits.Reader, sizes []uint16, width int) (diff int32, ok bool) {
	c := sizes[r.Peek(width)]
	if c == 0 {
		return 0, false
	}
	r.Skip(int(c & 15))
	n := int(c >> 4)
	if n == 0 {
		return 0, true
	}
	v := int32(r.Bits(n))
	if v>>(n-1) == 0 {
		v -= 1<<n - 1
	}
	return v, true
}

// interBlock decodes a block of differences and adds it to the prediction at
// dst.
func (d *Decoder) interBlock(dst []byte, stride int) bool {
	first := 0
	if d.r.Peek(1) != 0 {
		// The first code of table B.14 has its short form here.
		level := 1 - 2*int32(d.r.Bits(2)&1)
		d.inter.N, d.inter.Sum = -1, 0
		d.inter.Put(0, level)
		first = 1
	}
	dc := int32(d.block[0])
	if !d.inter.coefficients(&d.r, first) {
		d.block = idct.Block{}
		return false
	}
	idct.Add(dst, stride, &d.block, d.control(&d.inter, dc))
	return true
}

// control is 7.4.4, for a block whose first coefficient is not among those of
// q. It returns the block's places, ored together.
func (d *Decoder) control(q *residual, dc int32) (used int) {
	if d.seq.MPEG2 && (q.Sum+dc)&1 == 0 {
		d.block[63] ^= 1
		return 63
	}
	return q.Used
}
