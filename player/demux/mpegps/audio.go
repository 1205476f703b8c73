package mpegps

import (
	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// A track is one stream of MPEG audio, whose frames are counted.
type track struct {
	stream int // its ID
	cutter mpa.Cutter
	frames int64 // the place of the next frame, counted in samples
	placed bool  // frames is right
}

// known says whether there was a frame.
func (t *track) known() bool {
	_, ok := t.cutter.First()
	return ok
}

// describe is the stream that a first frame tells of.
func describe(h *mpa.Header) media.Stream {
	codec := [...]media.Codec{"", media.MP1, media.MP2, media.MP3}[h.Layer]
	return media.Stream{
		Kind: media.Audio, Codec: codec, Frames: -1, BitRate: h.BitRate,
		Audio: media.AudioFormat{Rate: h.Rate, Channels: h.Channels(), Bits: 16},
	}
}

// reset forgets what was written, and where it was.
func (t *track) reset() {
	t.cutter.Reset()
	t.placed = false
}

// slack is how far, in seconds' parts, a time may be from where counting
// leads before it is believed: a fifth.
const slack = 5

// place counts a frame that the stream says is heard at pts, ticks behind
// the file's beginning, or noTime.
func (t *track) place(h *mpa.Header, pts int64) int64 {
	if pts != noTime {
		at := (pts*int64(h.Rate) + ticks/2) / ticks
		if d := at - t.frames; !t.placed || d > int64(h.Rate)/slack || -d > int64(h.Rate)/slack {
			t.frames, t.placed = max(at, 0), true
		}
	}
	at := t.frames
	t.frames += int64(h.Samples())
	return at
}
