package opus

import (
	"linnet/player/ad/opus/internal/celt"
	"linnet/player/ad/opus/internal/entropy"
	"linnet/player/ad/opus/internal/silk"
)

// Lengths in samples at 48 kHz.
const (
	ms2_5 = 120
	ms5   = 240
	ms10  = 480
	ms20  = 960
)

// stream decodes one of the streams of a packet, RFC 6716 clause 4.
type stream struct {
	channels int
	silk     *silk.Decoder
	celt     *celt.Decoder

	p         packet
	mode      mode // of the frame before; 0 when there is none
	redundant bool // it ended with a CELT frame for the change to CELT
	rng       uint32

	rc     entropy.Decoder
	extra  entropy.Decoder // of the redundant frame
	low    [2 * ms10]int16 // SILK's sound where the frame is shorter than SILK's
	before [2 * ms5]int16  // what the frame before goes on with
	change [2 * ms5]int16  // the sound of a redundant frame
}

func newStream(channels int) *stream {
	return &stream{channels: channels, silk: silk.New(channels), celt: celt.New(channels)}
}

func (s *stream) reset() {
	s.silk.Reset()
	s.celt.Reset()
	s.mode, s.redundant, s.rng = 0, false, 0
}

func (s *stream) coded() int {
	if s.p.stereo {
		return 2
	}
	return 1
}

// decode decodes the frame data into pcm, which has room for it.
func (s *stream) decode(pcm []int16, data []byte) {
	if len(data) <= 1 {
		s.conceal(pcm)
		return
	}
	f := &frame{stream: s, pcm: pcm, n: len(pcm) / s.channels}
	s.rc.Init(data)
	f.data = data
	s.decodeFrame(f)
}

// frame is the work on one frame.
type frame struct {
	*stream
	pcm  []int16
	data []byte
	n    int // samples of a channel

	redundancy []byte
	toSILK     bool // the redundant frame is at the start
	extraRange uint32
	fade       bool // there is no redundant frame at a change of mode
}

// decodeFrame is clauses 4.2 to 4.5.
func (s *stream) decodeFrame(f *frame) {
	p := &s.p
	f.fade = s.mode != 0 && (p.mode == celtOnly && s.mode != celtOnly && !s.redundant ||
		p.mode != celtOnly && s.mode == celtOnly)
	if f.fade && p.mode == celtOnly {
		s.conceal(s.before[:min(ms5, f.n)*s.channels])
	}
	if p.mode != celtOnly {
		f.decodeSILK()
		f.readRedundancy()
	}
	if f.redundancy != nil {
		f.fade = false
	}
	if f.fade && p.mode != celtOnly {
		s.conceal(s.before[:min(ms5, f.n)*s.channels])
	}
	start := 0
	if p.mode != celtOnly {
		start = 17
	}
	if f.redundancy != nil && f.toSILK {
		f.decodeRedundant()
	}
	s.celt.Configure(s.coded(), start, p.end)
	f.decodeCELT()
	f.blend()
	s.rng = s.rc.Range() ^ f.extraRange
	s.mode = p.mode
	s.redundant = f.redundancy != nil && !f.toSILK
}

// decodeSILK decodes the SILK frames of a packet's frame.
func (f *frame) decodeSILK() {
	s := f.stream
	if s.mode == celtOnly {
		s.silk.Reset()
	}
	s.silk.Configure(silk.Config{Channels: s.coded(), KHz: s.p.kHz, Millis: f.n / 48})
	for done := 0; done < f.n; {
		done += s.silk.Decode(&s.rc, f.pcm[done*s.channels:], done == 0)
	}
}

// readRedundancy reads whether there is a CELT frame for a change of mode,
// clause 4.5.1, and takes it off.
func (f *frame) readRedundancy() {
	rc := &f.stream.rc
	isHybrid := f.stream.p.mode == hybrid
	least := 17
	if isHybrid {
		least += 20
	}
	if rc.Tell()+least > 8*len(f.data) || isHybrid && !rc.Bit(12) {
		return
	}
	f.toSILK = rc.Bit(1)
	n := len(f.data) - (rc.Tell()+7)>>3
	if isHybrid {
		n = int(rc.Uint(256)) + 2
	}
	keep := len(f.data) - n
	if 8*keep < rc.Tell() {
		f.toSILK = false
		f.data = f.data[:0]
		return
	}
	f.redundancy, f.data = f.data[keep:], f.data[:keep]
	rc.Shrink(n)
}

