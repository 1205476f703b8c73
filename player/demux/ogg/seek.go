package ogg

import (
	"errors"
	"io"
	"slices"
	"time"
)

const (
	// window is how near a bisection comes before it reads on straight.
	window = 64 << 10
	// tailSize is how much of a link's end is looked at first: two pages of
	// 4 KB each, as libvorbis makes them. Those of ffmpeg, a second each, are
	// found by the second look.
	tailSize = 12 << 10
	// maxTail is how far from the end the last page is looked for.
	maxTail = 1 << 20
)

// An entry is a packet that decoding can begin with: the last one that ends on
// its page, where the page's granule position belongs to.
type entry struct {
	place
	pts int64 // of what decoding it gives, or of what it leads to
	ok  bool
}

// goTo takes up the page at a place.
func (d *Demuxer) goTo(at place, pts int64) error {
	d.in.SeekTo(at.pos)
	if err := d.pages.next(); err != nil {
		return d.source(err)
	}
	d.cut, d.lost = false, false
	d.enter(at.seg)
	d.pts, d.unsure, d.time.before = pts, false, 0
	return nil
}

// rewind goes to the first packet of sound.
func (d *Demuxer) rewind() error { return d.goTo(d.link.start, 0) }

// entry is the page that was read last as a place to begin.
func (d *Demuxer) entry() entry {
	seg, off, end := -1, 0, 0 // of the last whole packet
	next, at := 0, 0
	for i, n := range d.page.lacing {
		if at += int(n); n < 255 {
			seg, off, end, next = next, end, at, i+1
		}
	}
	if seg < 0 || seg == 0 && d.page.is(flagContinued) || d.page.is(flagLast) || d.page.pos == d.link.last {
		return entry{} // the last page may say less than what its packets hold
	}
	packet := d.page.body[off:end]
	t := d.time
	t.before = 0
	pts := d.page.granule - d.link.base - t.frames(packet)
	return entry{place{d.page.pos, seg}, pts, d.time.begins(packet)}
}

// scan visits the pages that begin between two offsets, until visit returns
// false.
func (d *Demuxer) scan(from, to int64, visit func() bool) error {
	d.in.SeekTo(from)
	for {
		err := d.pages.next()
		d.lost, d.cut = false, false
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return d.source(err)
		}
		if d.page.pos >= to {
			return nil
		}
		if !visit() {
			return nil
		}
	}
}

// Seek moves to a packet of the current link from which decoding gives the
// right samples at t, with the codec's pre-roll: Vorbis needs the block
// before, Opus some. Behind the end it moves to the last packets. The error
// is the source's.
func (d *Demuxer) Seek(t time.Duration) error {
	d.ahead = false
	s := &d.link.stream
	target := s.Audio.Frames(t) + s.Delay + d.link.base - d.time.preroll()
	from, err := d.bisect(target)
	if err != nil {
		return err
	}
	for {
		var best entry
		err := d.scan(from, d.limit(), func() bool {
			if d.page.serial != d.serial || d.page.granule < 0 {
				return true
			}
			if e := d.entry(); e.ok && d.page.granule <= target {
				best = e
			}
			return d.page.granule <= target
		})
		switch {
		case err != nil:
			return err
		case best.ok:
			return d.goTo(best.place, best.pts)
		case from <= d.link.start.pos:
			return d.rewind()
		}
		from = max(d.link.start.pos, from-window)
	}
}

// limit is where the link's pages end at the latest.
func (d *Demuxer) limit() int64 {
	if d.link.end < 0 {
		return 1<<63 - 1
	}
	return d.link.end
}

// bisect finds a page at or before the last one whose granule position is not
// above target, and not much before it.
func (d *Demuxer) bisect(target int64) (from int64, err error) {
	lo, hi := d.link.start.pos, d.link.end
	for hi-lo > window {
		mid := lo + (hi-lo)/2
		found := int64(-1)
		below := false
		err := d.scan(mid, hi, func() bool {
			if d.page.serial != d.serial || d.page.granule < 0 {
				return true
			}
			found, below = d.page.pos, d.page.granule <= target
			return false
		})
		if err != nil {
			return 0, err
		}
		if found >= 0 && below {
			lo = found
		} else {
			hi = mid
		}
	}
	return lo, nil
}

