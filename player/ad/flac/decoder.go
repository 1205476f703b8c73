package flac

import (
	"slices"

	"linnet/player/internal/bits"
	"linnet/player/internal/flac"
	"linnet/player/media"
)

const stage = "ad/flac"

// Decoder decodes one stream of FLAC frames. It is not for more than one
// goroutine at a time.
type Decoder struct {
	info     flac.StreamInfo
	channels int // of the stream
	last     int // block size of the last frame, for one that can't be read

	r     bits.Reader
	h     flac.Header
	block []int32         // the subframes of a frame, one behind the other
	wide  []int64         // a side channel of 33 bits
	coefs [maxOrder]int32 // of the predictor, that of the oldest sample first
	sum   *sum            // nil unless the sound is to be verified
}

// New makes a decoder for a stream whose codec is media.FLAC and whose Config
// is a STREAMINFO block without its header, or empty: then every frame has to
// say itself how many bits its samples have. Packets are frames, from their
// sync code to their checksum; what follows that is ignored.
func New(s media.Stream) (*Decoder, error) {
	if s.Codec != media.FLAC {
		return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "codec " + string(s.Codec)}
	}
	d := &Decoder{channels: s.Audio.Channels}
	if len(s.Config) > 0 {
		info, ok := flac.ParseStreamInfo(s.Config)
		if !ok {
			return nil, &media.FormatError{Stage: stage, Offset: -1, Msg: "the STREAMINFO block is broken"}
		}
		d.info = info
	}
	if d.channels < 1 || d.channels > 8 {
		return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "streams of other than one to eight channels"}
	}
	return d, nil
}

// Reset forgets the stream's past; a frame needs none of it. The sound is not
// verified any more.
func (d *Decoder) Reset() { d.last, d.sum = 0, nil }

// Decode appends the sound of one frame to dst, as player.AudioDecoder says.
// A damaged frame gives silence of the length that its header says, or that of
// the frame before.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	msg := d.frame(p)
	n := len(dst)
	if msg == "" {
		dst = d.output(dst)
		d.sum.add(dst[n:], d.h.Bits)
		return dst, nil
	}
	d.sum.spoil()
	dst = slices.Grow(dst, d.last*d.channels)[:n+d.last*d.channels]
	clear(dst[n:])
	return dst, &media.FormatError{Stage: stage, Offset: p.Pos, Msg: msg}
}

// frame decodes a frame into d.block and d.wide. It returns what is wrong.
func (d *Decoder) frame(p *media.Packet) string {
	var ok bool
	if d.h, ok = flac.ParseHeader(p.Data); !ok {
		return "no frame header"
	}
	h := &d.h
	h.Complete(&d.info)
	d.last = h.BlockSize
	switch {
	case h.Channels != d.channels:
		return "a frame of another number of channels"
	case h.Bits == 0:
		return "nothing says how many bits a sample has"
	case len(p.Data) < h.Size+h.Channels: // a subframe takes a byte at the least
		return "the frame is cut off"
	}
	if n := h.BlockSize * h.Channels; cap(d.block) < n {
		d.block = make([]int32, n)
	}
	d.block = d.block[:h.BlockSize*h.Channels]
	d.r.Reset(p.Data[h.Size:])
	for ch := range h.Channels {
		if msg := d.subframe(ch); msg != "" {
			return msg
		}
	}
	d.r.Align()
	return d.check(p)
}

// check compares the CRC-16 behind the subframes, unless whoever cut the
// packet did and cut it here.
func (d *Decoder) check(p *media.Packet) string {
	end := d.h.Size + d.r.Pos()>>3 + 2
	switch {
	case d.r.Over() || end > len(p.Data):
		return "the frame is cut off"
	case p.Checked && end == len(p.Data):
		return ""
	case flac.CRC16(0, p.Data[:end]) != 0:
		return "the frame's checksum is wrong"
	}
	return ""
}

// samples is a channel of the current block.
func (d *Decoder) samples(ch int) []int32 {
	n := d.h.BlockSize
	return d.block[ch*n : (ch+1)*n : (ch+1)*n]
}
