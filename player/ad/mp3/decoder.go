package mp3

import (
	"linnet/player/internal/mpa"
	"linnet/player/media"
)

const stage = "ad/mp3"

// Decoder decodes one stream of MPEG audio frames. It is not for more than
// one goroutine at a time.
type Decoder struct {
	channels int // of the stream
	last     mpa.Header
	crc      protection
	l3       layer3
	l12      layer12
	sub      slotSamples // of Layers I and II
	synth    [2]synthesis
	out      []int32 // where the frame goes; channels of the frame interleaved
	width    int     // that number of channels
}

// New makes a decoder for a stream whose codec is media.MP1, MP2 or MP3. The
// frames themselves say which layer they are. Packets whose number of
// channels is not the stream's are doubled or mixed to it.
func New(s media.Stream) (*Decoder, error) {
	switch s.Codec {
	case media.MP1, media.MP2, media.MP3:
	default:
		return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "codec " + string(s.Codec)}
	}
	if s.Audio.Channels != 1 && s.Audio.Channels != 2 {
		return nil, &media.UnsupportedError{Stage: stage, Offset: -1, Msg: "streams of other than one or two channels"}
	}
	d := &Decoder{channels: s.Audio.Channels}
	d.Reset()
	return d, nil
}

// Reset forgets everything that frames leave to the next ones.
func (d *Decoder) Reset() {
	d.l3.reset()
	d.last = mpa.Header{}
	d.crc = protection{}
	for i := range d.synth {
		d.synth[i].reset()
	}
}

// Decode appends the sound of one frame to dst, as player.AudioDecoder says:
// 384, 576 or 1152 frames of left-justified S32. A Layer III frame that
// needs main data from before the first packet gives silence without an
// error.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	h, ok := mpa.ParseHeader(p.Data)
	if !ok {
		return d.lost(dst), d.broken(p, "no frame header")
	}
	if len(p.Data) > maxFrame {
		return d.lost(dst), d.broken(p, "the frame is too long")
	}
	n := len(dst)
	dst = d.grow(dst, &h)
	msg := d.frame(&h, p.Data)
	d.adapt(dst[n:], &h)
	if msg != "" {
		return dst, d.broken(p, msg)
	}
	return dst, nil
}

func (d *Decoder) broken(p *media.Packet, msg string) error {
	return &media.FormatError{Stage: stage, Offset: p.Pos, Msg: msg}
}
