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
	if i == len(d.joins) || d.joins[i].pos != p.pos {
		end, ok := d.soFar()
		if ahead := p.pts + d.shift - end; !ok || ahead >= -mostBack && ahead <= mostAhead {
			return
		}
		d.joins = append(d.joins[:i], join{p.pos, end - p.pts}) // those behind it counted from where it was not known
	}
	d.shift = d.joins[i].shift
	for _, t := range d.order {
		t.joined = t.placed
	}
	if len(d.joins) > maxJoins {
		d.joins = d.joins[1:]
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
func (d *Demuxer) fit(t *track, h *mpa.Header, pos, pts int64) int64 {
	off := t.frames - (pts*int64(h.Rate)+ticks/2)/ticks
	if !slight(off, h.Rate) {
		return pts
	}
	by := off * ticks / int64(h.Rate)
	d.shift += by
	i := sort.Search(len(d.joins), func(i int) bool { return d.joins[i].pos > pos })
	for ; i > 0 && i <= len(d.joins); i++ { // what is behind follows
		d.joins[i-1].shift += by
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

const (
	// odd is how much longer, in percent, a file is by its size than by its last time
	// before it is looked through for joins, and rare how many times shorter.
	odd  = 130
	rare = 4
	// looks is at how many places that is done.
	looks = 32
)

// explore looks for joins in a file with last as its last time, where there has to be
// one: by what its start needs for its time there is much more of it, or less. It finds
// one between two places.
func (d *Demuxer) explore(last int64) {
	pts, at := d.timeFrom(min(d.size/8, maxProbe), d.size)
	begun, length := pts-d.begin, last-d.begin
	if pts == noTime || begun <= 0 {
		return
	}
	if all := d.size * begun / at; all*100 < length*odd && length < all*rare {
		return
	}
	before := struct{ pos, pts int64 }{0, d.begin}
	for i := range int64(looks) {
		pts, next := d.timeFrom(max(0, d.size/looks*(i+1)-near), d.size)
		if pts == noTime {
			continue
		}
		pts -= d.shiftAt(next)
		if ahead := pts - before.pts; ahead < -mostBack || ahead > mostAhead+(next-before.pos)*begun/at*rare {
			d.findJoin(before.pos, next, before.pts, pts)
		}
		before.pos, before.pts = next, pts
	}
}

// findJoin finds where the times leap between two places, at which they are first and
// second.
func (d *Demuxer) findJoin(low, high, first, second int64) {
	shift, last := d.shiftAt(high), high
	for high-low > near {
		mid := (low + high) / 2
		pts, at := d.timeFrom(mid, high)
		if pts -= shift; at == high || max(pts-first, first-pts) > max(pts-second, second-pts) {
			high = mid
			continue
		}
		low = at
	}
	d.r.enter(low)
	for end := first; ; {
		p, _, ok := d.r.next()
		if !ok || p.pos > min(high+near, last) {
			return
		}
		d.r.in.Skip(int64(p.size))
		switch {
		case p.pts == noTime || !d.known(p.id):
		case d.r.jumped:
			d.joins = append(d.joins, join{p.pos, shift + end - p.pts})
			return
		default:
			end = max(end, p.pts)
		}
	}
}
