package mpeg4

import (
	"sort"

	"linnet/player/internal/bits"
)

// The markers between the parts of a video packet (6.2.5.2).
const (
	dcMarker     = 0b1101011_0000_0000_0001
	dcBits       = 19
	motionMarker = 0b1_1111_0000_0000_0001
	motionBits   = 17
)

// A part is what the first parts of a video packet say of a macroblock.
type part struct {
	head
	kind  int
	quant int32
	dc    [6]int16 // where head.dcCode
}

// partitionedData decodes the macroblocks of a plane whose video packets are
// partitioned: first what matters most of all macroblocks, types and vectors or
// DC coefficients, then the rest (6.2.5.2). Planes B never are.
func (d *Decoder) partitionedData() {
	total := d.columns * d.rows
	d.quant, d.first = d.plane.quant, 0
	for {
		end, ok := d.partitionedPacket()
		if ok && end == total {
			return
		}
		if !ok || !d.atMarker() {
			d.bad++
			if !d.findMarker() {
				return
			}
		}
		next, ok := d.packetHeader()
		for !ok || next < end {
			d.bad++
			if !d.findMarker() {
				return
			}
			next, ok = d.packetHeader()
		}
		d.first = next
	}
}

// partitionedPacket decodes a video packet and returns the macroblock behind
// its last one, as far as that is known. Where the last part is damaged,
// macroblocks that are predicted from another picture keep their prediction.
func (d *Decoder) partitionedPacket() (end int, ok bool) {
	first := d.first
	if d.plane.kind == typeI {
		end, ok = d.firstPartI()
	} else {
		end, ok = d.firstPartP()
	}
	if !ok {
		return first, false
	}
	for at := first; at < end; at++ {
		if !d.secondPart(at) {
			return first, false
		}
	}
	for at := first; at < end; at++ {
		if !d.texture(at) {
			return end, false
		}
	}
	return end, true
}

// moveTo makes a macroblock the current one.
func (d *Decoder) moveTo(at int) *part {
	d.goTo(at)
	return &d.parts[at]
}

// firstPartI reads types, quantisers and DC coefficients, up to their marker.
func (d *Decoder) firstPartI() (end int, ok bool) {
	total := d.columns * d.rows
	for at := d.first; ; at++ {
		for d.r.Peek(9) == 1 { // stuffing
			d.r.Skip(9)
		}
		if d.r.Peek(dcBits) == dcMarker {
			d.r.Skip(dcBits)
			return at, at > d.first
		}
		if at == total {
			return at, false
		}
		p := d.moveTo(at)
		var chroma uint8
		if p.kind, chroma, ok = d.readMCBPC(); !ok {
			return at, false
		}
		p.head = head{coded: chroma}
		d.cur.macros[at] = macro{intra: true}
		if !d.partQuant(p) || !d.partDC(p) {
			return at, false
		}
	}
}

// partQuant reads the quantiser's change, where there is one.
func (d *Decoder) partQuant(p *part) bool {
	if p.kind == interQuant || p.kind == intraQuant {
		d.readQuant()
	}
	p.quant = d.quant
	d.cur.macros[d.at].quant = uint8(d.quant)
	return !d.r.Over()
}

// partDC reads the DC coefficients' differences of an intra macroblock.
func (d *Decoder) partDC(p *part) bool {
	p.dcCode = d.quant < dcThresholds[d.plane.threshold]
	for i := 0; i < 6 && p.dcCode; i++ {
		v, ok := d.readDC(i)
		if !ok {
			return false
		}
		p.dc[i] = int16(v)
	}
	return true
}

// firstPartP reads types and vectors, up to their marker, and predicts.
func (d *Decoder) firstPartP() (end int, ok bool) {
	total := d.columns * d.rows
	for at := d.first; ; at++ {
		if d.r.Peek(motionBits) == motionMarker {
			d.r.Skip(motionBits)
			return at, at > d.first
		}
		if at == total {
			return at, false
		}
		p := d.moveTo(at)
		if !d.typeAndMotion(p) || d.r.Over() {
			return at, false
		}
		d.covered[at] = !d.cur.macros[at].intra
	}
}

// typeAndMotion reads what the first part says of a macroblock.
func (d *Decoder) typeAndMotion(p *part) bool {
	m := &d.cur.macros[d.at]
	*m = macro{quant: uint8(d.quant)}
	p.head = head{}
	var ok bool
	for {
		if d.r.Flag() {
			p.kind = stuffing // there is no more of it
			d.asBefore(m)
			return true
		}
		if d.r.Peek(9) != 1 {
			break
		}
		d.r.Skip(9)
	}
	if p.kind, p.coded, ok = d.readMCBPC(); !ok {
		return false
	}
	if m.intra = p.kind == intraOne || p.kind == intraQuant; m.intra {
		return true
	}
	if d.plane.global && p.kind != interFour && p.kind != interFourQuant {
		m.global = d.r.Flag()
	}
	m.four = p.kind == interFour
	if ok = d.readMotion(m); ok {
		d.predictBy(&d.forward, m)
	}
	return ok
}

// secondPart reads which blocks are coded, and in planes P quantisers and DC
// coefficients.
func (d *Decoder) secondPart(at int) (ok bool) {
	p := d.moveTo(at)
	if p.kind == stuffing {
		return true
	}
	m := &d.cur.macros[at]
	if m.intra {
		p.acPred = d.r.Flag()
	}
	luma, ok := d.readCBPY()
	if !ok {
		return false
	}
	if !m.intra {
		luma ^= 15
	}
	p.coded |= luma << 2
	if d.plane.kind == typeI {
		return !d.r.Over()
	}
	return d.partQuant(p) && (!m.intra || d.partDC(p))
}

// texture decodes the blocks of a macroblock.
func (d *Decoder) texture(at int) (ok bool) {
	p := d.moveTo(at)
	if p.kind == stuffing {
		return true
	}
	d.quant, d.part = p.quant, p
	if d.cur.macros[at].intra {
		ok = d.intra(&p.head)
	} else {
		ok = d.inter(&p.head)
	}
	d.part = nil
	d.covered[at] = d.covered[at] || ok && !d.r.Over()
	return ok && !d.r.Over()
}

// reversibleCode is code for those that can be read from both ends (7.4.1.3,
// table B.23).
func reversibleCode(r *bits.Reader, intra bool) (run int, level int32, last, ok bool) {
	starts, values := &interStarts, &interReversibles
	if intra {
		starts, values = &intraStarts, &intraReversibles
	}
	w := uint16(r.Peek(15))
	i := sort.Search(len(starts), func(i int) bool { return starts[i] > w }) - 1
	c := values[i]
	length := int(c & 255)
	if w>>(15-length) != starts[i]>>(15-length) {
		return 0, 0, false, false
	}
	r.Skip(length)
	run, level, last = int(c>>16&255), int32(c>>8&255), c>>24 != 0
	if level == 0 {
		if run, level, last, ok = reversibleEscape(r); !ok {
			return 0, 0, false, false
		}
	}
	if r.Flag() {
		level = -level
	}
	return run, level, last, true
}

// reversibleEscape reads what follows the first half of an escape, up to the
// sign.
func reversibleEscape(r *bits.Reader) (run int, level int32, end, ok bool) {
	const back = 0b10000 // a marker and the escape's other half
	if !r.Flag() {
		return 0, 0, false, false
	}
	end = r.Flag()
	run = int(r.Bits(6))
	ok = r.Flag()
	level = int32(r.Bits(11))
	return run, level, end, ok && level > 0 && r.Bits(5) == back
}
