package mpeg2

import (
	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/mpegvideo"
)

// A coefficient is an entry of a table of run and level: level<<16 | run<<8 |
// length, the level signed. Length 0 is no code.
type coefficient uint32

// The runs that are none; internal/gen has them, too.
const (
	escape     = 64
	endOfBlock = 65
)

// residual is all that the coefficients of a block depend on.
type residual struct {
	short  *[512]coefficient
	long   *[1024]coefficient
	scan   *[64]uint8
	matrix *mpegvideo.Matrix
	scale  int32 // twice the quantiser_scale of MPEG-1, or that of MPEG-2
	half   int32 // what is added to twice the level: 1, or 0 in intra blocks
	mpeg1  bool  // escapes of 8 or 16 bits, and oddification
}

// coefficients reads a block's coefficients from the first-th on to its end,
// and puts them into b, inversely quantised (7.2 to 7.4). It returns their
// places, ored together, and their sum, and false where the data break the
// rules.
func (q *residual) coefficients(r *bits.Reader, b *idct.Block, first int) (used int, sum int32, ok bool) {
	return q.coefficientsGeneric(r, b, first)
}

func (q *residual) coefficientsGeneric(r *bits.Reader, b *idct.Block, first int) (used int, sum int32, ok bool) {
	n := first - 1
	for {
		run, level := q.next(r)
		if run == endOfBlock {
			return used, sum, true
		}
		n += run + 1
		if n > 63 || level == 0 {
			return used, sum, false
		}
		at := q.scan[n] & 63
		v := q.dequantise(level, int32(q.matrix[at]))
		b[at] = int16(v)
		used |= int(at)
		sum += v
	}
}

// next reads one run and level. Level 0 is an error.
func (q *residual) next(r *bits.Reader) (run int, level int32) {
	w := r.Peek(17)
	if w>>11 != 0 {
		c := q.short[w>>8]
		r.Skip(int(c & 255))
		if run = int(c >> 8 & 255); run == escape {
			return q.escaped(r)
		}
		return run, int32(c) >> 16
	}
	c := q.long[w>>1&1023]
	n := int(c & 255)
	r.Skip(n)
	level = int32(c) >> 16
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

// dequantise is 7.4.2 and 7.4.3, and for MPEG-1 11172-2, 2.4.4.1 and 2.4.4.2.
func (q *residual) dequantise(level, weight int32) int32 {
	sign := level >> 31
	v := ((level^sign-sign)*2 + q.half) * q.scale * weight >> 5
	if q.mpeg1 && v&1 == 0 && v != 0 {
		v--
	}
	v = v ^ sign - sign
	return max(-2048, min(v, 2047))
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
	used, rest, ok := d.intra.coefficients(&d.r, &d.block, 1)
	if !ok {
		d.block = idct.Block{}
		return false
	}
	sum := int32(dc) + rest
	if d.seq.MPEG2 && sum&1 == 0 {
		d.block[63] ^= 1 // 7.4.4
		used = 63
	}
	idct.Put(dst, stride, &d.block, used)
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
		level := int32(1)
		if d.r.Bits(2)&1 != 0 {
			level = -1
		}
		d.block[0] = int16(d.inter.dequantise(level, int32(d.inter.matrix[0])))
		first = 1
	}
	sum := int32(d.block[0])
	used, rest, ok := d.inter.coefficients(&d.r, &d.block, first)
	if !ok {
		d.block = idct.Block{}
		return false
	}
	sum += rest
	if d.seq.MPEG2 && sum&1 == 0 {
		d.block[63] ^= 1
		used = 63
	}
	idct.Add(dst, stride, &d.block, used)
	return true
}
