package idct

//go:generate go run ./internal/gen

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
// stride bytes from one to the next. used is the places in b of all coefficients
// that are not 0, ored together; more bits than these, 63 at most, cost time and
// change nothing. Put leaves zeros in b.
func Put(dst []byte, stride int, b *Block, used int) {
	if !putKernel(dst, stride, b, used) {
		putGeneric(dst, stride, b, used)
	}
}

// Add adds the block's samples to those in dst, and clips. It is like Put but
// for that.
func Add(dst []byte, stride int, b *Block, used int) {
	if !addKernel(dst, stride, b, used) {
		addGeneric(dst, stride, b, used)
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
