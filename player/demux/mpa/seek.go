package mpa

import (
	"io"
	"sort"
	"time"

	"linnet/player/internal/mpa"
	"linnet/player/media"
)

const (
	// trailSize is how many frames back a seek can look for the start of
	// the bit reservoir: more than the smallest frames need.
	trailSize = 256
	// reservoir is the most bytes of main data before a Layer III frame
	// that it may refer to (main_data_begin has 9 bits).
	reservoir = 511
	// overlap is how many frames before the one that is wanted have to be
	// decoded right, for the transforms' memory.
	overlap = 2

	indexStride = 32   // frames between two entries, at first
	indexMax    = 4096 // entries
)

// An index remembers every stride-th frame that was walked over. When it is
// full, it forgets every second entry and doubles the stride.
type index struct {
	at     []cursor
	stride int64
}

// note takes the frame in front of which c is into the index if it is its
// turn.
func (x *index) note(c cursor) {
	if x.stride == 0 {
		x.at, x.stride = make([]cursor, 0, indexMax/8), indexStride
	}
	if n := len(x.at); n > 0 && c.n < x.at[n-1].n+x.stride {
		return
	}
	if len(x.at) == indexMax {
		for i := range indexMax / 2 {
			x.at[i] = x.at[2*i]
		}
		x.at = x.at[:indexMax/2]
		x.stride *= 2
	}
	x.at = append(x.at, c)
}

// Seek moves to a frame from which decoding gives the right samples at t,
// counted in the trimmed sound of the whole file, links one behind the
// other. Behind the end it moves to the last frames. It reads headers up to
// t where it has not been yet, and returns an error only when the source
// fails.
func (d *Demuxer) Seek(t time.Duration) error {
	t = max(t, 0)
	i := sort.Search(len(d.index.at), func(i int) bool {
		c := &d.index.at[i]
		return d.links[c.link].timeOf(c.pts) > t
	}) - 1
	for {
		from := d.index.at[max(i, 0)]
		to, ok := d.walk(from, t)
		if d.err != nil {
			return d.short()
		}
		if ok || i <= 0 {
			d.cur = to
			return nil
		}
		i--
	}
}

// walk goes from a cursor to the frame that holds t and returns the one
// where decoding has to start for it. ok is false when that lies before the
// place where the walk began.
func (d *Demuxer) walk(from cursor, t time.Duration) (to cursor, ok bool) {
	d.cur = from
	first, n := from.pos == d.links[from.link].sound, 0
	for {
		f, err := d.next()
		switch {
		case err == nil:
			f.main = f.size - mainStart(&f)
			d.trail[n%trailSize] = f.cursor
			n++
			l := &d.links[f.link]
			if f.pts+int64(f.h.Samples()) > l.stream.Delay+l.stream.Audio.Frames(t) {
				return d.backUp(n, first)
			}
		case err == media.ErrNewStreams:
			first, n = true, 0
		case isDamage(err):
		case err == io.EOF && n > 0:
			return d.backUp(n, first)
		default:
			return d.cur, true
		}
	}
}

// backUp goes back through the n frames walked to the one that decoding has
// to start with for the last of them.
func (d *Demuxer) backUp(n int, first bool) (cursor, bool) {
	main, layer3 := 0, d.links[d.cur.link].h.Layer == 3
	for k := 1; k <= min(n, trailSize); k++ {
		c := d.trail[(n-k)%trailSize]
		if k > overlap+1 {
			main += c.main
		}
		if k > overlap && (!layer3 || main >= reservoir) || k == n && first || k == trailSize {
			return c, true
		}
	}
	return d.trail[0], false
}

func isDamage(err error) bool {
	_, ok := err.(*media.FormatError)
	return ok
}

// mainStart is how many bytes of a frame are not main data.
func mainStart(f *frame) int {
	n := mpa.HeaderSize
	if f.h.CRC {
		n += 2
	}
	if f.h.Layer == 3 {
		n += f.h.SideInfoSize()
	}
	return n
}
