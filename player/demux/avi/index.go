package avi

import (
	"encoding/binary"
	"io"
	"slices"
	"time"

	"linnet/player/media"
)

// A place is a chunk of a track, and how many of the track's units lie before it.
type place struct {
	pos   int64 // of the chunk's head
	size  int64
	count int64
}

// A search goes over the chunks of a track, in their order, and finds the one from
// which the track is to be read for a time.
type search struct {
	track  *track
	target int64 // the time, in the track's units
	count  int64 // of the chunks that were seen
	past   bool  // the target
	found  place
	before []place // chunks up to that of the target, where a frame needs those before it
}

// What a frame of MPEG audio needs before it: its main data may begin so many
// bytes earlier, the frames' headers and side information not counted, and its
// transforms overlap with some frames.
const (
	reservoir = 511
	frameHead = 38
	overlap   = 2
	mostBack  = 96 // chunks
)

// newSearch begins one for a time.
func newSearch(t *track, at time.Duration) search {
	us := max(0, int64((at-t.lead-t.stream.Reordering())/time.Microsecond))
	target := us * t.rate / (t.scale * 1e6)
	if us > 1<<40 {
		target = us / 1e6 * t.rate / t.scale
	}
	return search{track: t, target: target}
}

// see takes the next chunk. It returns true when no later one can be it.
func (s *search) see(pos, size int64, key bool) bool {
	if s.past = s.past || s.count > s.target; s.past {
		return true
	}
	p := place{pos, size, s.count}
	s.count += s.track.units(size)
	if s.track.mpeg {
		if len(s.before) == mostBack {
			s.before = s.before[:copy(s.before, s.before[1:])]
		}
		s.before = append(s.before, p)
	} else if key || s.track.stream.Kind == media.Audio {
		s.found = p
	}
	return false
}

// end is the place that was found; without one it is the list's first chunk.
func (s *search) end(first int64) place {
	main := int64(0)
	for i := len(s.before) - 1; i >= 0 && main < reservoir; i-- {
		if s.found = s.before[i]; len(s.before)-1-i > overlap {
			main += max(s.found.size-frameHead, 0)
		}
	}
	if s.found.pos == 0 {
		return place{pos: first}
	}
	return s.found
}

// Seek moves each track by itself: pictures to the last that needs no other at
// or before t, sound to the chunk from which that at t can be decoded.
func (d *Demuxer) Seek(t time.Duration) error {
	searches := make([]search, len(d.tracks))
	for i, track := range d.tracks {
		searches[i] = newSearch(track, t)
		searches[i].past = !track.played
	}
	switch {
	case d.indexedAll():
		for i := range searches {
			d.byOpenDML(&searches[i])
		}
	case d.old.ID != "":
		d.byOldIndex(searches)
	default:
		d.byChunks(searches)
	}
	if err := d.failed(); err != nil {
		return err
	}
	places := make([]place, len(d.tracks))
	from, lies := int64(1<<63-1), false
	for i := range searches {
		if !searches[i].track.played {
			continue
		}
		places[i] = searches[i].end(d.movi)
		from = min(from, places[i].pos)
		lies = lies || places[i].pos < d.movi || d.size >= 0 && places[i].pos >= d.size
	}
	if lies {
		from = d.movi
		clear(places)
	}
	d.enter(from)
	for i, t := range d.tracks {
		t.from, t.count, t.bytes = places[i].pos, places[i].count, places[i].count*t.unit
	}
	return nil
}

// seeAll gives a chunk to its track's search. It returns true when all have
// theirs.
func seeAll(searches []search, t *track, pos, size int64, key bool) bool {
	if !searches[t.number].see(pos, size, key) {
		return false
	}
	return !slices.ContainsFunc(searches, func(s search) bool { return !s.past })
}

// indexedAll says whether each track that is played has OpenDML's index.
func (d *Demuxer) indexedAll() bool {
	for _, t := range d.tracks {
		if t.played && (t.super == 0 || t.entries <= 0) {
			return false
		}
	}
	return true
}

