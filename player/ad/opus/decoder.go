package opus

import (
	"slices"

	"linnet/player/ad/opus/internal/celt"
	"linnet/player/media"
)

const stage = "ad/opus"

// maxSamples is how many samples of a channel a packet may have: 120 ms.
const maxSamples = 5760

// Decoder decodes the packets of one stream. It is not for more than one
// goroutine at a time.
type Decoder struct {
	head    head
	gain    int32 // factor, Q16; 0 for none
	plain   bool  // the sound of the one stream is what comes out
	streams []*stream
	checked packet
	samples int // of a channel in the last packet
	pcm     [2 * maxSamples]int16
}

// New makes a decoder for a stream of media.Opus with its identification header
// (RFC 7845 clause 5.1) as Config. The sampling rate is 48 kHz. The decoder
// takes some 120 KB and 90 KB for each further stream of one or two channels.
func New(s media.Stream) (*Decoder, error) {
	if s.Codec != media.Opus {
		return nil, unsupported("codec " + string(s.Codec))
	}
	h, err := parseHead(s.Config)
	if err != nil {
		return nil, err
	}
	if s.Audio.Rate != 48000 || s.Audio.Channels != h.channels {
		return nil, unsupported("another format than the header's at 48 kHz")
	}
	d := &Decoder{head: h, streams: make([]*stream, h.streams)}
	if h.gain != 0 {
		const perStep = 21771 // log2(10)/20/256 in Q10, Q25
		d.gain = celt.Exp2((perStep*h.gain + 1<<14) >> 15)
	}
	d.plain = h.gain == 0 && h.streams == 1
	for i, m := range h.mapping[:h.channels] {
		_, channels, _ := h.stream(m)
		d.plain = d.plain && int(m) == i && channels == h.channels
		if m != silent {
			d.open(h.stream(m))
		}
	}
	return d, nil
}

// open makes the decoder of stream i. Streams that nothing is heard of have
// none.
func (d *Decoder) open(i, channels, _ int) {
	if d.streams[i] == nil {
		d.streams[i] = newStream(channels)
	}
}

// stream says which stream a decoded channel is of, how many that has, and
// which of these it is.
func (h *head) stream(m uint8) (i, channels, channel int) {
	if int(m) < 2*h.coupled {
		return int(m / 2), 2, int(m & 1)
	}
	return int(m) - h.coupled, 1, 0
}

// Reset forgets all packets. The first that follow differ a little from what
// they would be: RFC 7845 clause 4.6 asks for 80 ms before a place that is to
// be right.
func (d *Decoder) Reset() {
	for _, s := range d.streams {
		if s != nil {
			s.reset()
		}
	}
	d.samples = 0
}

// Decode appends the sound of a packet, as player.AudioDecoder says, with the
// gain of the header. Channels come in the order of WAV. What can't be taken
// apart is replaced by concealment as long as the packet before.
func (d *Decoder) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	n, e := d.check(p.Data)
	if e != "" {
		n = d.samples
	}
	was, channels := len(dst), d.head.channels
	dst = slices.Grow(dst, n*channels)[:was+n*channels]
	if !d.plain {
		clear(dst[was:])
	}
	rest := p.Data
	for i, s := range d.streams {
		delimited := i < len(d.streams)-1
		switch {
		case s == nil && e == "":
			rest, _ = d.checked.parse(rest, delimited)
		case s != nil && e == "":
			rest, _ = s.p.parse(rest, delimited)
			s.packet(d.pcm[:])
			d.place(dst[was:], i, n)
		case s != nil:
			s.conceal(d.pcm[:n*s.channels])
			d.place(dst[was:], i, n)
		}
	}
	d.samples = n
	if e != "" {
		return dst, e.at(p.Pos)
	}
	return dst, nil
}

// check tells how many samples of a channel a packet has, which is the same in
// all of its streams.
func (d *Decoder) check(data []byte) (n int, e errPacket) {
	for i := range d.streams {
		if data, e = d.checked.parse(data, i < len(d.streams)-1); e != "" {
			return 0, e
		}
		if m := d.checked.count * d.checked.size; i == 0 {
			n = m
		} else if m != n {
			return 0, "streams of several lengths in a packet"
		}
	}
	return n, ""
}

// packet decodes the frames of s.p.
func (s *stream) packet(pcm []int16) {
	for i, data := range s.p.frames[:s.p.count] {
		at := i * s.p.size * s.channels
		s.decode(pcm[at:][:s.p.size*s.channels], data)
	}
}

// place writes what pcm holds of stream i to the channels that it is of.
func (d *Decoder) place(dst []int32, i, n int) {
	if d.plain {
		widen(dst, d.pcm[:len(dst)])
		return
	}
	for to, m := range d.head.mapping[:d.head.channels] {
		if m == silent {
			continue
		}
		of, channels, channel := d.head.stream(m)
		if of != i {
			continue
		}
		for j := range n {
			v := int32(d.pcm[j*channels+channel])
			if d.gain != 0 {
				v = int32(max(-32767, min((int64(v)*int64(d.gain)+1<<15)>>16, 32767)))
			}
			dst[j*d.head.channels+to] = v << 16
		}
	}
}

// widenGeneric makes 32-bit samples of those of 16 bits.
func widenGeneric(dst []int32, src []int16) {
	dst = dst[:len(src)]
	for i, v := range src {
		dst[i] = int32(v) << 16
	}
}
