package adpcm

import "encoding/binary"

const imaSteps = 89

// decodeIMA decodes a block: for each channel a header of a 16-bit sample, an
// index of the step and a byte of zero; then words of eight codes, low nibble
// first, for each channel in turn.
func (d *Decoder) decodeIMA(out []int32, block []byte) string {
	ch := d.channels
	group := 4 * ch
	for c := range ch {
		head := block[4*c : 4*c+4]
		if head[2] >= imaSteps {
			return "step index out of range"
		}
		sample := int32(int16(binary.LittleEndian.Uint16(head)))
		state := int32(head[2]) << 4
		out[c] = sample << 16
		at := ch + c
		for words := block[group:]; len(words) >= group; words = words[group:] {
			sample, state = imaWord(out[at:], ch, binary.LittleEndian.Uint32(words[4*c:]), sample, state)
			at += 8 * ch
		}
	}
	return ""
}

// imaWord decodes eight codes to every stride-th sample of out. state is the
// index of the step, times 16.
func imaWord(out []int32, stride int, codes uint32, sample, state int32) (int32, int32) {
	out = out[: 7*stride+1 : 7*stride+1]
	for i := 0; i < len(out); i += stride {
		e := imaTable[(uint32(state)|codes&15)&(uint32(len(imaTable))-1)]
		codes >>= 4
		sample = clip16(sample + e>>12)
		state = e & 0xff0
		out[i] = sample << 16
	}
	return sample, state
}
