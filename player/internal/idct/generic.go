package idct

func putGeneric(dst []byte, stride int, b *Block, used int) {
	if used == 0 {
		putFlatGeneric(dst, stride, flat(b[0]))
		b[0] = 0
		return
	}
	var r [64]int32
	rows(&r, b)
	var c [8]int32
	for x := range 8 {
		column(&c, &r, x)
		for y, v := range c {
			dst[y*stride+x] = clip(v)
		}
	}
}

func addGeneric(dst []byte, stride int, b *Block, used int) {
	if used == 0 {
		addFlatGeneric(dst, stride, flat(b[0]))
		b[0] = 0
		return
	}
	var r [64]int32
	rows(&r, b)
	var c [8]int32
	for x := range 8 {
		column(&c, &r, x)
		for y, v := range c {
			p := &dst[y*stride+x]
			*p = clip(v + int32(*p))
		}
	}
}

// rows transforms each row of b, and leaves zeros there.
func rows(out *[64]int32, b *Block) {
	for i := 0; i < 64; i += 8 {
		r, o := (*[8]int16)(b[i:]), (*[8]int32)(out[i:])
		if r[1]|r[2]|r[3]|r[4]|r[5]|r[6]|r[7] == 0 {
			v := int32(r[0]) << dcShift
			*o = [8]int32{v, v, v, v, v, v, v, v}
			r[0] = 0
			continue
		}
		butterfly(o, w4*int32(r[0])+1<<(rowShift-1), int32(r[1]), int32(r[2]), int32(r[3]), int32(r[4]), int32(r[5]), int32(r[6]), int32(r[7]))
		for k := range o {
			o[k] >>= rowShift
		}
		*r = [8]int16{}
	}
}

// column transforms one column.
func column(out *[8]int32, r *[64]int32, x int) {
	butterfly(out, w4*(r[x]+1<<(colShift-1)/w4), r[x+8], r[x+16], r[x+24], r[x+32], r[x+40], r[x+48], r[x+56])
	for k := range out {
		out[k] >>= colShift
	}
}

// butterfly is the transform of eight; the first comes multiplied, with what
// rounds. The even ones make one half of it, the odd ones the other.
func butterfly(out *[8]int32, c0, c1, c2, c3, c4, c5, c6, c7 int32) {
	e0 := c0 + w2*c2 + w4*c4 + w6*c6
	e1 := c0 + w6*c2 - w4*c4 - w2*c6
	e2 := c0 - w6*c2 - w4*c4 + w2*c6
	e3 := c0 - w2*c2 + w4*c4 - w6*c6
	o0 := w1*c1 + w3*c3 + w5*c5 + w7*c7
	o1 := w3*c1 - w7*c3 - w1*c5 - w5*c7
	o2 := w5*c1 - w1*c3 + w7*c5 + w3*c7
	o3 := w7*c1 - w5*c3 + w3*c5 - w1*c7
	out[0], out[7] = e0+o0, e0-o0
	out[1], out[6] = e1+o1, e1-o1
	out[2], out[5] = e2+o2, e2-o2
	out[3], out[4] = e3+o3, e3-o3
}

func putFlatGeneric(dst []byte, stride int, v int32) {
	p := clip(v)
	for y := range 8 {
		line := dst[y*stride:][:8]
		for x := range line {
			line[x] = p
		}
	}
}

func addFlatGeneric(dst []byte, stride int, v int32) {
	for y := range 8 {
		line := dst[y*stride:][:8]
		for x := range line {
			line[x] = clip(v + int32(line[x]))
		}
	}
}
