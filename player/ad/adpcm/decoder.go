package adpcm

import (
	"encoding/binary"
	"fmt"
	"slices"

	"linnet/player/internal/blocks"
	"linnet/player/media"
)

const stage = "ad/adpcm"

const maxChannels = 64

// Decoder implements player.AudioDecoder. Only QuickTime's ADPCM has state
// between blocks.
type Decoder struct {
	channels int
	block    int // size in bytes
	frames   func(n, channels int) int
	// decode fills out with the frames of one block, which is long enough
	// for them, or says what is wrong with it.
	decode func(d *Decoder, out []int32, block []byte) (damage string)
	coefs  []coefficients
	last   []qtChannel
}

// New returns a decoder for media.ADPCMIMA or media.ADPCMQT, of up to 64
// channels, or media.ADPCMMS, of one or two. It uses the stream's Codec, Audio.Channels
// and BlockAlign; for Microsoft ADPCM also Config: the predictors'
// coefficients as in the WAVE file, up to 256 pairs of 16-bit little-endian
// integers; empty for the seven standard ones. What it cannot decode is an
// *media.UnsupportedError, what contradicts itself a *media.FormatError.
func New(s media.Stream) (*Decoder, error) {
	d := &Decoder{channels: s.Audio.Channels, block: s.BlockAlign}
	most := maxChannels
	switch s.Codec {
	case media.ADPCMIMA:
		d.frames, d.decode = blocks.IMAFrames, (*Decoder).decodeIMA
	case media.ADPCMQT:
		d.block = qtBytes * min(d.channels, maxChannels)
		d.frames, d.decode = framesQT, (*Decoder).decodeQT
		d.last = make([]qtChannel, max(min(d.channels, maxChannels), 0))
	case media.ADPCMMS:
		d.frames, d.decode = blocks.MSFrames, (*Decoder).decodeMS
		d.coefs = parseCoefficients(s.Config)
		most = 2
	default:
		return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "codec " + string(s.Codec)}
	}
	switch {
	case d.channels < 1 || d.channels > most:
		return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: fmt.Sprintf("%s of %d channels", s.Codec, d.channels)}
	case d.frames(d.block, d.channels) == 0:
		return nil, &media.FormatError{Stage: stage, Offset: -1, Msg: fmt.Sprintf("blocks of %d bytes", d.block)}
	}
	return d, nil
}

// parseCoefficients reads a stream's Config.
func parseCoefficients(config []byte) []coefficients {
	if len(config) < 4 {
		return standard[:]
	}
	c := make([]coefficients, min(len(config)/4, 256))
	for i := range c {
		c[i][0] = int32(int16(binary.LittleEndian.Uint16(config[4*i:])))
		c[i][1] = int32(int16(binary.LittleEndian.Uint16(config[4*i+2:])))
	}
	return c
}

// Decode appends the frames of the packet's blocks to dst; see
// player.AudioDecoder. The last block may be shorter than the others. A
// damaged block becomes silence of its length, and the first one is reported.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	var err error
	for at := 0; at < len(p.Data); at += d.block {
		block := p.Data[at:min(at+d.block, len(p.Data))]
		n := d.frames(len(block), d.channels) * d.channels
		dst = slices.Grow(dst, n)
		out := dst[len(dst) : len(dst)+n]
		dst = dst[:len(dst)+n]
		damage := "block cut off in its header"
		if n > 0 {
			damage = d.decode(d, out, block)
		}
		if damage == "" {
			continue
		}
		clear(out)
		if err == nil {
			err = &media.FormatError{Stage: stage, Offset: p.Pos + int64(at), Msg: damage}
		}
	}
	return dst, err
}

// Reset forgets where the last block ended. What is decoded then may be off by
// a constant, up to 127 of 16 bits: what QuickTime's ADPCM does not say in a
// block.
func (d *Decoder) Reset() { clear(d.last) }

// clip16 limits a sample to 16 bits.
func clip16(v int32) int32 { return min(max(v, -1<<15), 1<<15-1) }
