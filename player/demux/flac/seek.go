package flac

import (
	"encoding/binary"
	"sort"
	"time"

	"linnet/player/media"
)

const (
	// near is how many bytes are rather read through than halved again.
	near = 32 << 10
	// pointSize is the length of an entry of the seek table.
	pointSize = 18
	// maxHalvings ends a search that comes to nothing; 64 halve any file.
	maxHalvings = 64
)

// Seek moves to the frame that holds t, or to the last one. It needs no seek
// table: frames carry their numbers, so it halves the file until the rest is
// small and then goes from frame to frame. An error is the source's.
func (d *Demuxer) Seek(t time.Duration) error {
	l := &d.link
	target := max(l.stream.Audio.Frames(t), 0)
	low := cursor{pos: l.start}
	if !l.loose {
		low = d.narrow(target)
	}
	d.walk(low, target)
	d.told = false // those who read on are to be told
	if d.err != nil {
		return d.failed()
	}
	return nil
}

// narrow returns a frame at or before the target, and not far from it.
func (d *Demuxer) narrow(target int64) cursor {
	low, high := cursor{pos: d.link.start}, d.top()
	d.useTable(target, &low, &high)
	for range maxHalvings {
		if high.pos-low.pos <= near || high.pts >= 0 && high.pts <= low.pts || d.err != nil {
			break
		}
		mid := d.guess(target, low, high)
		at, h, ok := d.find(mid, high.pos)
		pts := d.link.sample(&h) - d.link.base
		switch {
		case !ok || !d.link.alike(&h) || pts < low.pts || pts > target:
			high = cursor{mid, high.pts}
			if ok && pts > target && pts < high.pts {
				high.pts = pts
			}
		default:
			low = cursor{at, pts}
		}
	}
	return low
}

// top is where the link ends at the latest.
func (d *Demuxer) top() cursor {
	c := cursor{d.end, d.link.stream.Frames}
	if in := d.in.Size(); in >= 0 {
		c.pos = min(c.pos, in)
	}
	return c
}

// guess is where to look next: where the target is if all frames are of one
// size, a little before it, but never so near to the ends that nothing is won.
func (d *Demuxer) guess(target int64, low, high cursor) int64 {
	size, frames := high.pos-low.pos, high.pts-low.pts
	at := size / 2
	if high.pts >= 0 && frames > 0 {
		// The product fits: frames are fewer than 2^37 (36 bits, and a block).
		at = size / 256 * ((target - low.pts) * 255 / frames)
		at -= near / 4
	}
	return low.pos + min(max(at, size/8), size-size/8)
}

// useTable moves the limits to entries of the seek table, RFC 9639 clause 8.5,
// if it holds: if there is a frame with the number of the entry below.
func (d *Demuxer) useTable(target int64, low, high *cursor) {
	n := d.seekTable.size / pointSize
	next := sort.Search(n, func(i int) bool { // placeholders are above all
		c, ok := d.point(i)
		return !ok || c.pts > target
	})
	c, ok := d.point(next - 1)
	if !ok {
		return
	}
	h, ok := d.header(c.pos)
	if !ok || !d.link.alike(&h) || d.link.sample(&h)-d.link.base != c.pts || !d.holds(c.pos, &h) {
		return
	}
	*low = c
	if c, ok := d.point(next); ok && c.pos > low.pos && c.pos < high.pos {
		*high = c
	}
}

// point reads an entry of the seek table. It is refused when it is a
// placeholder, or no such place can be.
func (d *Demuxer) point(i int) (c cursor, ok bool) {
	const most = 1 << 53
	if i < 0 || i >= d.seekTable.size/pointSize {
		return c, false
	}
	b := d.window(d.seekTable.pos+int64(i*pointSize), pointSize)
	if len(b) < pointSize {
		return c, false
	}
	sample, offset := binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])
	return cursor{d.link.start + int64(offset&(most-1)), int64(sample & (most - 1))}, sample < most && offset < most
}

// walk goes from frame to frame until cur stands in front of the one that
// holds the target, or the last.
func (d *Demuxer) walk(from cursor, target int64) {
	d.cur, d.link.gap = from, 0
	last := from
	for d.err == nil {
		h, err := d.next()
		if isDamage(err) {
			continue
		}
		if err != nil {
			break
		}
		last = d.cur
		if d.cur.pts+int64(h.BlockSize) > target {
			break
		}
		x := d.extent(d.cur.pos, &h, nil)
		d.pass(&h, &x)
	}
	d.cur, d.link.gap = last, 0
}

func isDamage(err error) bool {
	_, ok := err.(*media.FormatError)
	return ok
}