// findStart notes where the sound begins and which granule position that is:
// the first page that has one says where it ends.
func (d *Demuxer) findStart() error {
	for d.seg >= len(d.page.lacing) {
		if err := d.turn(); errors.Is(err, errLink) {
			d.in.SeekTo(d.page.pos)
			return d.damage(d.page.pos, "there is no sound in it")
		} else if errors.Is(err, io.EOF) {
			return d.damage(d.page.pos, "there is no sound in it")
		} else if err != nil && !errors.Is(err, errHole) {
			return d.source(err)
		}
	}
	d.link.start = place{d.page.pos, d.seg}
	for sum := int64(0); ; {
		data, _, err := d.packet(d.buf[:0])
		d.buf = data
		if stops(err) {
			break
		} else if err != nil {
			return d.source(err)
		}
		sum += d.time.frames(data)
		if d.page.granule >= 0 && d.packets.last() {
			d.link.base = d.page.granule - sum
			break
		}
	}
	if d.page.is(flagLast) && d.page.pos == d.link.start.pos {
		d.link.base = max(d.link.base, 0) // what is missing is missing at the end
	}
	d.link.stream.Delay = d.link.preskip
	if d.link.base < 0 && d.link.preskip == 0 {
		d.link.stream.Delay = -d.link.base
	}
	return nil
}

// stops says whether err ends a run of packets without being the source's.
func stops(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, errHole) || errors.Is(err, errLink)
}

// measure finds the link's end and its length, and goes to its start.
func (d *Demuxer) measure() error {
	d.link.last = -1
	if d.size < 0 {
		return d.rewind()
	}
	d.link.end = d.size
	granule, begin, foreign, err := d.tail()
	if err == nil && foreign {
		if err = d.findEnd(); err == nil {
			granule, begin, _, err = d.tail()
		}
	}
	if err == nil && granule >= 0 {
		if err = d.count(begin); err == nil {
			d.trim(granule)
		}
	}
	if err != nil {
		return err
	}
	return d.rewind()
}

// trim says how many frames there are, with those decoded before d.pts and a
// last granule position of end.
func (d *Demuxer) trim(end int64) {
	s := &d.link.stream
	s.Frames = max(0, min(end-d.link.base, d.pts)-s.Delay)
	s.Padding = max(0, d.pts-s.Delay-s.Frames)
	if seconds := s.Frames / int64(s.Audio.Rate); seconds > 0 {
		s.BitRate = int(8 * (d.link.end - d.link.start.pos) * int64(s.Audio.Rate) / s.Frames)
	}
}

// findEnd finds where the next link begins. Links are told apart by the serial
// numbers of their streams.
func (d *Demuxer) findEnd() error {
	lo, hi := d.link.start.pos, d.size
	for hi-lo > window {
		mid := lo + (hi-lo)/2
		if err := d.peek(mid); err != nil {
			return err
		} else if d.page.pos < hi && d.mine() {
			lo = mid
		} else {
			hi = mid
		}
	}
	for {
		if err := d.peek(lo); err != nil {
			return err
		}
		if !d.mine() || d.page.pos >= d.size {
			d.link.end = min(d.page.pos, d.size)
			return nil
		}
		lo = d.in.Pos()
	}
}

// mine says whether the page that was read last belongs to this link.
func (d *Demuxer) mine() bool { return slices.Contains(d.link.serials, d.page.serial) }

// peek reads the first page at or behind pos. Where there is none, it is one
// without a stream at the end.
func (d *Demuxer) peek(pos int64) error {
	d.in.SeekTo(pos)
	err := d.pages.next()
	d.lost, d.cut = false, false
	if err == io.EOF {
		d.page.pos = d.size
		return nil
	}
	if err != nil {
		return d.source(err)
	}
	return nil
}

// tail looks for the last pages of the link below its end, as far as that is
// known, and returns the last granule position, -1 where none is found, and a
// place to begin on a page before that. foreign says that there is another
// link behind this one.
func (d *Demuxer) tail() (granule int64, begin entry, foreign bool, err error) {
	for back := int64(tailSize); ; back *= 4 {
		from := max(d.link.start.pos, d.link.end-back)
		granule, begin, foreign = -1, entry{}, false
		var here entry
		err := d.scan(from, d.link.end, func() bool {
			if foreign = !d.mine(); d.page.serial != d.serial || d.page.granule < 0 {
				return true
			}
			if here.ok {
				begin = here
			}
			granule, d.link.last, here = d.page.granule, d.page.pos, d.entry()
			return true
		})
		if err != nil || begin.ok || foreign || from == d.link.start.pos || back >= maxTail {
			return granule, begin, foreign, err
		}
	}
}

// count decodes nothing, but counts what the packets from a place to the
// link's end stand for: d.pts is then where their sound ends.
func (d *Demuxer) count(begin entry) error {
	err := d.rewind
	if begin.ok {
		err = func() error { return d.goTo(begin.place, begin.pts) }
	}
	if err := err(); err != nil {
		return err
	}
	for {
		var err error
		d.buf, _, _, err = d.timed(d.buf[:0])
		switch {
		case errors.Is(err, errHole):
			d.unsure = true
		case stops(err):
			return nil
		case err != nil:
			return d.source(err)
		}
	}
}
