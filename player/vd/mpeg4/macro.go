package mpeg4

// A head is what a macroblock says before its blocks.
type head struct {
	coded    uint8 // a bit for each block, the first in the highest of six
	acPred   bool
	dcCode   bool // DC coefficients have codes of their own
	fieldDCT bool
}

// The types of mcbpc.
const (
	interOne = iota
	intraOne
	interQuant
	intraQuant
	interFour
	stuffing
	interFourQuant
)

// quantSteps are dquant (table 6-26).
var quantSteps = [4]int32{-1, -2, 1, 2}

// readQuant changes the quantiser.
func (d *Decoder) readQuant() {
	d.quant = max(1, min(d.quant+quantSteps[d.r.Bits(2)], 31))
}

// readMCBPC reads a type and the colour's blocks, past stuffing.
func (d *Decoder) readMCBPC() (kind int, chroma uint8, ok bool) {
	for !d.r.Over() {
		c := uint16(0)
		if d.plane.kind == typeI {
			c = intraMCBPC[d.r.Peek(9)]
		} else {
			c = interMCBPC[d.r.Peek(13)]
		}
		if c == 0 {
			return 0, 0, false
		}
		d.r.Skip(int(c & 15))
		v := int(c >> 4)
		if d.plane.kind == typeI {
			switch v >> 2 {
			case 0:
				return intraOne, uint8(v & 3), true
			case 1:
				return intraQuant, uint8(v & 3), true
			}
			continue // stuffing
		}
		if v>>2 != stuffing {
			return v >> 2, uint8(v & 3), true
		}
	}
	return 0, 0, false
}

func (d *Decoder) readCBPY() (coded uint8, ok bool) {
	c := cbpys[d.r.Peek(6)]
	d.r.Skip(int(c & 15))
	return uint8(c >> 4), c != 0
}

// macroblock decodes one of a plane I or P (6.2.6).
func (d *Decoder) macroblock() bool {
	m := &d.cur.macros[d.at]
	*m = macro{}
	if d.plane.kind != typeI && d.r.Flag() {
		m.quant = uint8(d.quant)
		d.asBefore(m)
		return true
	}
	kind, chroma, ok := d.readMCBPC()
	if !ok {
		return false
	}
	var h head
	m.intra = kind == intraOne || kind == intraQuant
	if m.intra && !d.layer.short {
		h.acPred = d.r.Flag()
		h.dcCode = d.quant < dcThresholds[d.plane.threshold]
	}
	if d.plane.global && (kind == interOne || kind == interQuant) {
		m.global = d.r.Flag() // mcsel
	}
	luma, ok := d.readCBPY()
	if !ok {
		return false
	}
	if !m.intra {
		luma ^= 15
	}
	h.coded = luma<<2 | chroma
	if kind == interQuant || kind == intraQuant || kind == interFourQuant {
		d.readQuant()
	}
	m.quant = uint8(d.quant)
	if d.layer.interlaced && (m.intra || h.coded != 0) {
		h.fieldDCT = d.r.Flag()
	}
	if m.intra {
		return d.intra(&h)
	}
	m.four = kind == interFour || kind == interFourQuant
	if m.four && d.layer.short {
		return false
	}
	if d.layer.interlaced && !m.four && !m.global {
		if m.field = d.r.Flag(); m.field {
			m.from = [2]uint8{uint8(d.r.Bits(1)), uint8(d.r.Bits(1))}
		}
	}
	if !d.readMotion(m) {
		return false
	}
	d.predictBy(&d.forward, m)
	return d.inter(&h)
}

// asBefore is a macroblock without bits: that of the picture before, or where
// global motion leads.
func (d *Decoder) asBefore(m *macro) {
	if d.plane.global {
		m.global = true
		d.predictBy(&d.forward, m)
		return
	}
	m.skipped = true
	d.one(&d.forward, vector{})
}

// dcThresholds are intra_dc_vlc_thr (table 6-25): from this quantiser on DC
// has no code of its own.
var dcThresholds = [8]int32{32, 13, 15, 17, 19, 21, 23, 0}

// predictBy forms the prediction of a macroblock by its own vectors.
func (d *Decoder) predictBy(from *mover, m *macro) {
	switch {
	case m.global:
		v := d.global(from)
		m.mv = [4]vector{v, v, v, v}
	case m.four:
		d.four(from, &m.mv)
	case m.field:
		d.fields(from, &m.fieldMV, &m.from)
	default:
		d.one(from, m.mv[0])
	}
}

// intra decodes an intra macroblock's blocks.
func (d *Decoder) intra(h *head) bool {
	for i := range 6 {
		dst, stride := d.position(i, h.fieldDCT)
		if d.layer.short {
			if !d.shortIntra(h.coded&(32>>i) != 0, dst, stride) {
				return false
			}
			continue
		}
		if !d.intraBlock(i, h.acPred, h.coded&(32>>i) != 0, h.dcCode, dst, stride) {
			return false
		}
	}
	return true
}

// inter decodes the differences of a macroblock that is predicted.
func (d *Decoder) inter(h *head) bool {
	for i, coded := 0, h.coded&63; coded != 0; i, coded = i+1, coded<<1&63 {
		if coded&32 == 0 {
			continue
		}
		dst, stride := d.position(i, h.fieldDCT)
		if !d.interBlock(dst, stride) {
			return false
		}
	}
	return true
}

// position is where block i of the macroblock lies. In one of field DCT the
// upper two blocks are the lines of the top field.
func (d *Decoder) position(i int, fieldDCT bool) ([]byte, int) {
	f := d.cur
	if i >= 4 {
		stride := f.Stride[1]
		return f.Planes[i-3][f.origin[1]+8*(d.y*stride+d.x):], stride
	}
	stride := f.Stride[0]
	at := f.origin[0] + 16*(d.y*stride+d.x) + 8*(i&1)
	if fieldDCT {
		return f.Planes[0][at+i>>1*stride:], 2 * stride
	}
	return f.Planes[0][at+i>>1*8*stride:], stride
}
