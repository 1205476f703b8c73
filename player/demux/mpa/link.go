package mpa

import (
	"math"

	"linnet/player/internal/mpa"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

// A link is a stretch of the file that is one stream.
type link struct {
	stream media.Stream
	h      mpa.Header // of its first frame
	free   int        // bytes of a free-format frame without padding
	sound  int64      // where its first frame of sound is
	count  int64      // frames by its tag, -1 where that says nothing
	// missing is how many bytes the tag promises that the file lacks, and
	// told says that this was reported.
	missing int64
	told    bool
}

// codecs by layer.
var codecs = [4]media.Codec{1: media.MP1, 2: media.MP2, 3: media.MP3}

// openLink takes up the link whose first header is at pos and moves the
// cursor to its first frame of sound.
func (d *Demuxer) openLink(pos int64, free int) {
	l := link{free: free, sound: pos, count: -1}
	l.h, _ = mpa.ParseHeader(d.window(pos, mpa.HeaderSize))
	tag := vbrTag{frames: -1, bytes: -1}
	size := sizeOf(&l.h, free)
	if b := d.window(pos, size); len(b) == size {
		if t, ok := parseTag(b, &l.h); ok {
			tag = t
			l.sound += int64(size)
		}
	}
	p := d.probe(&l)
	l.stream = media.Stream{Kind: media.Audio, Codec: codecs[l.h.Layer], Frames: -1,
		Audio: media.AudioFormat{Rate: l.h.Rate, Channels: p.channels, Bits: 16}}
	d.measure(&l, &tag, &p, pos)
	d.link, d.view[0] = l, l.stream
	d.cur = cursor{pos: l.sound}
	d.index.clear()
	d.index.note(d.cur)
}

// A probe is what some frames of a link show.
type probe struct {
	channels      int   // the most that a frame has
	frames, bytes int64 // of those looked at
	whole         bool  // the link was walked to its end
	exact         bool  // and it ends with a frame, perhaps one cut off
	constant      bool  // all had the first one's bit rate
}

const (
	// probeAll is how large a link is walked through at once, in bytes: 16
	// seconds at 128 kbit/s.
	probeAll = 256 << 10
	// Of a larger one so many places are looked at, and so many frames at
	// each: what is seen at the start alone says little of a variable bit
	// rate.
	probePlaces = 8
	probeFrames = 24
)

// probe looks at the frames of a link.
func (d *Demuxer) probe(l *link) probe {
	p := probe{channels: l.h.Channels(), constant: true}
	if rest := d.end - l.sound; rest > probeAll {
		d.probeAt(l, l.sound, 2*probeFrames, &p)
		for i := int64(1); d.end != math.MaxInt64 && i < probePlaces; i++ {
			if at, ok := d.somewhere(l, l.sound+rest/probePlaces*i); ok {
				d.probeAt(l, at, probeFrames, &p)
			}
		}
		return p
	}
	end := d.probeAt(l, l.sound, math.MaxInt, &p)
	b := d.window(end, mpa.MaxFrameSize)
	h, ok := mpa.ParseHeader(b)
	p.exact = len(b) < mpa.HeaderSize || ok && alike(&l.h, &h)
	p.whole = p.exact || ok
	return p
}

// probeAt walks over frames, without the care that next takes, and returns
// where it stopped.
func (d *Demuxer) probeAt(l *link, pos int64, most int, p *probe) int64 {
	for range most {
		h, ok := mpa.ParseHeader(d.window(pos, mpa.HeaderSize))
		size := sizeOf(&h, l.free)
		if !ok || !alike(&l.h, &h) || int64(size) > d.end-pos {
			break
		}
		if midTag(d.window(pos, size), &h) {
			pos += int64(size)
			continue
		}
		p.channels = max(p.channels, h.Channels())
		p.constant = p.constant && h.BitRate == l.h.BitRate
		p.bytes += int64(size)
		p.frames++
		pos += int64(size)
	}
	return pos
}

// somewhere finds a frame of the link near pos.
func (d *Demuxer) somewhere(l *link, pos int64) (at int64, ok bool) {
	b := d.window(pos, horizon)
	for i := nextSync(b, 0); i >= 0; i = nextSync(b, i+1) {
		h, ok := mpa.ParseHeader(b[i:])
		if ok && alike(&l.h, &h) && d.sync.follow(b[i:], l.free, otherRun).heads == otherRun {
			return pos + int64(i), true
		}
	}
	return 0, false
}

// measure fills in how long the link is, by its tag if it has a good one and
// by its first frames otherwise, and what of it is to be trimmed.
func (d *Demuxer) measure(l *link, tag *vbrTag, p *probe, pos int64) {
	s := &l.stream
	samples := int64(l.h.Samples())
	s.BitRate = l.h.BitRate
	if p.frames > 0 && (!p.constant || s.BitRate == 0) {
		s.BitRate = bitRate(p.bytes, p.frames*samples, l.h.Rate)
	}
	there := d.end - pos
	if tag.frames > 0 && tag.plausible(there) {
		d.byTag(l, tag, p, pos)
		return
	}
	switch {
	case p.whole:
		s.Frames, s.Estimated = p.frames*samples, !p.exact
	case d.end != math.MaxInt64 && s.BitRate > 0:
		s.Frames = scale((d.end-l.sound)*8, int64(l.h.Rate), int64(s.BitRate)) / samples * samples
		s.Estimated = true
	}
}

// plausible says whether a tag's count of frames can be true of so many
// bytes; whether it is, only the end tells.
func (t *vbrTag) plausible(there int64) bool {
	const least = 24 // 8 kbit/s at 24 kHz
	return there == math.MaxInt64 || t.bytes > there ||
		t.frames <= there/least && t.frames >= there/maxFree-1
}

// byTag takes a link's length from its tag, unless the file has less than
// the tag says or goes on behind it with more of the same. Where less than a
// frame lacks, a tag in which only the count of bytes is wrong is likelier,
// unless frames lack as well.
func (d *Demuxer) byTag(l *link, tag *vbrTag, p *probe, pos int64) {
	s := &l.stream
	l.count = tag.frames
	s.Frames = tag.frames * int64(l.h.Samples())
	if tag.bytes > 0 {
		s.BitRate = bitRate(tag.bytes, s.Frames, l.h.Rate)
	}
	if tag.bytes > 0 && d.end != math.MaxInt64 {
		there := d.end - pos
		if lack := tag.bytes - there; lack > mpa.MaxFrameSize || lack > 0 && p.whole && p.frames < tag.frames {
			l.missing = lack
		}
		if l.missing > 0 || there > tag.bytes && d.goesOn(l, pos+tag.bytes) {
			s.Frames, s.Estimated = scale(s.Frames, there, tag.bytes), true
		}
	}
	if tag.gapless {
		trim(s, tag.delay, tag.padding)
	}
}

// trim cuts encoder delay and padding, given without the decoder's delay,
// off a stream whose Frames is still the whole.
func trim(s *media.Stream, delay, padding int64) {
	delay, padding = delay+decoderDelay, max(0, padding-decoderDelay)
	if s.Estimated {
		padding = 0
	}
	if delay+padding > s.Frames {
		return
	}
	s.Delay, s.Padding = delay, padding
	s.Frames -= delay + padding
}

// goesOn says whether sound of the link is at pos, where its tag says that
// it ends, or behind the tags there: files are joined with theirs.
func (d *Demuxer) goesOn(l *link, pos int64) bool {
	b := d.window(pos, horizon)
	for n := tags.At(b); n > 0; n = tags.At(b) {
		pos += min(n, d.end-pos)
		b = d.window(pos, horizon)
	}
	h, ok := mpa.ParseHeader(b)
	if !ok || !alike(&l.h, &h) {
		return false
	}
	size := sizeOf(&h, l.free)
	return len(b) > size && d.sync.follow(b, l.free, startRun).heads > 1
}

// applySMPB takes delay and length from iTunes's comment, where the sound
// has no tag of its own that says them.
func (d *Demuxer) applySMPB() {
	s, g := &d.link.stream, d.info.Gapless
	if !g.Valid || s.Delay != 0 || d.link.h.Layer != 3 || d.link.missing > 0 {
		return
	}
	delay := g.Delay + decoderDelay
	if s.Frames >= 0 && !s.Estimated && delay+g.Frames > s.Frames {
		return // of some other file
	}
	s.Delay, s.Padding = delay, max(0, g.Padding-decoderDelay)
	s.Frames, s.Estimated = g.Frames, false
	d.view[0] = *s
}

// bitRate is the average in bits per second of bytes that hold so many
// frames of sound.
func bitRate(bytes, frames int64, rate int) int {
	if frames <= 0 {
		return 0
	}
	return int(scale(bytes*8, int64(rate), frames))
}

// scale is v*num/den without overflow for what files can hold.
func scale(v, num, den int64) int64 {
	return v/den*num + v%den*num/den
}
