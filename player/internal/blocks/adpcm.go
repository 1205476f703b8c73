package blocks

// IMAFrames is how many frames a block of n bytes of Microsoft's IMA ADPCM
// holds: one in the header of each channel, and eight in each group of one
// 32-bit word per channel. It is 0 when even the header is cut off.
func IMAFrames(n, channels int) int {
	if n < 4*channels {
		return 0
	}
	return 1 + (n-4*channels)/(4*channels)*8
}

// MSFrames is how many frames a block of n bytes of Microsoft's ADPCM holds:
// two in the header of each channel, and one in each nibble per channel.
// It is 0 when even the header is cut off.
func MSFrames(n, channels int) int {
	if n < 7*channels {
		return 0
	}
	return 2 + (n-7*channels)*2/channels
}
