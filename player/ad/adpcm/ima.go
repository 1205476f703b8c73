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
		out[c] = sample << 16
		if n := len(block)/group - 1; n > 0 {
			s := startIMA(sample, head[2])
			imaWords(&microsoftTable, out[ch+c:], ch, block[group+4*c:], group, n, &s)
		}
	}
	return ""
}

// imaBits is the fraction that samples have while they are decoded. A sample
// and a difference, which has one bit more, just fit into 32 bits then.
const imaBits = 14

// An imaState is where a channel is.
type imaState struct {
	sample int32  // the last one, with imaBits of fraction that mean nothing
	entry  uint32 // of the table, the one that led here
}

func startIMA(sample int32, index byte) imaState {
	return imaState{sample << imaBits, uint32(index) << 25}
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
type qtChannel struct {
	sample int32
	index  byte
}

// decodeQT decodes a packet: a block for each channel. A head has only nine bits
// of the sample. Where they and the step agree with where the block before
// ended, decoding goes on from there, as QuickTime does and FFmpeg.
func (d *Decoder) decodeQT(out []int32, block []byte) string {
	for c := range d.channels {
		b := block[qtBytes*c:][:qtBytes]
		head := binary.BigEndian.Uint16(b)
		sample, index := int32(int16(head&^qtIndex)), byte(head&qtIndex)
		if index >= imaSteps {
			return "step index out of range"
		}
		if last := d.last[c]; last.index == index && last.sample >= sample-qtIndex && last.sample <= sample+qtIndex {
			sample = last.sample
		}
		s := startIMA(sample, index)
		imaWords(&appleTable, out[c:], d.channels, b[2:], 4, qtFrames/8, &s)
		d.last[c] = qtChannel{s.sample >> imaBits, byte(s.entry >> 25)}
	}
	return ""
}
