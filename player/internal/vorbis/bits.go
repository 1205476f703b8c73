package vorbis

// Bits reads bits as Vorbis packs them, clause 2: the least significant of
// each byte first. Behind the end of the data come zeros, and Over says so.
//
// The fields are there for loops that cannot afford calls: Cache holds the
// next Have bits, from the lowest, with zeros above them; Next is the byte of
// Data that goes into Cache next, and may lie behind its end.
type Bits struct {
	Data  []byte
	Next  int
	Cache uint32
	Have  int
}

// Reset begins with the first bit of data.
func (b *Bits) Reset(data []byte) { *b = Bits{Data: data} }

// Fill makes Have 25 or more.
func (b *Bits) Fill() {
	for b.Have <= 24 {
		if b.Next < len(b.Data) {
			b.Cache |= uint32(b.Data[b.Next]) << (b.Have & 31)
		}
		b.Next++
		b.Have += 8
	}
}

// Drop skips n bits that are in Cache.
func (b *Bits) Drop(n int) {
	b.Cache >>= n & 31
	b.Have -= n
}

// Read reads n bits, 0 to 24.
func (b *Bits) Read(n int) uint32 {
	b.Fill()
	v := b.Cache & (1<<(n&31) - 1)
	b.Drop(n)
	return v
}

// Read32 reads 32 bits.
func (b *Bits) Read32() uint32 {
	low := b.Read(16)
	return low | b.Read(16)<<16
}

// Flag reads one bit.
func (b *Bits) Flag() bool { return b.Read(1) != 0 }

// Over says whether more bits were read than there are.
func (b *Bits) Over() bool { return b.Left() < 0 }

// Left is how many bits there are still; negative behind the end.
func (b *Bits) Left() int { return 8*(len(b.Data)-b.Next) + b.Have }

// End goes behind the end.
func (b *Bits) End() { *b = Bits{Data: b.Data, Next: len(b.Data) + 1} }
