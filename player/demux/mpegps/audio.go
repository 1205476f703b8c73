package mpegps

import (
	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// A track is one stream of MPEG audio, whose frames are counted.
type track struct {
	stream int // its ID
	cutter mpa.Cutter
	start  int64 // its first time, or noTime
	frames int64 // the place of the next frame, counted in samples
	placed bool  // frames is right
	joined bool  // another stream was put behind the one before, of which no frame was placed yet
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
	t.placed, t.joined = false, false
}

// slack is how far, in seconds' parts, a time may be from where counting
// leads before it is believed: a fifth.
const slack = 5

// place counts a frame that the stream says is heard at pts, ticks behind
// the file's beginning, or noTime. missing is how many frames of sound there should
// have been in front of it.
func (t *track) place(h *mpa.Header, pts int64) (at, missing int64) {
	if pts != noTime {
		at := (pts*int64(h.Rate) + ticks/2) / ticks
		if d := at - t.frames; !t.placed || !slight(d, h.Rate) {
			if t.placed {
				missing = max(d, 0)
			}
			t.frames, t.placed = max(at, 0), true
		}
	}
	at = t.frames
	t.frames += int64(h.Samples())
	return at, missing
}

// slight says whether a time is so few frames from where counting leads that it is not
// believed.
func slight(frames int64, rate int) bool { return max(frames, -frames) <= int64(rate)/slack }
