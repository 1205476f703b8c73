package avi

import (
	"encoding/binary"
	"io"
	"time"

	"linnet/player/media"
)

// A place is where reading may go on, and how many units of each track lie
// before it.
type place struct {
	pos    int64 // of the chunk's head
	counts [maxStreams]int64
}

// A finder goes over the chunks of a file in their order and finds the place
// for a time.
type finder struct {
	lead   *track // whose time counts: the pictures', if there are any
	target int64  // in its units
	counts [maxStreams]int64
	found  place
}

// see takes the next chunk. It returns true when no later one can be it.
func (f *finder) see(t *track, pos, size int64, key bool) bool {
	n := &f.counts[t.number]
	units := t.units(size)
	if t == f.lead {
		if *n > f.target {
			return true
		}
		if key || t.stream.Kind == media.Audio {
			f.found = place{pos, f.counts}
		}
	}
	*n += units
	return false
}

// Seek moves to the last picture that needs no other at or before t; where
// there are no pictures, to the chunk of sound that has t in it.
func (d *Demuxer) Seek(t time.Duration) error {
	f := finder{lead: d.lead()}
	f.found.pos = d.movi
	us := max(0, int64(t/time.Microsecond))
	f.target = us * f.lead.rate / (f.lead.scale * 1e6)
	if us > 1<<40 {
		f.target = us / 1e6 * f.lead.rate / f.lead.scale
	}
	switch {
	case d.indexedAll():
		d.byOpenDML(&f)
	case d.old.ID != "":
		d.byOldIndex(&f)
	default:
		d.byChunks(&f)
	}
	if err := d.failed(); err != nil {
		return err
	}
	if f.found.pos < d.movi || d.size >= 0 && f.found.pos >= d.size {
		f.found = place{pos: d.movi} // an index that lies
	}
	d.enter(f.found.pos)
	for _, t := range d.tracks {
		t.count = f.found.counts[t.number]
	}
	return nil
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

// lead is the first track of pictures, or the first at all that is played.
func (d *Demuxer) lead() (first *track) {
	for _, t := range d.tracks {
		switch {
		case t.played && t.stream.Kind == media.Video:
			return t
		case t.played && first == nil:
			first = t
		}
	}
	return first
}

// byChunks reads the heads of all chunks: the file has no index.
func (d *Demuxer) byChunks(f *finder) {
	d.enter(d.movi)
	for {
		c, _, ok := d.next()
		if !ok {
			return
		}
		is := c.track.stream.Codec == media.MJPEG
		if c.track == f.lead && !is && c.size > 0 {
			d.in.SeekTo(c.pos)
			b, _ := d.in.Peek(int(min(c.size, 256)))
			is = key(c.track.stream.Codec, b)
		}
		if f.see(c.track, c.pos-8, c.size, is) {
			return
		}
	}
}

// byOldIndex reads the chunk idx1: for each chunk its name, flags, place and
// size.
func (d *Demuxer) byOldIndex(f *finder) {
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
		if f.see(t, base+pos, size, flags&keyframe != 0) {
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

// byOpenDML reads the lead's index, and then counts the chunks of the others
// before the place that it found.
func (d *Demuxer) byOpenDML(f *finder) {
	d.indexed(f.lead, func(pos, size int64, key bool) bool { return f.see(f.lead, pos, size, key) })
	for _, t := range d.tracks {
		if t == f.lead || !t.played {
			continue
		}
		n := &f.found.counts[t.number]
		d.indexed(t, func(pos, size int64, _ bool) bool {
			if pos >= f.found.pos {
				return true
			}
			*n += t.units(size)
			return false
		})
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
