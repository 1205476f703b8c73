package idct

func putGeneric(dst []byte, stride int, b *Block) {
	rows(b)
	for x := range 8 {
		c := column(b, x)
		for y, v := range c {
			dst[y*stride+x] = clip(v)
		}
	}
	*b = Block{}
}

func addGeneric(dst []byte, stride int, b *Block) {
	rows(b)
	for x := range 8 {
		c := column(b, x)
		for y, v := range c {
			p := &dst[y*stride+x]
			*p = clip(v + int32(*p))
		}
	}
	*b = Block{}
}

// rows transforms each row, in place.
func rows(b *Block) {
	for i := 0; i < 64; i += 8 {
		r := (*[8]int16)(b[i:])
		if r[1]|r[2]|r[3]|r[4]|r[5]|r[6]|r[7] == 0 {
			v := r[0] << dcShift
			*r = [8]int16{v, v, v, v, v, v, v, v}
			continue
		}
		e := even(w4*int32(r[0])+1<<(rowShift-1), int32(r[2]), int32(r[4]), int32(r[6]))
		o := odd(int32(r[1]), int32(r[3]), int32(r[5]), int32(r[7]))
		for k := range 4 {
			r[k] = int16((e[k] + o[k]) >> rowShift)
			r[7-k] = int16((e[k] - o[k]) >> rowShift)
		}
	}
}

// column transforms one column and returns its samples.
func column(b *Block, x int) (out [8]int32) {
	c := b[x:]
	e := even(w4*(int32(c[0])+1<<(colShift-1)/w4), int32(c[16]), int32(c[32]), int32(c[48]))
	o := odd(int32(c[8]), int32(c[24]), int32(c[40]), int32(c[56]))
	for k := range 4 {
		out[k] = (e[k] + o[k]) >> colShift
		out[7-k] = (e[k] - o[k]) >> colShift
	}
	return out
}

// even is the half of the transform that coefficients 0, 2, 4 and 6 make;
// the first comes multiplied, with what rounds.
func even(c0, c2, c4, c6 int32) [4]int32 {
	return [4]int32{
		c0 + w2*c2 + w4*c4 + w6*c6,
		c0 + w6*c2 - w4*c4 - w2*c6,
		c0 - w6*c2 - w4*c4 + w2*c6,
		c0 - w2*c2 + w4*c4 - w6*c6,
	}
}

// odd is that of coefficients 1, 3, 5 and 7.
func odd(c1, c3, c5, c7 int32) [4]int32 {
	return [4]int32{
		w1*c1 + w3*c3 + w5*c5 + w7*c7,
		w3*c1 - w7*c3 - w1*c5 - w5*c7,
		w5*c1 - w1*c3 + w7*c5 + w3*c7,
		w7*c1 - w5*c3 + w3*c5 - w1*c7,
	}
}
