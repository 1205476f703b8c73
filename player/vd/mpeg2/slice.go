package mpeg2

import (
	"linnet/player/internal/bits"
	"linnet/player/internal/mpegvideo"
)

// The flags of a macroblock_type; internal/gen has them, too.
const (
	quant = 1 << iota
	forward
	backward
	pattern
	intra
)

// slice decodes a slice, behind its start code. It reports false where the
// data break the rules; the macroblocks up to there are good.
func (d *Decoder) slice(data []byte, code int) bool {
	d.r = bits.NewReader(data)
	row := code - 1
	if d.seq.Video.Height > 2800 {
		row |= int(d.r.Bits(3)) << 7
	}
	if row >= d.rows {
		return false
	}
	if !d.setScale(d.r.Bits(5)) {
		return false
	}
	for d.r.Flag() { // intra slices, and what else may come there
		d.r.Skip(8)
	}
	d.resetDC()
	d.resetVectors()
	address := row*d.columns - 1
	for first := true; ; first = false {
		n, ok := d.increment()
		if !ok {
			return false
		}
		if first && n > d.columns || address+n >= d.rows*d.columns {
			return false
		}
		if !first && n > 1 {
			if d.pic.Type == mpegvideo.I || !d.skip(address+1, n-1) {
				return false
			}
		}
		address += n
		d.goTo(address)
		if !d.macroblock() {
			return false
		}
		d.remember(address, d.directions)
		// Slices end with zeros up to the next start code.
		if d.r.Peek(8) == 0 && d.r.Peek(23) == 0 {
			return !d.r.Over()
		}
	}
}

// goTo makes the macroblock at address the one that is decoded. Most of them are
// the next, which is found without a division.
func (d *Decoder) goTo(address int) {
	switch {
	case address != d.at+1 || d.at < 0:
		d.y, d.x = address/d.columns, address%d.columns
	case d.x+1 < d.columns:
		d.x++
		d.at = address
		d.luma += 16
		d.colour += 8
		return
	default:
		d.y, d.x = d.y+1, 0
	}
	d.at = address
	d.luma, d.colour = d.dst.at(d.x, d.y)
}

// setScale takes a quantiser_scale_code (7.4.2.2).
func (d *Decoder) setScale(code uint32) bool {
	d.intra.Steps, d.inter.Steps = d.intra.ladder.At(int32(code)), d.inter.ladder.At(int32(code))
	return code != 0
}

// resetDC is 7.2.1's.
func (d *Decoder) resetDC() {
	v := int32(128) << (d.pic.DCPrecision - 8)
	d.dc = [3]int32{v, v, v}
}

// increment reads how many macroblocks to go on (6.2.5).
func (d *Decoder) increment() (n int, ok bool) {
	for {
		c := increments[d.r.Peek(11)]
		if c == 0 || d.r.Over() {
			return n, false
		}
		d.r.Skip(int(c & 15))
		switch v := int(c >> 4); v {
		case 34: // macroblock_escape
			if n += 33; n > d.rows*d.columns {
				return n, false
			}
		case 35: // macroblock_stuffing
		default:
			return n + v, true
		}
	}
}

// skip predicts n skipped macroblocks from address on (7.6.6).
func (d *Decoder) skip(address, n int) bool {
	d.resetDC()
	directions := d.directions
	if d.pic.Type == mpegvideo.P {
		d.resetVectors()
		directions = forward
	}
	if directions == 0 {
		return false // behind an intra macroblock none may be skipped in B
	}
	d.how = byFrame
	for s := range 2 {
		m := &d.motion[s]
		m.v[0] = d.pmv[s][0]
		m.field[0] = d.pic.Structure
	}
	for ; n > 0; n-- {
		d.goTo(address)
		d.predict(directions)
		d.remember(address, directions)
		address++
	}
	return true
}

// macroblock decodes the macroblock at d.x and d.y (6.2.5).
func (d *Decoder) macroblock() bool {
	c := d.types[d.r.Peek(6)]
	if c == 0 {
		return false
	}
	d.r.Skip(int(c & 15))
	flags := uint8(c >> 4)
	fieldDCT := false
	d.how = byFrame
	if d.pic.Type == mpegvideo.D {
		return d.intraMacroblock(false) && d.r.Bits(1) == 1 // end_of_macroblock
	}
	if flags&(forward|backward) != 0 && !d.motionType() {
		return false
	}
	if !d.pic.FrameOnly && d.pic.Structure == mpegvideo.Frame && flags&(intra|pattern) != 0 {
		fieldDCT = d.r.Flag() // dct_type
	}
	if flags&quant != 0 && !d.setScale(d.r.Bits(5)) {
		return false
	}
	if flags&intra != 0 {
		if !d.concealVectors() {
			return false
		}
		d.directions = 0
		return d.intraMacroblock(fieldDCT)
	}
	return d.interMacroblock(flags, fieldDCT)
}

// motionType reads frame_motion_type or field_motion_type (tables 6-17 and
// 6-18).
func (d *Decoder) motionType() bool {
	if d.pic.Structure == mpegvideo.Frame {
		if d.pic.FrameOnly {
			return true
		}
		how := [4]motionType{0, byField, byFrame, dualPrime}
		n := d.r.Bits(2)
		d.how = how[n]
		return n != 0
	}
	how := [4]motionType{0, byFrame, by16x8, dualPrime}
	n := d.r.Bits(2)
	d.how = how[n]
	return n != 0
}

// concealVectors reads the vector that an intra macroblock has for use when
// the one below it is lost. It is a predictor for others, and no more.
func (d *Decoder) concealVectors() bool {
	if !d.pic.ConcealVectors {
		d.resetVectors()
		return true
	}
	d.how = byFrame
	ok := d.readMotion(0, byFrame)
	return ok && d.r.Flag() // marker_bit
}

func (d *Decoder) intraMacroblock(fieldDCT bool) bool {
	for i := range 6 {
		dst, stride := d.place(i, fieldDCT)
		if !d.intraBlock(i, dst, stride) {
			return false
		}
	}
	return true
}

func (d *Decoder) interMacroblock(flags uint8, fieldDCT bool) bool {
	d.resetDC()
	switch {
	case flags&(forward|backward) == 0: // P only: as it was, there
		d.resetVectors()
		d.motion[0].v[0], d.motion[0].field[0] = vector{}, d.pic.Structure
		flags |= forward
	default:
		for s, flag := range [2]uint8{forward, backward} {
			if flags&flag != 0 && !d.readMotion(s, d.how) {
				return false
			}
		}
	}
	d.directions = flags & (forward | backward)
	d.predict(d.directions)
	if flags&pattern == 0 {
		return true
	}
	c := patterns[d.r.Peek(9)]
	if c == 0 {
		return false
	}
	d.r.Skip(int(c & 15))
	coded := c >> 4
	for i := 0; coded != 0; i, coded = i+1, coded<<1&63 {
		if coded&32 != 0 && !d.interBlock(d.place(i, fieldDCT)) {
			return false
		}
	}
	return true
}

// place is where block i of the macroblock lies (6.1.3). In a macroblock of
// field DCT the upper two blocks are the lines of the top field.
func (d *Decoder) place(i int, fieldDCT bool) ([]byte, int) {
	v := &d.dst
	if i >= 4 {
		return v.Planes[i-3][d.colour:], v.Stride[1]
	}
	stride := v.Stride[0]
	at := d.luma + 8*(i&1)
	if fieldDCT {
		return v.Planes[0][at+i>>1*stride:], 2 * stride
	}
	return v.Planes[0][at+i>>1*8*stride:], stride
}
