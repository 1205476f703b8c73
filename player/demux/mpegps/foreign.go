package mpegps

import (
	"bytes"

	"linnet/player/internal/bits"
	"linnet/player/media"
)

// What has no stream_id of its own lies in private_stream_1. On DVDs, of which
// there is no public standard, a byte in front tells what it is; broadcasts have
// frames of AC-3 right there (ATSC A/53 annex A).
const (
	firstAC3  = 0x80
	firstDTS  = 0x88
	behindDTS = 0x90
	firstPCM  = 0xa0
	behindPCM = 0xa8
)

var (
	syncAC3 = []byte{0x0b, 0x77}
	syncDTS = []byte{0x7f, 0xfe, 0x80, 0x01}
)

// A foreign stream is sound that nobody here decodes. It is named, so that others are
// asked who do, and not given.
type foreign struct {
	kind   byte // its first byte
	stream media.Stream
}

// note takes a packet of private_stream_1 for what it tells of its stream.
func (d *Demuxer) note(p *pes) {
	b, err := d.r.in.Peek(min(p.size, 2048))
	d.r.fail(err)
	if len(b) < 8 {
		return
	}
	kind := b[0]
	if bytes.HasPrefix(b, syncAC3) {
		kind = firstAC3
	}
	for _, f := range d.others {
		if f.kind == kind {
			return
		}
	}
	s := media.Stream{Kind: media.Audio, Frames: -1, Audio: media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}}
	switch {
	case kind >= firstAC3 && kind < firstDTS:
		s.Codec = "ac3"
		describeAC3(b, &s.Audio)
	case kind >= firstDTS && kind < behindDTS:
		s.Codec = "dts"
		describeDTS(b, &s.Audio)
	case kind >= firstPCM && kind < behindPCM:
		const fields = 5 // where width, rate and channels stand
		s.Codec = "pcm_dvd"
		s.Audio.Channels = int(b[fields]&7) + 1
		s.Audio.Bits = 16 + 4*min(int(b[fields]>>6), 2)
		if b[fields]>>4&3 == 1 {
			s.Audio.Rate = 96000
		}
	default:
		return
	}
	d.others = append(d.others, foreign{kind, s})
}

// describeAC3 reads the head of the first frame in b, ETSI TS 102 366 clause 4.3.
func describeAC3(b []byte, a *media.AudioFormat) {
	at := bytes.Index(b, syncAC3)
	if at < 0 || len(b)-at < 8 {
		return
	}
	r := bits.NewReader(b[at:])
	r.Skip(16 + 16)
	if rate := r.Bits(2); rate < 3 {
		a.Rate = [3]int{48000, 44100, 32000}[rate]
	}
	r.Skip(6 + 5 + 3)
	mode := r.Bits(3)
	if mode&1 != 0 && mode != 1 {
		r.Skip(2)
	}
	if mode&4 != 0 {
		r.Skip(2)
	}
	if mode == 2 {
		r.Skip(2)
	}
	a.Channels = [8]int{2, 1, 2, 3, 3, 4, 4, 5}[mode]
	if r.Flag() {
		a.Channels++ // of low frequencies
	}
}

// describeDTS reads the head of the first frame in b, ETSI TS 102 114 clause 5.4.
func describeDTS(b []byte, a *media.AudioFormat) {
	at := bytes.Index(b, syncDTS)
	if at < 0 || len(b)-at < 12 {
		return
	}
	r := bits.NewReader(b[at:])
	r.Skip(32 + 1 + 5 + 1 + 7 + 14)
	if mode := r.Bits(6); mode < 16 {
		a.Channels = [16]int{1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6, 6, 6, 7, 8, 8}[mode]
	}
	if rate := r.Bits(4); rate == 8 {
		a.Rate = 44100
	}
	r.Skip(5 + 1 + 1 + 1 + 1 + 1 + 3 + 1 + 1)
	if low := r.Bits(2); low == 1 || low == 2 {
		a.Channels++
	}
}
