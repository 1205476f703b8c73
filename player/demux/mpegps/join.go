package mpegps

import (
	"sort"

	"linnet/player/internal/mpa"
)

// A join is where another stream was put behind what came before, with a clock of
// its own: files that were joined, and the chapters of a DVD. 13818-1 ends a stream
// there; players go on.
type join struct {
	pos   int64 // of the first packet with a time behind it
	shift int64 // what is added to the times from there on
}

// maxJoins is how many are remembered.
const maxJoins = 1 << 10

// known says whether a packet's stream is one that is given.
func (d *Demuxer) known(id byte) bool {
	return d.tracks[id] != nil || d.film != nil && d.film.id == id
}

// next reads the next packet's header. Times go on over joins.
func (d *Demuxer) next() (p pes, damaged int64, ok bool) {
	if p, damaged, ok = d.r.next(); !ok || p.pts == noTime {
		return p, damaged, ok
	}
	if d.r.jumped && d.known(p.id) {
		d.r.jumped = false
		d.join(&p)
	}
	p.pts += d.shift
	return p, damaged, ok
}

// join is for the first packet with a time behind a pack whose clock is another.
// Where its time is what comes next, only the clock was wrong.
func (d *Demuxer) join(p *pes) {
	i := sort.Search(len(d.joins), func(i int) bool { return d.joins[i].pos >= p.pos })
	if i < len(d.joins) && d.joins[i].pos == p.pos {
		d.shift = d.joins[i].shift
		return
	}
	end, ok := d.soFar()
	if ahead := p.pts + d.shift - end; !ok || ahead >= -mostBack && ahead <= mostAhead {
		return
	}
	d.shift = end - p.pts
	for _, t := range d.order {
		t.joined = t.placed
	}
	if d.joins = d.joins[:i]; i < maxJoins { // those behind it counted from where it was not known
		d.joins = append(d.joins, join{p.pos, d.shift})
	}
}

// soFar is when what was given ends: the sound, by which players go, or where there
// is none the pictures.
func (d *Demuxer) soFar() (end int64, ok bool) {
	for _, t := range d.order {
		if h, known := t.cutter.First(); known && t.placed {
			end, ok = max(end, t.frames*ticks/int64(h.Rate)), true
		}
	}
	if !ok && d.film != nil && d.film.anchored {
		end, ok = d.film.end, true
	}
	return d.begin + end, ok
}

// fit has the first frame of sound behind a join that has a time follow what came
// before, if it is near. Whose time came first there, that of the sound or of the
// pictures, may lie a little from it.
func (d *Demuxer) fit(t *track, h *mpa.Header, pts int64) int64 {
	off := t.frames - (pts*int64(h.Rate)+ticks/2)/ticks
	if !slight(off, h.Rate) {
		return pts
	}
	by := off * ticks / int64(h.Rate)
	d.shift += by
	if n := len(d.joins); n > 0 && d.joins[n-1].shift+by == d.shift {
		d.joins[n-1].shift += by
	}
	return pts + by
}

// shiftAt is what is added to the times at a place of the file.
func (d *Demuxer) shiftAt(pos int64) int64 {
	i := sort.Search(len(d.joins), func(i int) bool { return d.joins[i].pos > pos })
	if i == 0 {
		return 0
	}
	return d.joins[i-1].shift
}
