package pcm

import (
	"fmt"
	"slices"

	"linnet/player/media"
)

const stage = "ad/pcm"

// Decoder implements player.AudioDecoder. It has no state between packets.
type Decoder struct {
	width    int // bytes of a sample
	channels int
	unpack   func(dst []int32, src []byte)
}

// codecs are what New knows; unpack fills dst from len(dst) samples of width
// bytes at the start of src.
var codecs = [...]struct {
	codec  media.Codec
	width  int
	unpack func(dst []int32, src []byte)
}{
	{media.PCMU8, 1, unpackU8},
	{media.PCMS8, 1, unpackS8},
	{media.PCMS16LE, 2, unpackS16LE},
	{media.PCMS16BE, 2, unpackS16BE},
	{media.PCMS24LE, 3, unpackS24LE},
	{media.PCMS24BE, 3, unpackS24BE},
	{media.PCMS32LE, 4, unpackS32LE},
	{media.PCMS32BE, 4, unpackS32BE},
	{media.PCMF32LE, 4, unpackF32LE},
	{media.PCMF32BE, 4, unpackF32BE},
	{media.PCMF64LE, 8, unpackF64LE},
	{media.PCMF64BE, 8, unpackF64BE},
	{media.PCMALaw, 1, unpackALaw},
	{media.PCMMuLaw, 1, unpackMuLaw},
}

// New returns a decoder for the PCM codecs of package media. It uses the
// stream's Codec and Audio.Channels. Other streams are an
// *media.UnsupportedError.
func New(s media.Stream) (*Decoder, error) {
	for _, c := range codecs {
		if c.codec == s.Codec && s.Audio.Channels > 0 {
			return &Decoder{c.width, s.Audio.Channels, c.unpack}, nil
		}
	}
	return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: fmt.Sprintf("codec %s of %d channels", s.Codec, s.Audio.Channels)}
}

// Decode appends the packet's frames to dst; see player.AudioDecoder. Bytes
// that do not fill a frame are dropped, with a *media.FormatError.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	frame := d.width * d.channels
	n := len(p.Data) / frame * d.channels
	dst = slices.Grow(dst, n)
	d.unpack(dst[len(dst):len(dst)+n], p.Data)
	dst = dst[:len(dst)+n]
	if rest := len(p.Data) % frame; rest != 0 {
		return dst, &media.FormatError{Stage: stage, Offset: p.Pos + int64(len(p.Data)-rest),
			Msg: fmt.Sprintf("%d bytes of a frame of %d", rest, frame)}
	}
	return dst, nil
}

// Reset does nothing, as there is no state.
func (d *Decoder) Reset() {}
