package mpa

import (
	"bytes"

	"linnet/player/internal/mpa"
	"linnet/player/internal/tags"
)

const (
	// maxFreeRate is the highest bit rate of free format in MPEG-1, half of
	// it with the low sampling rates: what LAME can write, twice what
	// Layer III can announce.
	maxFreeRate = 640000
	// maxFree is the largest frame in bytes which that gives: Layer II at
	// 8 kHz.
	maxFree = 1152 / 8 * (maxFreeRate / 2) / 8000
	// horizon is how many bytes ahead a run of frames is followed.
	horizon = 3*maxFree + mpa.HeaderSize
	// freeBudget is how many places of a file may be tried as the start
	// of a free-format frame of unknown size; each costs a search over
	// maxFree bytes, and a hostile file has one in every four bytes.
	freeBudget = 1 << 12
)

// A syncer follows chains of headers through memory.
type syncer struct {
	tries int // free-format searches made
}

// A chain is what was found by following headers from one place.
type chain struct {
	frames int // whole frames
	heads  int // headers that agree, the last one's frame perhaps cut off
	// open says that the data ended, or a tag followed, before anything
	// contradicted the chain, and exact that it did where a frame ends.
	open, exact bool
	free        int // bytes of a free-format frame without padding
}

// sizeOf is a frame's size in bytes; free is the size without padding that
// a free-format stream was found to have.
func sizeOf(h *mpa.Header, free int) int {
	if h.BitRate != 0 {
		return h.FrameSize()
	}
	if h.Padding {
		return free + h.Slot()
	}
	return free
}

// alike says whether b can follow a in one link: free format cannot mix with
// announced bit rates.
func alike(a, b *mpa.Header) bool {
	return a.SameStream(b) && (a.BitRate == 0) == (b.BitRate == 0)
}

// follow follows the chain that starts at b[0] for at most most headers.
// free is the known size of free-format frames, 0 where it has to be found.
// Headers whose channel mode, bit rate or protection change are one chain.
func (s *syncer) follow(b []byte, free, most int) (c chain) {
	var first mpa.Header
	c.free = free
	for off := 0; c.heads < most; {
		if len(b)-off < mpa.HeaderSize {
			c.open, c.exact = true, off == len(b)
			return c
		}
		h, ok := mpa.ParseHeader(b[off:])
		if !ok || c.heads > 0 && !alike(&first, &h) {
			if !ok && c.heads > 0 && tags.At(b[off:]) > 0 {
				c.open, c.exact = true, true
			}
			return c
		}
		if c.heads == 0 {
			first = h
			if h.BitRate == 0 && free == 0 {
				if c.free = s.findFree(b, &h); c.free == 0 {
					return c
				}
			}
		}
		c.heads++
		off += max(sizeOf(&h, c.free), mpa.HeaderSize)
		if off > len(b) {
			c.open = true
			return c
		}
		c.frames++
	}
	return c
}

// findFree finds the size of the free-format frame at b[0] by looking for
// the next header and, one frame on, another; 0 when there is none. At the
// end of the data the second frame has to end there.
func (s *syncer) findFree(b []byte, h *mpa.Header) int {
	if s.tries >= freeBudget {
		return 0
	}
	s.tries++
	least, most := freeLimits(h)
	last := min(most+h.Slot(), len(b)-mpa.HeaderSize)
	for k := least; k <= last; k++ {
		n := bytes.IndexByte(b[k:last+1], 0xff)
		if n < 0 {
			break
		}
		k += n
		next, ok := mpa.ParseHeader(b[k:])
		if !ok || !alike(h, &next) {
			continue
		}
		size := k
		if h.Padding {
			size -= h.Slot()
		}
		if s.freeHolds(b[k:], &next, size) {
			return size
		}
	}
	return 0
}

// freeLimits is how small and how large a free-format frame can be: it holds
// its header and what every frame of its layer has.
func freeLimits(h *mpa.Header) (least, most int) {
	least = mpa.HeaderSize + 16
	if h.Layer == 3 {
		least = mpa.HeaderSize + h.SideInfoSize()
	}
	rate := maxFreeRate
	if h.Version != mpa.MPEG1 {
		rate /= 2
	}
	return least, h.Samples() / 8 * rate / h.Rate
}

// freeHolds checks a guessed free-format size on the second frame, at b[0].
func (s *syncer) freeHolds(b []byte, h *mpa.Header, size int) bool {
	end := sizeOf(h, size)
	if len(b)-end < mpa.HeaderSize {
		return len(b) >= end
	}
	third, ok := mpa.ParseHeader(b[end:])
	return ok && alike(h, &third)
}

// nextSync is the offset of the next byte at or behind b[from] that may
// start a header, or -1.
func nextSync(b []byte, from int) int {
	for from < len(b)-1 {
		n := bytes.IndexByte(b[from:len(b)-1], 0xff)
		if n < 0 {
			return -1
		}
		from += n
		if b[from+1]&0xe0 == 0xe0 {
			return from
		}
		from++
	}
	return -1
}

// Match says whether a file looks like MPEG audio. head is its start, behind
// any ID3v2 tag: 4 KiB are enough, and all of it when the file is shorter.
func Match(head []byte) bool {
	for n := tags.At(head); n > 0 && n < int64(len(head)); n = tags.At(head) {
		head = head[n:]
	}
	var s syncer
	c := s.follow(head, 0, 3)
	if c.frames > 0 && (c.open || c.heads >= 2) {
		return true
	}
	for at := nextSync(head, 1); at >= 0; at = nextSync(head, at+1) {
		if s.follow(head[at:], 0, 3).heads >= 3 {
			return true
		}
	}
	return false
}