// mostBehind is how many chunks the tracks may lie apart in a file without an
// index. One that has none up to there is read from the beginning.
const mostBehind = 10000

// byChunks reads the heads of all chunks: the file has no index.
func (d *Demuxer) byChunks(searches []search) {
	d.enter(d.movi)
	for behind := 0; behind < mostBehind; {
		c, _, ok := d.next()
		if !ok {
			return
		}
		is := c.track.stream.Codec == media.MJPEG
		if c.track.stream.Kind == media.Video && !is && c.size > 0 {
			d.in.SeekTo(c.pos)
			b, _ := d.in.Peek(int(min(c.size, 256)))
			is = key(c.track.stream.Codec, b)
		}
		if seeAll(searches, c.track, c.pos-8, c.size, is) {
			return
		}
		if searches[c.track.number].past && c.track.played {
			behind++
		}
	}
}

// byOldIndex reads the chunk idx1: for each chunk its name, flags, place and
// size.
func (d *Demuxer) byOldIndex(searches []search) {
	const entry, keyframe = 16, 0x10
	d.in.SeekTo(d.old.Body)
	base := int64(-1)
	for n := d.old.Size / entry; n > 0; n-- {
		b, err := d.in.Next(entry)
		if len(b) < entry {
			d.fail(err)
			return
		}
		t := d.trackOf(b)
		if t == nil {
			continue
		}
		le := binary.LittleEndian
		flags, pos, size := le.Uint32(b[4:]), int64(le.Uint32(b[8:])), int64(le.Uint32(b[12:]))
		if base < 0 {
			// Places count from the list's type, as they should, or from
			// the file's start. The first chunk tells.
			at := d.in.Pos()
			base = d.baseOf(t, pos)
			d.in.SeekTo(at)
		}
		if seeAll(searches, t, base+pos, size, flags&keyframe != 0) {
			return
		}
	}
}

// baseOf is what the places of the old index count from.
func (d *Demuxer) baseOf(t *track, pos int64) int64 {
	for _, base := range [...]int64{d.movi - 4, 0} {
		d.in.SeekTo(base + pos)
		if b, _ := d.in.Peek(4); len(b) == 4 && d.trackOf(b) == t {
			return base
		}
	}
	return d.movi - 4
}

// byOpenDML reads the index of a search's track.
func (d *Demuxer) byOpenDML(s *search) {
	if !s.past {
		d.indexed(s.track, s.see)
	}
}

// maxEntries is how many chunks of a track are looked at in its indexes: more
// than a day of pictures. Indexes may name one another's place.
const maxEntries = 1 << 22

// indexed calls see for each chunk of t's indexes (OpenDML 1.02, 3.0), until
// it returns true.
func (d *Demuxer) indexed(t *track, see func(pos, size int64, key bool) bool) {
	le := binary.LittleEndian
	left := maxEntries
	for i := range min(t.entries, 1<<16) {
		d.in.SeekTo(t.super + int64(i)*16)
		b, err := d.in.Peek(16)
		if len(b) < 16 {
			d.fail(err)
			return
		}
		at := int64(le.Uint64(b))
		if at <= 0 || d.size >= 0 && at >= d.size {
			continue
		}
		d.in.SeekTo(at)
		head, err := d.in.Next(32)
		if len(head) < 32 {
			d.fail(err)
			return
		}
		if le.Uint16(head[8:]) != 2 || head[11] != 1 { // two words an entry, of chunks
			continue
		}
		base := int64(le.Uint64(head[20:]))
		for range min(le.Uint32(head[12:]), 1<<24) {
			b, err := d.in.Next(8)
			if left--; len(b) < 8 || left < 0 {
				if err != io.EOF {
					d.fail(err)
				}
				return
			}
			size := le.Uint32(b[4:])
			if see(base+int64(le.Uint32(b))-8, int64(size&^(1<<31)), size>>31 == 0) {
				return
			}
		}
	}
}
