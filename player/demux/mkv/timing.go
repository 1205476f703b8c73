package mkv

import (
	"time"

	"linnet/player/internal/bits"
	"linnet/player/internal/flac"
	"linnet/player/internal/mpa"
	"linnet/player/internal/opus"
	"linnet/player/internal/vorbis"
	"linnet/player/media"
)

// timing counts the frames of sound that packets stand for.
type timing struct {
	codec   media.Codec
	blocks  vorbis.Blocks
	before  int   // Vorbis: size of the block before; 0 when there is none
	grain   int64 // packets start at multiples of so many frames
	preroll int64 // frames to decode before the wanted one
	block   int64 // bytes of a frame of PCM
	total   int64 // FLAC: frames of the stream; 0 when not known
}

// frames is how many frames decoding a packet gives, behind the one that was
// asked for before.
func (t *timing) frames(packet []byte) int64 {
	switch t.codec {
	case media.Vorbis:
		size := t.blocks.Size(packet)
		if size == 0 {
			return 0
		}
		before := t.before
		if t.before = size; before == 0 {
			return 0
		}
		return int64(vorbis.Frames(before, size))
	case media.Opus:
		return opus.Frames(packet)
	case media.FLAC:
		if h, ok := flac.ParseHeader(packet[:min(len(packet), flac.MaxHeaderSize)]); ok {
			return int64(h.BlockSize)
		}
		return t.grain
	case media.ALAC:
		return t.alacFrames(packet)
	case media.MP1, media.MP2, media.MP3:
		if h, ok := mpa.ParseHeader(packet); ok {
			return int64(h.Samples())
		}
		return t.grain
	case media.AAC:
		return t.grain
	}
	return int64(len(packet)) / t.block
}

// said is where a packet itself says that it starts, -1 where it doesn't.
func (t *timing) said(packet []byte) int64 {
	if t.codec != media.FLAC {
		return -1
	}
	h, ok := flac.ParseHeader(packet[:min(len(packet), flac.MaxHeaderSize)])
	switch {
	case !ok:
		return -1
	case h.Variable:
		return h.Number
	}
	return h.Number * t.grain
}

// alacFrames reads how many frames the first element has, where that is not
// what all have: the flag stands behind 19 bits.
func (t *timing) alacFrames(packet []byte) int64 {
	const coupling, data = 2, 4 // elements from these on have another head
	r := bits.NewReader(packet)
	kind := r.Bits(3)
	r.Bits(16)
	short := r.Flag()
	r.Bits(3)
	if n := int64(r.Bits(16))<<16 | int64(r.Bits(16)); short && kind != coupling && kind < data && !r.Over() && n <= t.grain {
		return n
	}
	return t.grain
}

// A clock turns the times of blocks into frames.
type clock struct {
	tick   int64 // ns
	base   int64 // time of the first packet, in ticks
	offset int64 // frames from there to frame 0
	audio  media.AudioFormat
	grain  int64
}

// frame is the frame at a time; exact says that it is a multiple of the grain
// that is as near as a tick.
func (c *clock) frame(ticks int64) (frame int64, exact bool) {
	f := c.audio.Frames(time.Duration((ticks - c.base) * c.tick))
	near := (f + c.grain/2) / c.grain * c.grain
	if off := near - f; max(off, -off) <= c.tolerance() {
		return max(near-c.offset, 0), true
	}
	return max(f-c.offset, 0), false
}

// tolerance is a tick in frames: half for the rounding of each of two times.
func (c *clock) tolerance() int64 {
	return c.audio.Frames(time.Duration(c.tick)) + 1
}

// ticks is the time of a frame.
func (c *clock) ticks(frame int64) int64 {
	return c.base + int64(c.audio.Duration(frame+c.offset))/c.tick
}
