package alac

import (
	"encoding/binary"
	"fmt"
	"slices"

	"linnet/player/internal/aac"
	"linnet/player/internal/bits"
	"linnet/player/media"
)

const (
	stage = "ad/alac"
	// maxFrame is the longest frame that is decoded, in samples; what
	// encoders write is 4096.
	maxFrame    = 1 << 16
	maxChannels = 8
	configSize  = 24
)

// Types of elements.
const (
	singleChannel = iota
	channelPair
	couplingChannel
	lowFrequency
	dataStream
	programConfig
	fill
	end
)

// order is where each channel of a packet stands in a frame: Apple's orders
// are C LR, C LR Cs, C LR LsRs, the same with LFE, with Cs and LFE, and
// C LcRc LR LsRs LFE.
var order = [maxChannels + 1][maxChannels]uint8{
	1: {0},
	2: {0, 1},
	3: {2, 0, 1},
	4: {2, 0, 1, 3},
	5: {2, 0, 1, 3, 4},
	6: {2, 0, 1, 4, 5, 3},
	7: {2, 0, 1, 5, 6, 4, 3},
	8: {2, 6, 7, 0, 1, 4, 5, 3},
}

// Decoder decodes one stream. It is not for more than one goroutine at a time.
type Decoder struct {
	channels int
	depth    int // bits of a sample
	length   int // frames in a packet
	golomb   tuning

	mixed [2][]int32 // an element's channels
	coefs [2][maxOrder]int16
}

// New makes a decoder for a stream whose codec is media.ALAC and whose Config
// is Apple's ALACSpecificConfig, 24 bytes.
func New(s media.Stream) (*Decoder, error) {
	c := s.Config
	switch {
	case s.Codec != media.ALAC:
		return nil, unsupported("codec " + string(s.Codec))
	case len(c) < configSize:
		return nil, formatError(-1, "the configuration is cut off")
	case c[4] != 0:
		return nil, unsupported(fmt.Sprintf("version %d", c[4]))
	}
	be := binary.BigEndian
	d := &Decoder{
		channels: int(c[9]), depth: int(c[5]), length: int(min(be.Uint32(c), maxFrame+1)),
		golomb: tuning{history: uint32(c[7]), step: uint32(c[6]), limit: int(c[8])},
	}
	switch {
	case d.channels < 1 || d.channels > maxChannels || d.channels != s.Audio.Channels:
		return nil, unsupported(fmt.Sprintf("%d channels", d.channels))
	case d.depth != 16 && d.depth != 20 && d.depth != 24 && d.depth != 32:
		return nil, unsupported(fmt.Sprintf("%d bits", d.depth))
	case d.length < 1 || d.length > maxFrame:
		return nil, unsupported(fmt.Sprintf("frames of %d samples", be.Uint32(c)))
	case d.golomb.limit > 31:
		return nil, formatError(-1, "the limit of the code's parameter is out of range")
	}
	for i := range d.mixed {
		d.mixed[i] = make([]int32, d.length)
	}
	return d, nil
}

// Reset does nothing: packets do not depend on one another.
func (d *Decoder) Reset() {}

// Decode appends the sound of one packet to dst, as player.AudioDecoder says.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	was := len(dst)
	dst = slices.Grow(dst, d.length*d.channels)
	frames, msg := d.packet(dst[was:was+d.length*d.channels], p.Data)
	dst = dst[:was+frames*d.channels]
	if msg != "" {
		clear(dst[was:])
		return dst, formatError(p.Pos, msg)
	}
	return dst, nil
}

// packet decodes all elements. It returns how many frames there are, and what
// is wrong.
func (d *Decoder) packet(out []int32, data []byte) (frames int, msg string) {
	r := bits.NewReader(data)
	frames = -1
	for done := 0; done < d.channels; {
		width := 1
		switch r.Bits(3) {
		case channelPair:
			width = 2
		case singleChannel, lowFrequency:
		case dataStream:
			aac.SkipData(&r)
			continue
		case fill:
			aac.SkipFill(&r)
			continue
		default:
			return d.length, "an element that cannot be there"
		}
		if r.Over() {
			return d.length, "the packet is cut off"
		}
		if done+width > d.channels {
			return d.length, "more channels than the stream has"
		}
		n, msg := d.element(&r, width)
		if msg != "" {
			return d.length, msg
		}
		if frames >= 0 && n != frames {
			return d.length, "channels of different lengths"
		}
		frames = n
		if d.channels == 2 && width == 2 {
			interleave(out, d.mixed[0][:n], d.mixed[1][:n], uint(32-d.depth))
		} else {
			for i := range width {
				d.write(out[order[d.channels][done+i]:], d.mixed[i][:n])
			}
		}
		done += width
	}
	return frames, ""
}

// write puts a channel into its place in the frames, left-justified.
func (d *Decoder) write(out, samples []int32) {
	up, at := uint(32-d.depth), 0
	for _, v := range samples {
		out[at] = v << (up & 31)
		at += d.channels
	}
}

// interleave is write for both channels of stereo, two frames at a time.
func interleave(out, left, right []int32, up uint) {
	up &= 31
	for ; len(left) >= 2 && len(right) >= 2 && len(out) >= 4; left, right, out = left[2:], right[2:], out[4:] {
		l, r, o := (*[2]int32)(left), (*[2]int32)(right), (*[4]int32)(out)
		o[0], o[1], o[2], o[3] = l[0]<<up, r[0]<<up, l[1]<<up, r[1]<<up
	}
	if len(left) > 0 {
		out[0], out[1] = left[0]<<up, right[0]<<up
	}
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: -1, Msg: msg}
}
