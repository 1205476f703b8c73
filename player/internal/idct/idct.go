package idct

// A Block is the coefficients of an 8x8 block, row by row: element 8*v+u
// counts u waves across and v down. One that begins at the border of a word is
// transformed faster: in a struct, a field `_ [0]uint32` in front sees to it.
type Block [64]int16

// The cosines cos(i*pi/16)*sqrt(2)*2^14, rounded; w4 is one less, which keeps
// the sums within 32 bits.
const (
	w1 = 22725
	w2 = 21407
	w3 = 19266
	w4 = 16383
	w5 = 12873
	w6 = 8867
	w7 = 4520

	rowShift = 11
	colShift = 20
	// dcShift is what the row transform does to a row of one coefficient.
	dcShift = 3
)

// Put writes the block's samples, clipped to 0..255, to dst: 8 lines of 8,
// stride bytes from one to the next. It leaves zeros in b.
func Put(dst []byte, stride int, b *Block) {
	_ = dst[7*stride+7]
	put(dst, stride, b)
}

// Add adds the block's samples to those in dst, and clips. It leaves zeros in
// b.
func Add(dst []byte, stride int, b *Block) {
	_ = dst[7*stride+7]
	add(dst, stride, b)
}

// PutDC is Put of a block of which only the first coefficient is not 0; it
// is given for it.
func PutDC(dst []byte, stride int, dc int16) {
	v := clip(flat(dc))
	for y := range 8 {
		line := dst[y*stride:][:8]
		for x := range line {
			line[x] = v
		}
	}
}

// AddDC is Add of a block of which only the first coefficient is not 0.
func AddDC(dst []byte, stride int, dc int16) {
	v := flat(dc)
	if v == 0 {
		return
	}
	for y := range 8 {
		line := dst[y*stride:][:8]
		for x := range line {
			line[x] = clip(v + int32(line[x]))
		}
	}
}

// flat is the one value of a block of one coefficient.
func flat(dc int16) int32 {
	row := int32(dc) << dcShift
	return (w4 * (row + 1<<(colShift-1)/w4)) >> colShift
}

// clip limits v to a sample.
func clip(v int32) byte {
	if uint32(v) > 255 {
		return byte(^v >> 31)
	}
	return byte(v)
}
