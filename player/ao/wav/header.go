package wav

import (
	"encoding/binary"
	"math"

	"linnet/player/media"
	"linnet/player/pcm"
)

const (
	tagPCM        = 1
	tagExtensible = 0xFFFE
)

// pcmGUID is what follows the format tag in the extensible header's
// SubFormat to name integer PCM.
const pcmGUID = "\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"

// width is the bits of a sample in the file.
func width(bits int) int {
	switch {
	case bits <= 16:
		return 16
	case bits <= 24:
		return 24
	}
	return 32
}

// Header is what stands in front of the samples of a whole file that holds
// so many frames, or -1 when that is not known. The samples have the width
// that Encoder gives them.
func Header(f media.AudioFormat, frames int64) []byte {
	if frames < 0 {
		return header(f, unknownSize)
	}
	return header(f, frames*int64(f.Channels*width(f.Bits)/8))
}

// unknownSize is a data size that readers take for "up to the end".
const unknownSize = 1<<32 - 1

// Encoder returns the function that appends left-justified S32 samples to
// bytes as a file for f has them: 16 bits, 24 or 32, whichever holds f.Bits,
// rounded to the nearest and without dither.
func Encoder(f media.AudioFormat) func(dst []byte, src []int32) []byte {
	switch width(f.Bits) {
	case 16:
		return pcm.AppendS16
	case 24:
		return pcm.AppendS24
	}
	return pcm.AppendS32
}

// header is everything in front of the samples, for data bytes of them.
func header(f media.AudioFormat, data int64) []byte {
	format := formatChunk(f)
	riff := 4 + 8 + int64(len(format)) + 8 + data + data&1
	b := append([]byte("RIFF"), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[4:], size32(riff))
	b = append(b, "WAVEfmt "...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(format)))
	b = append(b, format...)
	b = append(b, "data"...)
	return binary.LittleEndian.AppendUint32(b, size32(data))
}

func formatChunk(f media.AudioFormat) []byte {
	w := width(f.Bits)
	extensible := f.Channels > 2 || w > 16
	tag := uint16(tagPCM)
	if extensible {
		tag = tagExtensible
	}
	frame := f.Channels * w / 8
	le := binary.LittleEndian
	b := le.AppendUint16(nil, tag)
	b = le.AppendUint16(b, uint16(f.Channels))
	b = le.AppendUint32(b, uint32(f.Rate))
	b = le.AppendUint32(b, uint32(f.Rate*frame))
	b = le.AppendUint16(b, uint16(frame))
	b = le.AppendUint16(b, uint16(w))
	if !extensible {
		return b
	}
	b = le.AppendUint16(b, 22) // the bytes that follow
	b = le.AppendUint16(b, uint16(w))
	b = le.AppendUint32(b, uint32(f.Speakers()))
	return append(b, pcmGUID...)
}

// size32 is a size as the header can say it. What is too long for it gets
// the largest, which readers take for "up to the end".
func size32(n int64) uint32 { return uint32(min(n, math.MaxUint32)) }
