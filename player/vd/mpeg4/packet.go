package mpeg4

import "math/bits"

// planeData decodes all macroblocks of a plane, video packet by video packet
// (6.2.5.2).
func (d *Decoder) planeData() {
	d.residual.prepare(&d.layer, d.plane.alternate)
	if d.layer.partitioned && d.plane.kind != typeB {
		d.partitionedData()
		return
	}
	total := d.columns * d.rows
	d.quant, d.first = d.plane.quant, 0
	for at := 0; at < total; {
		if d.decodeAt(at) {
			if at++; at == total || !d.layer.resync || !d.atMarker() {
				continue
			}
		} else {
			d.bad++
			if !d.findMarker() {
				return
			}
		}
		next, ok := d.packetHeader()
		for !ok || next < at {
			d.bad++
			if !d.findMarker() {
				return
			}
			next, ok = d.packetHeader()
		}
		for at < next && d.without(at) && d.decodeAt(at) {
			at++
		}
		at, d.first = next, next
	}
}

// decodeAt decodes a macroblock and says whether it is good.
func (d *Decoder) decodeAt(at int) (ok bool) {
	d.goTo(at)
	if d.plane.kind == typeB {
		if d.x == 0 || at == d.first {
			d.last = [2][2]vector{}
		}
		ok = d.macroblockB()
	} else {
		ok = d.macroblock()
	}
	d.covered[at] = ok && !d.r.Over()
	return d.covered[at]
}

// goTo makes at the macroblock. The next one is found without a division.
func (d *Decoder) goTo(at int) {
	switch {
	case at != d.at+1:
		d.y, d.x = at/d.columns, at%d.columns
	case d.x+1 < d.columns:
		d.x++
	default:
		d.y, d.x = d.y+1, 0
	}
	d.at = at
}

// without says whether a macroblock has no bits in the stream: in planes B,
// where the next reference has none either. Such macroblocks may stand in
// front of a video packet without belonging to one.
func (d *Decoder) without(at int) bool { return d.plane.kind == typeB && d.future.macros[at].skipped }

// markerBits is how long a resync_marker is: zeros and a one.
func (d *Decoder) markerBits() int {
	switch d.plane.kind {
	case typeI:
		return 17
	case typeB:
		return 16 + int(max(d.plane.fcode[0], d.plane.fcode[1], 2))
	}
	return 16 + int(d.plane.fcode[0])
}

// atMarker says whether stuffing and a resync_marker follow, and moves behind
// the stuffing if so.
func (d *Decoder) atMarker() bool {
	n := 8 - d.r.Pos()&7
	if d.r.Peek(n) != 1<<(n-1)-1 || d.r.Left() < 32 {
		return false
	}
	ahead := d.r
	ahead.Skip(n)
	if ahead.Peek(d.markerBits()) != 1 {
		return false
	}
	d.r = ahead
	return true
}

// findMarker moves to the next resync_marker, at the border of a byte.
func (d *Decoder) findMarker() bool {
	if !d.layer.resync {
		return false
	}
	d.r.Align()
	for d.r.Left() > 32 {
		if d.r.Peek(d.markerBits()) == 1 {
			return true
		}
		d.r.Skip(8)
	}
	return false
}

// packetHeader reads a video packet's header from its marker on, and returns
// which macroblock is its first.
func (d *Decoder) packetHeader() (first int, ok bool) {
	d.r.Skip(d.markerBits())
	total := d.columns * d.rows
	first = int(d.r.Bits(bits.Len(uint(total - 1))))
	quant := int32(d.r.Bits(5))
	if first >= total || quant == 0 {
		return first, false
	}
	d.quant = quant
	if d.r.Flag() { // header_extension_code: what the plane's header said
		for d.r.Flag() && !d.r.Over() {
		}
		d.r.Skip(1 + d.layer.timeBits + 1 + 2 + 3)
		if d.plane.global {
			d.layer.readTrajectory(&d.r)
		}
		if d.plane.kind != typeI {
			d.r.Skip(3)
		}
		if d.plane.kind == typeB {
			d.r.Skip(3)
		}
	}
	return first, !d.r.Over()
}
