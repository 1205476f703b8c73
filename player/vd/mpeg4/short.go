package mpeg4

import (
	"linnet/player/internal/bits"
	"linnet/player/internal/idct"
	"linnet/player/internal/runlevel"
	"linnet/player/media"
)

// Planes with a short header (6.2.5.2): what ITU-T H.263 has without its options. They
// need no layer's header, and have groups of macroblocks where others have video
// packets.

// shortMarker is the first 22 bits of such a plane.
const (
	shortMarker     = 0x20
	shortMarkerBits = 22
	groupMarkerBits = 17 // zeros and a one
)

// shortFormats are the sizes by source_format, in macroblocks, and how many rows of
// them a group has (table 6-25).
var shortFormats = [8]struct{ columns, rows, group int }{1: {8, 6, 1}, 2: {11, 9, 1}, 3: {22, 18, 1}, 4: {44, 36, 2}, 5: {88, 72, 4}}

// isShort says whether a packet is a plane with a short header.
func isShort(data []byte) bool {
	return len(data) > 4 && data[0] == 0 && data[1] == 0 && data[2]&0xfc == shortMarker<<2
}

// parseShort reads the header from r on, and returns how many rows a group has.
func (d *Decoder) parseShort(r *bits.Reader) (rows int, err error) {
	r.Skip(shortMarkerBits + 8 + 2 + 3) // and temporal_reference, of a clock that containers have
	format := shortFormats[r.Bits(3)]
	if format.columns == 0 {
		return 0, unsupported("a short header of a size of its own")
	}
	p := plane{kind: typeI, coded: true, fcode: [2]uint8{1, 1}}
	if r.Flag() {
		p.kind = typeP
	}
	if r.Bits(4) != 0 {
		return 0, unsupported("options of H.263")
	}
	p.quant = int32(r.Bits(5))
	if r.Flag() { // CPM, where MPEG-4 has a zero
		return 0, unsupported("options of H.263")
	}
	for r.Flag() && !r.Over() { // pei
		r.Skip(8)
	}
	if r.Over() || p.quant == 0 {
		return 0, malformed("a short header is damaged")
	}
	d.plane = p
	d.layer = layer{width: 16 * format.columns, height: 16 * format.rows, short: true, lowDelay: true}
	d.known = true
	return format.group, nil
}

// decodeShort decodes a plane with a short header.
func (d *Decoder) decodeShort(p *media.Packet) error {
	d.r = bits.NewReader(p.Data)
	rows, err := d.parseShort(&d.r)
	if err != nil {
		return err
	}
	d.resize()
	if d.plane.kind == typeP && d.future == nil {
		return nil
	}
	d.take(p)
	d.shortData(rows)
	if missing := d.finish(); d.bad > 0 || missing > 0 {
		return damage(p, d.bad, missing)
	}
	return nil
}

// shortData decodes all macroblocks, group by group.
func (d *Decoder) shortData(rows int) {
	d.residual.prepare(&d.layer, false)
	group, total := rows*d.columns, d.columns*d.rows
	d.quant, d.first = d.plane.quant, 0
	for at := 0; at < total; {
		if at%group == 0 && at > 0 && d.atGroup() {
			first, ok := d.groupHeader(group)
			if !ok || first < at {
				d.bad++
				if at = d.nextGroup(at, group); at == total {
					return
				}
				continue
			}
			at, d.first = first, first
		}
		if d.decodeAt(at) {
			at++
			continue
		}
		d.bad++
		if at = d.nextGroup(at, group); at == total {
			return
		}
	}
}

// atGroup says whether a group's header follows, behind stuffing or not, and moves in
// front of it if so.
func (d *Decoder) atGroup() bool {
	ahead := d.r
	for range 8 {
		if ahead.Peek(groupMarkerBits) == 1 {
			d.r = ahead
			return true
		}
		if ahead.Flag() {
			return false
		}
	}
	return false
}

// groupHeader reads a group's header, and returns its first macroblock.
func (d *Decoder) groupHeader(group int) (first int, ok bool) {
	d.r.Skip(groupMarkerBits)
	first = int(d.r.Bits(5)) * group
	d.r.Skip(2)
	quant := int32(d.r.Bits(5))
	if d.r.Over() || first == 0 || first >= d.columns*d.rows || quant == 0 {
		return 0, false
	}
	d.quant = quant
	return first, true
}

// nextGroup looks for the header of a group that begins behind a macroblock, and moves
// in front of it. It returns where it begins, or where the plane ends.
func (d *Decoder) nextGroup(at, group int) int {
	for d.r.Left() > groupMarkerBits+12 {
		if d.r.Peek(groupMarkerBits) == 1 {
			ahead := d.r
			ahead.Skip(groupMarkerBits)
			if first := int(ahead.Bits(5)) * group; first > at && first < d.columns*d.rows {
				return first
			}
		}
		d.r.Skip(1)
	}
	return d.columns * d.rows
}

// shortIntra decodes block i of an intra macroblock: DC has 8 bits of its own, and
// nothing is predicted (7.4.1.1).
func (d *Decoder) shortIntra(coded bool, dst []byte, stride int) bool {
	dc := int32(d.r.Bits(8))
	if dc == 0 || dc == 128 {
		return false
	}
	if dc == 255 {
		dc = 128
	}
	b, q := &d.block, &d.residual.levels
	used := 0
	if coded {
		q.Steps = &d.residual.zigzag
		if !d.shortCoefficients(q, 1) {
			*b = idct.Block{}
			return false
		}
		used = q.Used
	}
	used |= d.dequantiseIntra(b, 8*dc, used)
	idct.Put(dst, stride, b, used)
	return true
}

// shortCoefficients reads a block's coefficients from the n-th on: all have the codes
// of differences, and escapes are followed by 15 bits (table B-18).
func (d *Decoder) shortCoefficients(s *runlevel.Scan, n int) bool {
	s.N, s.Used, s.Sum = n-1, 0, 0
	for {
		w := d.r.Peek(13)
		c := interCoefs[w>>1]
		length, level := int(c&255), int32(c>>8&255)
		run, last := int(c>>16&255), c>>24 != 0
		switch {
		case length == 0:
			return false
		case level == 0: // the escape
			d.r.Skip(length)
			last = d.r.Flag()
			run = int(d.r.Bits(6))
			if level = d.r.Signed(8); level == 0 || level == -128 {
				return false
			}
		default:
			d.r.Skip(length + 1)
			if w>>(12-uint(length))&1 != 0 {
				level = -level
			}
		}
		if !s.Put(run, level) {
			return false
		}
		if last {
			return !d.r.Over()
		}
	}
}
