package flac

import (
	"math"

	"linnet/player/internal/flac"
	"linnet/player/media"
)

// A link is a stretch of the file that is one stream: frames of one kind whose
// numbers go up.
type link struct {
	stream media.Stream
	h      flac.Header // of its first frame
	start  int64       // where that is
	base   int64       // frames of sound before it, as numbers have it
	unit   int64       // frames of sound that a number is worth
	// loose says that numbers say nothing about sound: they count blocks,
	// and blocks differ in size.
	loose    bool
	promised int64 // frames of sound there should be; 0 when not known
	gap      int64 // frames of sound that may be missing in front of the next frame
}

// sameKind says whether two frames can be of one stream.
func sameKind(a, b *flac.Header) bool {
	return a.Rate == b.Rate && a.Channels == b.Channels && a.Bits == b.Bits && a.Variable == b.Variable
}

func (l *link) alike(h *flac.Header) bool { return sameKind(&l.h, h) }

// sample is the number of a frame's first frame of sound.
func (l *link) sample(h *flac.Header) int64 { return h.Number * l.unit }

// has says whether the link is known to go on at a place.
func (l *link) has(pts int64) bool { return pts < l.stream.Frames && !l.stream.Estimated }

// mostIn is how many frames of sound so many bytes may have held.
func mostIn(bytes int64) int64 {
	const least = 10 // bytes of a frame of silence
	return (bytes/least + 1) * flac.MaxBlock
}

// openLink takes up the link whose first frame is at pos. For the file's first
// link, first is where the metadata end, and -1 for others.
func (d *Demuxer) openLink(pos int64, h *flac.Header, first int64) {
	l := link{h: *h, start: pos}
	d.number(&l)
	l.base = l.sample(h)
	if d.config != nil && first >= 0 && l.base > 0 && l.base <= mostIn(pos-first) {
		l.start, l.base = first, 0 // frames in front are damaged
	}
	d.cur = cursor{pos: l.start}
	l.stream = media.Stream{
		Kind: media.Audio, Codec: media.FLAC,
		Audio:  media.AudioFormat{Rate: h.Rate, Channels: h.Channels, Bits: h.Bits, Layout: media.NewLayout(d.said.Mask, h.Channels)},
		Frames: -1, Config: d.config,
	}
	d.link = l
	d.measure(first >= 0)
	d.view[0] = d.link.stream
}

// number finds out what the link's numbers count. Before FLAC 1.2 nothing in
// the header said so; then the second frame tells.
func (d *Demuxer) number(l *link) {
	l.unit = 1
	if l.h.Variable {
		return
	}
	x := d.extent(l.start, &l.h, nil)
	samples := x.hasNext && x.next.Number == l.h.Number+int64(l.h.BlockSize) && l.h.BlockSize > 1
	if !samples {
		l.unit = int64(l.h.BlockSize)
		l.loose = d.info.MinBlock != d.info.MaxBlock && x.hasNext && x.next.BlockSize > l.h.BlockSize
	}
}

// measure fills in how much sound the link has. The last frame of the file
// knows; what STREAMINFO says is often zero, and may be wrong.
func (d *Demuxer) measure(first bool) {
	l := &d.link
	s := &l.stream
	if first && l.base == 0 {
		l.promised = d.info.Samples
	}
	end := int64(-1)
	if !l.loose {
		end = d.lastSample()
	}
	switch {
	case end > l.base:
		s.Frames = end - l.base
		l.promised = max(l.promised, s.Frames)
	case l.promised > 0:
		s.Frames, s.Estimated = l.promised, true
	}
	if s.Frames > 0 && d.end != math.MaxInt64 {
		s.BitRate = bitRate(d.end-l.start, s.Frames, s.Audio.Rate)
	}
}

func bitRate(bytes, frames int64, rate int) int {
	if bytes > math.MaxInt64/8/int64(rate) {
		return 0
	}
	return int(min(bytes*8*int64(rate)/frames, math.MaxInt32))
}

// The end of the file is searched for its last frame in stretches that grow.
const (
	tailFirst = 8 << 10
	tailLast  = 2 << 20
)

// lastSample is the number behind the last frame of sound of the file, as its
// last frame has it; -1 when that can't be found, or is not of this link.
func (d *Demuxer) lastSample() int64 {
	for back := int64(tailFirst); back <= tailLast && d.end != math.MaxInt64; back *= 4 {
		from := max(d.end-back, d.link.start)
		if at, h, ok := d.find(from, d.end); ok {
			return d.chainEnd(at, h)
		}
		if from == d.link.start {
			break
		}
	}
	return -1
}

// chainEnd follows frames of the link to the end of the file.
func (d *Demuxer) chainEnd(pos int64, h flac.Header) int64 {
	for {
		if !d.link.alike(&h) || h.Number < d.link.h.Number {
			return -1
		}
		x := d.extent(pos, &h, nil)
		if !x.hasNext {
			return d.link.sample(&h) + int64(h.BlockSize)
		}
		pos, h = x.end, x.next
	}
}
