package aac

import (
	"slices"

	syntax "linnet/player/internal/aac"
	"linnet/player/internal/bits"
	"linnet/player/internal/mdct"
	"linnet/player/media"
)

const stage = "ad/aac"

// Decoder decodes one stream of AAC. It is not for more than one goroutine at
// a time.
type Decoder struct {
	adts     bool // packets are ADTS frames
	width    int  // channels of the stream
	layout   syntax.Layout
	bands    *bandTables
	channels []channel // in the order of the elements
	bank     filterBank
	mid      middle
	random   random
	seeds    [8 * shortSlots]random
	spare    *channel // for what is read and not heard
	heard    [syntax.MaxChannels]bool
}

// New makes a decoder for a stream whose codec is media.AAC. Its Config is an
// AudioSpecificConfig, ISO/IEC 14496-3 clause 1.6.2.1, and packets are raw data
// blocks; without one, packets are ADTS frames, all of one configuration.
func New(s media.Stream) (*Decoder, error) {
	if s.Codec != media.AAC {
		return nil, unsupported("codec " + string(s.Codec))
	}
	d := &Decoder{adts: len(s.Config) == 0, width: s.Audio.Channels}
	d.bank.long, d.bank.short = mdct.New(2*frameLength), mdct.New(2*shortLength)
	if d.adts {
		return d, nil // the first frame says the rest
	}
	c, err := syntax.ParseConfig(s.Config)
	if err != nil {
		return nil, err
	}
	if c.Layout.Channels != s.Audio.Channels {
		return nil, unsupported("a stream with other channels than its configuration")
	}
	d.configure(&c)
	return d, nil
}

// configure makes room for the channels.
func (d *Decoder) configure(c *syntax.Config) {
	d.layout, d.bands = c.Layout, &bandsOf[c.RateIndex]
	n := 0
	for _, e := range c.Layout.Elements {
		n += width(&e)
	}
	d.channels, d.spare = make([]channel, n), new(channel)
}

// width is how many channels an element carries.
func width(e *syntax.Element) int {
	if e.Kind == syntax.CPE {
		return 2
	}
	return 1
}

// Reset forgets everything that frames leave to the next ones.
func (d *Decoder) Reset() {
	for i := range d.channels {
		d.channels[i].overlap.reset()
	}
}

// Decode appends the sound of one packet to dst, as player.AudioDecoder says:
// 1024 frames of left-justified S32 for each raw data block. Where a block is
// damaged, what its channels had before fades out.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	d.random = random(p.PTS) + random(p.PTS>>32)
	if d.adts {
		return d.decodeADTS(dst, p)
	}
	r := bits.NewReader(p.Data)
	dst, msg := d.block(dst, &r)
	return dst, d.broken(p, msg)
}

// decodeADTS decodes the raw data blocks of a frame.
func (d *Decoder) decodeADTS(dst []int32, p *media.Packet) ([]int32, error) {
	h, ok := syntax.ParseHeader(p.Data)
	if !ok || h.Len() > len(p.Data) {
		return d.conceal(dst), d.broken(p, "no ADTS header")
	}
	if d.channels == nil {
		c, err := h.Config(p.Data[h.Len():])
		if err != nil || c.Layout.Channels != d.width {
			return dst, d.broken(p, "not what the stream was said to be")
		}
		d.configure(&c)
	}
	r := bits.NewReader(p.Data)
	r.Skip(8 * h.Len())
	var first string
	for i := range h.Blocks {
		var msg string
		if dst, msg = d.block(dst, &r); msg != "" && first == "" {
			first = msg
		}
		if r.Align(); h.CRC && h.Blocks > 1 && i < h.Blocks {
			r.Skip(16) // the block's check word
		}
	}
	return dst, d.broken(p, first)
}

func (d *Decoder) broken(p *media.Packet, msg string) error {
	if msg == "" {
		return nil
	}
	return &media.FormatError{Stage: stage, Offset: p.Pos, Msg: msg}
}

// block decodes a raw data block.
func (d *Decoder) block(dst []int32, r *bits.Reader) (_ []int32, msg string) {
	n := len(dst)
	size := frameLength * d.layout.Channels
	dst = slices.Grow(dst, size)[:n+size]
	msg = d.elements(dst[n:], r)
	d.fade(dst[n:])
	return dst, msg
}

// conceal is a block of which nothing is known.
func (d *Decoder) conceal(dst []int32) []int32 {
	if d.channels == nil {
		return dst
	}
	empty := bits.NewReader(nil)
	dst, _ = d.block(dst, &empty)
	return dst
}

func unsupported(msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: msg}
}
