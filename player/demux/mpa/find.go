package mpa

import (
	"linnet/player/internal/mpa"
)

// findStart looks for the first frame at or behind pos: where startRun
// frames agree or the file ends in agreement. A shorter run counts when what
// follows later is of its kind, so that damage near the start costs no
// sound, or when nothing better is found.
func (d *Demuxer) findStart(pos int64) (at int64, free int, ok bool) {
	var lesser struct {
		at   int64
		free int
		h    mpa.Header
		ok   bool
	}
	limit := min(d.end, pos+maxJunk)
	at = pos
	for {
		b := d.candidate(&at, limit)
		if b == nil {
			return lesser.at, lesser.free, lesser.ok
		}
		h, ok := mpa.ParseHeader(b)
		if !ok {
			at++
			continue
		}
		c := d.sync.follow(b, 0, startRun)
		switch {
		case c.heads >= startRun || c.open && (c.heads > 1 || c.exact && c.frames == 1):
			if lesser.ok && alike(&lesser.h, &h) {
				return lesser.at, lesser.free, true
			}
			return at, c.free, true
		case !lesser.ok && c.heads > 1:
			lesser.at, lesser.free, lesser.h, lesser.ok = at, c.free, h, true
		}
		at++
	}
}

// candidate moves at to the next place before limit that may be a header,
// and returns the bytes from there to the horizon, or nil when there is no
// such place.
func (d *Demuxer) candidate(at *int64, limit int64) []byte {
	for *at < limit {
		b := d.window(*at, horizon)
		if len(b) < mpa.HeaderSize {
			return nil
		}
		if n := nextSync(b, 0); n == 0 {
			return b
		} else if n > 0 {
			*at += int64(n)
		} else {
			*at += int64(len(b) - 1)
		}
	}
	return nil
}

// resync looks for the next frame at or behind pos after damage: of the
// current link, two in a row; of any other kind, startRun; fewer where the
// file ends.
func (d *Demuxer) resync(pos int64) (at int64, ok bool) {
	l := &d.link
	for at = pos; ; at++ {
		b := d.candidate(&at, d.end)
		if b == nil {
			return 0, false
		}
		h, ok := mpa.ParseHeader(b)
		if !ok {
			continue
		}
		if !alike(&l.h, &h) {
			if _, ok := d.opens(at, h); ok {
				return at, true
			}
			continue
		}
		c := d.sync.follow(b, l.free, startRun)
		if c.heads > 1 || c.open && c.exact {
			return at, true
		}
	}
}

// opens says whether a link of another kind than the current one starts at
// pos, where a header h is, and with which size of free-format frames.
func (d *Demuxer) opens(pos int64, h mpa.Header) (free int, ok bool) {
	if alike(&d.link.h, &h) {
		return 0, false
	}
	c := d.sync.follow(d.window(pos, horizon), 0, startRun)
	return c.free, c.heads >= startRun || c.open && c.heads >= otherRun
}

// blank says whether nothing but one repeated byte follows pos.
func (d *Demuxer) blank(pos int64) bool {
	first := d.window(pos, 1)
	if len(first) == 0 {
		return true
	}
	fill := first[0]
	for pos < d.end {
		b := d.window(pos, horizon)
		for _, v := range b {
			if v != fill {
				return false
			}
		}
		if len(b) == 0 {
			break
		}
		pos += int64(len(b))
	}
	return true
}
