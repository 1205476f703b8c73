package adts

import (
	"math"
	"sort"
	"time"

	"linnet/player/internal/aac"
	"linnet/player/media"
)

const (
	indexStride = 32   // frames between two entries, at first
	indexMax    = 4096 // entries
	// warmUp is how many frames before the one that is wanted have to be
	// decoded: the transforms overlap.
	warmUp = 1

	// countLimit is the largest file whose frames are counted when it is
	// opened, in bytes.
	countLimit = 512 << 10
	// probes and probeFrames are at how many places, and over how many frames
	// there, longer ones are looked at.
	probes      = 4
	probeFrames = 32
)

// An index remembers every stride-th frame that was walked over. When it is
// full, it forgets every second entry and doubles the stride.
type index struct {
	at     []cursor
	stride int64 // in samples
}

func (x *index) clear() {
	if x.at == nil {
		x.at = make([]cursor, 0, indexMax/8)
	}
	x.at, x.stride = x.at[:0], indexStride*aac.FrameLength
}

// note takes the frame behind c into the index if it is its turn.
func (x *index) note(c cursor) {
	if n := len(x.at); n > 0 && c.pts < x.at[n-1].pts+x.stride {
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

// Seek moves to the frame before the one that holds t. Behind the end it moves
// to the last frames. It reads headers up to t where it has not been yet, and
// returns an error only when the source fails.
func (d *Demuxer) Seek(t time.Duration) error {
	target := max(d.view[0].Audio.Frames(t), 0)
	i := sort.Search(len(d.index.at), func(i int) bool { return d.index.at[i].pts > target }) - 1
	// From an entry right in front the frame before would not be found.
	for i > 0 && target-d.index.at[i].pts < 4*aac.FrameLength {
		i--
	}
	if i < 0 {
		d.cur = cursor{pos: d.start}
	} else {
		d.cur = d.index.at[i]
	}
	return d.walk(target)
}

// walk goes on to the frame before the one that holds the target.
func (d *Demuxer) walk(target int64) error {
	last := [warmUp + 1]cursor{d.cur, d.cur}
	for {
		c, _, err := d.next()
		switch {
		case d.err != nil:
			return d.failed()
		case isDamage(err):
			continue
		case err == nil:
			last[0], last[1] = last[1], c
		}
		if err != nil || d.cur.pts > target {
			d.cur = last[0]
			return nil
		}
	}
}

func isDamage(err error) bool {
	_, ok := err.(*media.FormatError)
	return ok
}

// measure sets the stream's length and bit rate: it counts a short file, and
// looks at frames of a longer one here and there.
func (d *Demuxer) measure() {
	s := &d.view[0]
	size := d.in.Size()
	if size < 0 || d.err != nil {
		return
	}
	length := min(d.end, size) - d.start
	if length <= countLimit {
		s.Frames = d.count()
		length = d.cur.pos - d.start
		d.cur = cursor{pos: d.start}
	} else {
		var frames, bytes int64
		for i := range int64(probes) {
			at, ok := d.search(d.start+length/probes*i, d.end)
			if !ok {
				break
			}
			f, b := d.probe(at)
			frames, bytes = frames+f, bytes+b
		}
		if bytes > 0 {
			s.Frames, s.Estimated = length/bytes*frames+length%bytes*frames/bytes, true
		}
	}
	if s.Frames > 0 {
		s.BitRate = int(min(length*8*int64(s.Audio.Rate)/s.Frames, math.MaxInt32))
	}
}

// count goes through all of the stream.
func (d *Demuxer) count() int64 {
	for {
		_, _, err := d.next()
		if err != nil && !isDamage(err) || d.err != nil {
			return d.cur.pts
		}
	}
}

// probe counts the samples and bytes of the frames at pos.
func (d *Demuxer) probe(pos int64) (samples, bytes int64) {
	for range probeFrames {
		h, ok := aac.ParseHeader(d.window(pos+bytes, aac.HeaderSize))
		if !ok || !alike(&d.header, &h) {
			break
		}
		samples += int64(h.Blocks) * aac.FrameLength
		bytes += int64(h.Size)
	}
	return samples, bytes
}
