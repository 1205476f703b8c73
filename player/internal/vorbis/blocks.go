package vorbis

// Blocks says how long the block of each packet of a stream is.
type Blocks struct {
	sizes [2]int
	long  []bool // by mode
	bits  int    // that choose the mode
}

// NewBlocks is for a stream with these headers.
func NewBlocks(id Identification, s *Setup) Blocks {
	b := Blocks{sizes: id.Sizes, bits: width(len(s.Modes) - 1)}
	for _, m := range s.Modes {
		b.long = append(b.long, m.Long)
	}
	return b
}

// Size is the length of the window of a packet's block, which stands for a
// quarter of it and of the one before in frames of sound. It is 0 for what is
// no packet of sound, such as an empty one or a header: a decoder passes
// over that.
func (b *Blocks) Size(packet []byte) int {
	mode := b.Mode(packet)
	switch {
	case mode < 0:
		return 0
	case b.long[mode]:
		return b.sizes[1]
	}
	return b.sizes[0]
}

// Mode is the mode of a packet, -1 for what is no packet of sound.
func (b *Blocks) Mode(packet []byte) int {
	if len(packet) == 0 || packet[0]&1 != 0 {
		return -1
	}
	mode := int(packet[0]) >> 1 & (1<<b.bits - 1)
	if mode >= len(b.long) {
		return -1
	}
	return mode
}

// ModeBits is how many bits of a packet Mode looks at.
func (b *Blocks) ModeBits() int { return 1 + b.bits }

// Frames is how many frames of sound lie between the middles of two blocks.
func Frames(before, size int) int { return before/4 + size/4 }
