package mpa

import (
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

func (x *index) clear() {
	if x.at == nil {
		x.at = make([]cursor, 0, indexMax/8)
	}
	x.at, x.stride = x.at[:0], indexStride
}

// note takes the frame in front of which c is into the index if it is its
// turn.
func (x *index) note(c cursor) {
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

// Seek moves to a frame of the current link from which decoding gives the
// right samples at t, counted in the link's trimmed sound; before it, t < 0,
// lies the encoder's delay. Behind its end it
// moves to the last frames. It reads headers up to t where it has not been
// yet, and returns an error only when the source fails.
func (d *Demuxer) Seek(t time.Duration) error {
	s := &d.link.stream
	target := max(s.Delay+s.Audio.Frames(t), 0)
	defer func(told bool) { d.link.told = told }(d.link.told) // those who read on are to be told
	i := sort.Search(len(d.index.at), func(i int) bool { return d.index.at[i].pts > target }) - 1
	for {
		to, ok := d.walk(d.index.at[i], target)
		if d.err != nil {
			return d.failed()
		}
		if ok || i == 0 {
			d.cur = to
			return nil
		}
		i--
	}
}

// walk goes from a cursor to the frame that holds the target and returns
// the one where decoding has to start for it. ok is false when that lies
// before the place where the walk began.
func (d *Demuxer) walk(from cursor, target int64) (to cursor, ok bool) {
	d.cur = from
	for n := 0; ; {
		f, err := d.next()
		switch {
		case err == nil:
			f.main = f.size - mainStart(&f)
			d.trail[n%trailSize] = f.cursor
			n++
			if d.cur.pts > target {
				return d.backUp(n)
			}
		case isDamage(err):
		case n > 0:
			return d.backUp(n)
		default:
			return d.cur, true
		}
	}
}

// backUp goes back through the n frames walked to the one that decoding has
// to start with for the last of them.
func (d *Demuxer) backUp(n int) (to cursor, ok bool) {
	main, layer3 := 0, d.link.h.Layer == 3
	for k := 1; k <= min(n, trailSize); k++ {
		to = d.trail[(n-k)%trailSize]
		if k > overlap+1 {
			main += to.main
		}
		if k > overlap && (!layer3 || main >= reservoir) {
			return to, true
		}
	}
	return to, n >= trailSize
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