// decodeRedundant decodes the redundant frame, of 5 ms.
func (f *frame) decodeRedundant() {
	s := f.stream
	s.celt.Configure(s.coded(), 0, s.p.end)
	change := s.change[:ms5*s.channels]
	if len(f.redundancy) > 1 {
		s.extra.Init(f.redundancy)
		s.celt.Decode(&s.extra, change, false)
	} else {
		s.celt.Decode(nil, change, false)
	}
	f.extraRange = s.celt.Range()
}

// decodeCELT decodes the CELT layer, or has it fade out.
func (f *frame) decodeCELT() {
	s := f.stream
	add := s.p.mode != celtOnly
	if s.p.mode != silkOnly {
		if s.mode != 0 && s.mode != s.p.mode && !s.redundant {
			s.celt.Reset()
		}
		rc := &s.rc
		if len(f.data) <= 1 {
			rc = nil
		}
		s.celt.Decode(rc, f.pcm[:min(ms20, f.n)*s.channels], add)
		return
	}
	if s.mode == hybrid && !(f.redundancy != nil && f.toSILK && s.redundant) {
		s.celt.Configure(s.coded(), 0, s.p.end)
		s.extra.Init([]byte{0xff, 0xff})
		s.celt.Decode(&s.extra, f.pcm[:ms2_5*s.channels], add)
	}
}

// blend fades between this frame and a redundant one, or the sound that goes on
// from the frame before.
func (f *frame) blend() {
	s, c := f.stream, f.stream.channels
	half := ms2_5 * c
	switch {
	case f.redundancy != nil && !f.toSILK:
		s.celt.Reset()
		f.decodeRedundant()
		end := f.pcm[len(f.pcm)-half:]
		fade(end, end, s.change[half:], c)
	case f.redundancy != nil:
		copy(f.pcm, s.change[:half])
		fade(f.pcm[half:2*half], s.change[half:], f.pcm[half:], c)
	case f.fade && f.n >= ms5:
		copy(f.pcm, s.before[:half])
		fade(f.pcm[half:2*half], s.before[half:], f.pcm[half:], c)
	case f.fade:
		fade(f.pcm[:half], s.before[:], f.pcm, c)
	}
}

// fade writes 2.5 ms that begin as from and end as to.
func fade(dst, from, to []int16, channels int) {
	for i := range ms2_5 {
		w := int32(celt.Window[i]) * int32(celt.Window[i]) >> 15
		for c := i * channels; c < (i+1)*channels; c++ {
			dst[c] = int16((w*int32(to[c]) + (32767-w)*int32(from[c])) >> 15)
		}
	}
}

// conceal makes sound of its own: of a lost frame, or what would have come.
func (s *stream) conceal(pcm []int16) {
	for len(pcm) > 0 {
		n := len(pcm) / s.channels
		switch {
		case n >= ms20:
			n = ms20
		case n > ms10:
			n = ms10
		case s.mode != silkOnly && n > ms5 && n < ms10:
			n = ms5
		}
		s.concealFrame(pcm[:n*s.channels])
		pcm = pcm[n*s.channels:]
	}
}

func (s *stream) concealFrame(pcm []int16) {
	s.rng = 0
	n := len(pcm) / s.channels
	if s.mode == 0 {
		clear(pcm)
		return
	}
	add := s.mode != celtOnly && n >= ms10
	if s.mode != celtOnly {
		s.silk.SetMillis(max(10, n/48))
		out := pcm
		if !add {
			out = s.low[:]
		}
		for done := 0; done < n; {
			done += s.silk.Decode(nil, out[done*s.channels:], done == 0)
		}
	}
	if s.mode != silkOnly {
		start := 0
		if s.mode == hybrid {
			start = 17
		}
		s.celt.Lose(s.coded(), start)
		s.celt.Decode(nil, pcm, add)
	} else if !add {
		clear(pcm)
	}
	if !add && s.mode != celtOnly {
		for i, v := range s.low[:len(pcm)] {
			pcm[i] = sat16(int32(pcm[i]) + int32(v))
		}
	}
	s.redundant = false
}

func sat16(v int32) int16 { return int16(max(-32768, min(v, 32767))) }
