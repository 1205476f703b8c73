package mpeg4

// The ways in which a macroblock of a plane B is predicted (table 6-22), by the
// zeros in front of their code's one.
const (
	direct = iota
	interpolated
	backwards
	forwards
)

// macroblockB decodes one of a plane B (6.2.6).
func (d *Decoder) macroblockB() bool {
	m := &d.cur.macros[d.at]
	*m = macro{quant: uint8(d.quant)}
	beside := &d.future.macros[d.at]
	if d.without(d.at) {
		d.one(&d.forward, vector{})
		return true
	}
	if d.r.Flag() { // modb: there is nothing more of it
		return d.directly(beside, vector{}, &head{})
	}
	withBlocks := !d.r.Flag()
	kind, coded := direct, uint8(0)
	for !d.r.Flag() {
		if kind++; kind > forwards {
			return false
		}
	}
	if withBlocks {
		coded = uint8(d.r.Bits(6))
	}
	if kind != direct && coded != 0 && d.r.Flag() {
		d.quant = max(1, min(d.quant+4*int32(d.r.Bits(1))-2, 31)) // dbquant
	}
	m.quant = uint8(d.quant)
	h := head{coded: coded}
	if d.layer.interlaced {
		if coded != 0 {
			h.fieldDCT = d.r.Flag()
		}
		if kind != direct {
			m.field = d.r.Flag()
		}
	}
	if kind == direct {
		v, ok := d.readVector(vector{}, 1)
		return ok && d.directly(beside, v, &h)
	}
	return d.bothWays(m, kind, &h)
}

// bothWays decodes a macroblock that has vectors of its own.
func (d *Decoder) bothWays(m *macro, kind int, h *head) bool {
	uses := [2]bool{kind != backwards, kind != forwards}
	var from [2][2]uint8
	for s := range 2 {
		if m.field && uses[s] {
			from[s] = [2]uint8{uint8(d.r.Bits(1)), uint8(d.r.Bits(1))}
		}
	}
	way := [2]*mover{&d.forward, &d.backward}
	var one [2]vector
	var two [2][2]vector
	for s := range 2 {
		if !uses[s] {
			continue
		}
		last := &d.last[s]
		ok := true
		if m.field {
			for f := range 2 {
				var good bool
				two[s][f], good = d.readVector(vector{last[f].x, last[f].y / 2}, d.plane.fcode[s])
				last[f] = vector{two[s][f].x, two[s][f].y * 2}
				ok = ok && good
			}
		} else {
			one[s], ok = d.readVector(last[0], d.plane.fcode[s])
			last[0], last[1] = one[s], one[s]
		}
		if !ok {
			return false
		}
	}
	d.backward.average = uses[0]
	for s := range 2 {
		switch {
		case !uses[s]:
		case m.field:
			d.fields(way[s], &two[s], &from[s])
		default:
			d.one(way[s], one[s])
		}
	}
	return d.inter(h)
}

// directly predicts by the vectors that the next reference has at the same
// place, in proportion to the times (7.6.9.5), and v.
func (d *Decoder) directly(beside *macro, v vector, h *head) bool {
	d.backward.average = true
	if beside.field {
		d.directFields(beside, v)
		return d.inter(h)
	}
	var ahead, back [4]vector
	for i, c := range beside.mv {
		if i > 0 && !beside.four {
			ahead[i], back[i] = ahead[0], back[0]
			continue
		}
		ahead[i].x, back[i].x = d.scaled(c.x, v.x)
		ahead[i].y, back[i].y = d.scaled(c.y, v.y)
	}
	if beside.four || d.layer.quarter { // quarters are filtered block by block
		d.four(&d.forward, &ahead)
		d.four(&d.backward, &back)
	} else {
		d.one(&d.forward, ahead[0])
		d.one(&d.backward, back[0])
	}
	return d.inter(h)
}

// scaled makes both components out of one of the other picture.
func (d *Decoder) scaled(c, delta int32) (ahead, back int32) {
	return scaledBy(c, delta, d.before, d.between)
}

func scaledBy(c, delta, before, between int32) (ahead, back int32) {
	if c == 0 || between == 0 {
		return c + delta, delta
	}
	ahead = c*before/between + delta
	if delta != 0 {
		return ahead, ahead - c
	}
	return ahead, c * (before - between) / between
}

// directFields does so for a macroblock with a vector for each field
// (7.6.9.5.3): the times are those of the fields.
func (d *Decoder) directFields(beside *macro, v vector) {
	var ahead, back [2]vector
	var from [2]uint8
	for i, c := range beside.fieldMV {
		from[i] = beside.from[i]
		before, between := d.fieldTimes(i, int(from[i]))
		ahead[i].x, back[i].x = scaledBy(c.x, v.x, before, between)
		ahead[i].y, back[i].y = scaledBy(c.y, v.y, before, between)
	}
	own := [2]uint8{0, 1}
	d.fields(&d.forward, &ahead, &from)
	d.fields(&d.backward, &back, &own)
}

// fieldTimes are the times from the reference's field from to field i of this
// picture, and of the next reference.
func (d *Decoder) fieldTimes(i, from int) (before, between int32) {
	n := int32(i - from)
	if !d.plane.topFirst {
		n = -n
	}
	return d.fieldBefore + n, d.fieldBetween + n
}
