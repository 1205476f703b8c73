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
			sample, state = imaWord(&microsoftTable, out[at:], ch, binary.LittleEndian.Uint32(words[4*c:]), sample, state)
			at += 8 * ch
		}
	}
	return ""
}

// imaWord decodes eight codes to every stride-th sample of out. state is the
// index of the step, times 16.
func imaWord(table *imaTable, out []int32, stride int, codes uint32, sample, state int32) (int32, int32) {
	out = out[: 7*stride+1 : 7*stride+1]
	for i := 0; i < len(out); i += stride {
		e := table[(uint32(state)|codes&15)&(uint32(len(table))-1)]
		codes >>= 4
		sample = clip16(sample + e>>12)
		state = e & 0xff0
		out[i] = sample << 16
	}
	return sample, state
}

const (
	// A block of QuickTime's IMA ADPCM is one channel's: a head of two bytes
	// and 64 codes, low nibble first.
	qtBytes  = 34
	qtFrames = 64
	// qtIndex are the bits of the head that hold the step's index; those
	// above are the upper bits of the sample before the first.
	qtIndex = 0x7f
)

// framesQT is how many frames n bytes hold.
func framesQT(n, channels int) int { return n / (qtBytes * max(channels, 1)) * qtFrames }

// A qtChannel is where a channel's last block ended.
type qtChannel struct{ sample, state int32 }

// decodeQT decodes a packet: a block for each channel. A head has only nine bits
// of the sample. Where they and the step agree with where the block before
// ended, decoding goes on from there, as QuickTime does and FFmpeg.
func (d *Decoder) decodeQT(out []int32, block []byte) string {
	for c := range d.channels {
		b := block[qtBytes*c:][:qtBytes]
		head := binary.BigEndian.Uint16(b)
		sample, state := int32(int16(head&^qtIndex)), int32(head&qtIndex)<<4
		if head&qtIndex >= imaSteps {
			return "step index out of range"
		}
		if last := d.last[c]; last.state == state && last.sample >= sample-qtIndex && last.sample <= sample+qtIndex {
			sample = last.sample
		}
		at := c
		for codes := b[2:]; len(codes) >= 4; codes = codes[4:] {
			sample, state = imaWord(&appleTable, out[at:], d.channels, binary.LittleEndian.Uint32(codes), sample, state)
			at += 8 * d.channels
		}
		d.last[c] = qtChannel{sample, state}
	}
	return ""
}
