package aiff

import (
	"encoding/binary"
	"fmt"
	"math"

	"linnet/player/media"
)

const (
	maxChannels = 64
	maxRate     = 6144000 // 128 times 48 kHz
)

// common is the COMM chunk, understood.
type common struct {
	channels int
	frames   int64 // or of what is compressed, blocks
	bits     int   // of a sample
	width    int   // bytes of a sample, or of a channel's block
	block    int   // frames in a block
	rate     int
	codec    media.Codec
}

func parseCommon(b []byte, pos int64, compressed bool) (common, error) {
	if len(b) < 18 || compressed && len(b) < 22 {
		return common{}, formatError(pos, "COMM chunk too short")
	}
	be := binary.BigEndian
	c := common{block: 1, channels: int(int16(be.Uint16(b))), frames: int64(be.Uint32(b[2:])), bits: int(int16(be.Uint16(b[6:])))}
	rate, ok := extended(b[8:18])
	kind := "NONE"
	if compressed {
		kind = string(b[18:22])
	}
	switch {
	case c.channels < 1:
		return c, formatError(pos, fmt.Sprintf("%d channels", c.channels))
	case c.channels > maxChannels:
		return c, unsupported(pos, fmt.Sprintf("%d channels", c.channels))
	case !ok || rate == 0:
		return c, formatError(pos, fmt.Sprintf("sampling rate %x", b[8:18]))
	case rate > maxRate:
		return c, unsupported(pos, fmt.Sprintf("sampling rate %d Hz", rate))
	}
	c.rate = int(rate)
	if !c.settle(kind) {
		return c, unsupported(pos, fmt.Sprintf("compression %q of %d bits", kind, c.bits))
	}
	return c, nil
}

// extended reads an IEEE 754 80-bit extended number, rounded to an integer;
// ok is false for what is negative, infinite or above 2^32. Bit 63 of the
// mantissa is its integer part.
func extended(b []byte) (v uint64, ok bool) {
	head, mantissa := binary.BigEndian.Uint16(b), binary.BigEndian.Uint64(b[2:])
	shift := 63 + 16383 - int(head)
	switch {
	case head > 0x7fff || shift < 32:
		return 0, false
	case shift > 64:
		return 0, true
	}
	return mantissa>>(shift-1)/2 + mantissa>>(shift-1)&1, true
}

var (
	bigEndian    = [5]media.Codec{1: media.PCMS8, 2: media.PCMS16BE, 3: media.PCMS24BE, 4: media.PCMS32BE}
	littleEndian = [5]media.Codec{1: media.PCMS8, 2: media.PCMS16LE, 3: media.PCMS24LE, 4: media.PCMS32LE}
)

// settle chooses the codec by the compression's name. Apple's papers write
// some in capitals, programs in small letters.
func (c *common) settle(kind string) bool {
	switch kind {
	case "NONE", "twos":
		return c.settlePCM(&bigEndian)
	case "sowt":
		return c.settlePCM(&littleEndian)
	case "in24":
		c.bits = 24
		return c.settlePCM(&bigEndian)
	case "in32":
		c.bits = 32
		return c.settlePCM(&bigEndian)
	case "raw ":
		c.codec, c.width, c.bits = media.PCMU8, 1, 8
	case "fl32", "FL32":
		c.codec, c.width, c.bits = media.PCMF32BE, 4, 32
	case "fl64", "FL64":
		c.codec, c.width, c.bits = media.PCMF64BE, 8, 32
	case "alaw", "ALAW":
		c.codec, c.width, c.bits = media.PCMALaw, 1, 16
	case "ulaw", "ULAW":
		c.codec, c.width, c.bits = media.PCMMuLaw, 1, 16
	case "ima4":
		c.codec, c.width, c.block, c.bits = media.ADPCMQT, 34, 64, 16
	default:
		return false
	}
	return true
}

// settlePCM finds the whole bytes that hold a sample, left-justified.
func (c *common) settlePCM(codecs *[5]media.Codec) bool {
	if c.bits < 1 || c.bits > 32 {
		return false
	}
	c.width = (c.bits + 7) / 8
	c.codec = codecs[c.width]
	return true
}

func (c *common) stream() media.Stream {
	block := c.width * c.channels
	return media.Stream{
		Kind:       media.Audio,
		Codec:      c.codec,
		Audio:      media.AudioFormat{Rate: c.rate, Channels: c.channels, Bits: c.bits},
		BitRate:    int(min(int64(c.rate)*int64(block)*8/int64(c.block), math.MaxInt32)),
		BlockAlign: block,
	}
}
