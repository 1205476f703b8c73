package mpegps

import (
	"linnet/player/internal/mpa"
	"linnet/player/media"
)

// A track cuts one stream of MPEG audio into frames, and counts them.
type track struct {
	stream int // its ID
	buf    []byte
	start  int        // of what was not given yet, in buf
	header mpa.Header // of the first frame
	known  bool
	synced bool // the frame before was right in front

	pieces []piece
	frames int64 // the place of the next frame, counted in samples
	placed bool  // frames is right
}

// A piece is what came with one packet: where in buf it begins, where in the
// file, and the time of the first frame that begins in it.
type piece struct {
	at  int
	pos int64
	pts int64
}

// write adds a packet's payload.
func (t *track) write(b []byte, pos, pts int64) {
	n := copy(t.buf, t.buf[t.start:])
	keep := t.pieces[:0]
	for i, p := range t.pieces {
		if i+1 < len(t.pieces) && t.pieces[i+1].at <= t.start {
			continue
		}
		keep = append(keep, piece{p.at - t.start, p.pos, p.pts})
	}
	t.pieces = append(keep, piece{n, pos, pts})
	t.buf, t.start = append(t.buf[:n], b...), 0
}

// where finds the file's place of buf[at], and takes the time that belongs to
// a frame which begins there.
func (t *track) where(at int) (pos, pts int64) {
	pos, pts = -1, noTime
	for i := range t.pieces {
		p := &t.pieces[i]
		if p.at > at {
			break
		}
		pos = p.pos + int64(at-p.at)
		if p.pts != noTime {
			pts, p.pts = p.pts, noTime
		}
	}
	return pos, pts
}

// next gives the next frame. last says that nothing more comes.
func (t *track) next(last bool) (frame []byte, h mpa.Header, ok bool) {
	for len(t.buf)-t.start >= mpa.HeaderSize {
		b := t.buf[t.start:]
		h, good := mpa.ParseHeader(b)
		size := 0
		if good {
			size = h.FrameSize()
		}
		if !good || size == 0 || t.known && !h.SameStream(&t.header) {
			t.start++
			t.synced = false
			continue
		}
		// The first frame is believed with the next one's header only.
		need := size
		if !t.synced {
			need += mpa.HeaderSize
		}
		if len(b) < need && !last {
			return nil, h, false
		}
		if len(b) < size {
			return nil, h, false
		}
		if !t.synced && len(b) >= need {
			if n, ok := mpa.ParseHeader(b[size:]); !ok || !n.SameStream(&h) {
				t.start++
				continue
			}
		}
		t.synced = true
		if !t.known {
			t.header, t.known = h, true
		}
		t.start += size
		return b[:size], h, true
	}
	return nil, h, false
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
	t.buf, t.start, t.pieces = t.buf[:0], 0, t.pieces[:0]
	t.synced, t.placed = false, false
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
