package mkv

import (
	"io"
	"math"
	"time"

	"linnet/player/internal/ebml"
	"linnet/player/media"
)

const (
	// window is how near bisection goes to a Cluster.
	window = 64 << 10
	// mp3Most is how many frames before the wanted one are looked at: a frame
	// may take its main data from mp3Reservoir bytes before it, of which the
	// frames' own headers are none, and its transforms overlap with so many
	// frames before.
	mp3Most      = 96
	mp3Reservoir = 511
	mp3Head      = 38
	mp3Overlap   = 2
)

// rewind goes to the first packet.
func (d *Demuxer) rewind() {
	d.takeAll()
	d.goTo(d.seg.clusters)
	for _, f := range d.films {
		f.until = 0
	}
}

// goTo goes to a Cluster. At the first, packets are counted; elsewhere, the
// first ones are placed by their time.
func (d *Demuxer) goTo(cluster int64) {
	d.enter(cluster)
	d.pts, d.unsure, d.inexact = 0, 0, false
	if cluster > d.seg.clusters {
		d.unsure = 1
	}
	d.timing.before = 0
	d.jumped, d.from = true, math.MinInt64
}

// Seek moves to a packet from which decoding gives the right frames at t, and
// of pictures to the last that needs no other at or before t. See
// player.Demuxer.
func (d *Demuxer) Seek(t time.Duration) error {
	cluster, from := int64(math.MaxInt64), int64(math.MinInt64)
	for _, f := range d.films {
		cluster = min(cluster, d.findKey(f, t))
	}
	if d.sound != nil {
		d.listen()
		at, frame := d.soundAt(t)
		cluster, from = min(cluster, at), frame
	}
	d.takeAll()
	d.goTo(cluster)
	d.from = from
	if d.in.Err() != nil {
		return d.failure(d.in.Err())
	}
	return nil
}

// soundAt is a Cluster from which the sound of t can be read, and the frame
// before which its packets are passed over.
func (d *Demuxer) soundAt(t time.Duration) (cluster, from int64) {
	s := &d.streams[0]
	target := max(s.Delay+s.Audio.Frames(t), 0)
	switch d.timing.codec {
	case media.Vorbis:
		return d.land(target, d.timing.preroll, d.vorbisFrom)
	case media.MP1, media.MP2, media.MP3:
		return d.land(target, mp3Most*d.timing.grain, d.mp3From)
	}
	from = max(target-d.timing.preroll, 0)
	return d.clusterBefore(from), from
}

// land is a Cluster that begins back frames before the target, or earlier, and
// the frame that find says when it reads from there.
func (d *Demuxer) land(target, back int64, find func(target int64) int64) (cluster, from int64) {
	cluster = d.clusterBefore(max(target-back, 0))
	d.goTo(cluster)
	return cluster, find(target)
}

// vorbisFrom is what the packet ends behind that is in front of the one that
// holds the target.
func (d *Demuxer) vorbisFrom(target int64) int64 {
	last := int64(0)
	for {
		data, pts, n, err := d.packet(d.buf)
		d.buf = data
		switch {
		case err == io.EOF || d.in.Err() != nil:
			return last - 1
		case err == nil && pts+n > target:
			return pts - 1
		case err == nil:
			last = pts
		}
	}
}

// mp3From is the first frame of the packet from which the one that holds the
// target has its main data.
func (d *Demuxer) mp3From(target int64) int64 {
	var sizes, starts [mp3Most]int64
	k := 0
	for {
		data, pts, n, err := d.packet(d.buf)
		d.buf = data
		if err == io.EOF || d.in.Err() != nil {
			break
		}
		if err != nil {
			continue
		}
		sizes[k%mp3Most], starts[k%mp3Most] = int64(len(data)), pts
		k++
		if pts+n > target {
			break
		}
	}
	main := int64(0)
	from := int64(0)
	for i := k - 1; i >= max(k-mp3Most, 0); i-- {
		if from = starts[i%mp3Most]; k-1-i > mp3Overlap {
			main += max(sizes[i%mp3Most]-mp3Head, 0)
		}
		if main >= mp3Reservoir {
			break
		}
	}
	return from
}

// clusterBefore is a Cluster from whose first packet of the track on, frame f
// comes.
func (d *Demuxer) clusterBefore(f int64) int64 {
	// A packet is placed by rounded times, and what lies in a Cluster may begin
	// a packet later than it.
	slack := d.clock.grain + 2*d.clock.tolerance()
	if d.timing.codec == media.Vorbis {
		slack += d.timing.preroll
	}
	if f <= slack {
		return d.seg.clusters
	}
	ticks := d.clock.ticks(f - slack)
	lo, hi := d.cued(ticks)
	return d.bisect(lo, hi, ticks)
}

// bisect finds a Cluster between lo, where there is one, and hi, that begins
// at a time or before it, and not much before.
func (d *Demuxer) bisect(lo, hi, ticks int64) int64 {
	if hi == ebml.Unknown { // it can't be halved
		return d.walk(lo, hi, ticks)
	}
	for end := hi; end-lo > window; {
		mid := lo + (end-lo)/2
		at := d.findCluster(mid, hi)
		if t, ok := d.clusterTime(at); at < hi && ok && t <= ticks {
			lo = at
		} else {
			end = mid
		}
	}
	return d.walk(lo, min(hi, lo+2*window), ticks)
}

// walk goes from Cluster to Cluster below hi, to the last that begins at a
// time or before it.
func (d *Demuxer) walk(lo, hi, ticks int64) int64 {
	for at := lo; at < hi; {
		if t, ok := d.clusterTime(at); !ok || t > ticks {
			return lo
		}
		lo = at
		if e, ok := d.in.At(at); ok && e.End != ebml.Unknown {
			if next, ok := d.in.At(e.End); ok && next.ID == ebml.IDCluster {
				at = e.End
				continue
			}
		}
		at = d.findCluster(at+1, hi)
	}
	return lo
}

// cued narrows down where a time is, by the Cues.
func (d *Demuxer) cued(ticks int64) (lo, hi int64) {
	lo, hi = d.seg.clusters, d.seg.end
	if d.seg.cues.ID == 0 {
		return lo, hi
	}
	d.in.Each(d.seg.cues, func(point ebml.Element) bool {
		t, at := int64(-1), int64(0)
		d.in.Each(point, func(e ebml.Element) bool {
			switch e.ID {
			case idCueTime:
				t, _ = d.in.Time(e)
			case idCueTrackPos:
				at = d.cuePosition(e)
			}
			return true
		})
		if t < 0 || at <= lo || at >= hi {
			return true
		}
		if t > ticks {
			hi = at
			return false
		}
		lo = at
		return true
	})
	if _, ok := d.clusterTime(lo); !ok { // the Cues are wrong
		return d.seg.clusters, d.seg.end
	}
	return lo, hi
}

// cuePosition is the place of a Cluster that a CueTrackPositions says.
func (d *Demuxer) cuePosition(e ebml.Element) (pos int64) {
	d.in.Each(e, func(e ebml.Element) bool {
		if e.ID == idCueCluster {
			if v, ok := d.in.Time(e); ok && v < d.seg.end-d.seg.body {
				pos = d.seg.body + v
			}
		}
		return true
	})
	return pos
}

// measure finds how many frames there are, by reading the last Cluster. What
// is discarded at the end is said there.
func (d *Demuxer) measure() {
	if d.sound == nil {
		return
	}
	d.listen()
	s := &d.streams[0]
	if d.seg.end == ebml.Unknown {
		if d.seg.duration > 0 {
			s.Frames, s.Estimated = max(s.Audio.Frames(d.seg.duration)-s.Delay, 0), true
		}
		return
	}
	last := d.bisect(d.seg.clusters, d.seg.end, math.MaxInt64)
	end, discard, ok := d.count(last)
	for back := int64(1e9); !ok && last > d.seg.clusters && d.in.Err() == nil; back *= 4 {
		ticks, _ := d.clusterTime(last)
		last = d.bisect(d.seg.clusters, last, ticks-back/d.seg.tick)
		end, discard, ok = d.count(last)
	}
	s.Estimated = d.inexact
	s.Delay = min(s.Delay, end)
	s.Padding = min(s.Audio.Frames(time.Duration(discard)), end-s.Delay)
	if n := d.timing.total; n > 0 && n < end {
		s.Padding = end - n
	}
	s.Frames = end - s.Delay - s.Padding
	if seconds := s.Frames / int64(s.Audio.Rate); s.BitRate == 0 && seconds > 0 && len(d.streams) == 1 {
		s.BitRate = int(min((d.seg.end-d.seg.clusters)/seconds*8, math.MaxInt32))
	}
}

// count reads from a Cluster to the end: where the sound ends, and how many
// nanoseconds of it are to be discarded. ok is false where there was none.
func (d *Demuxer) count(cluster int64) (end, discard int64, ok bool) {
	d.goTo(cluster)
	for {
		data, _, _, err := d.packet(d.buf)
		d.buf = data
		if err == io.EOF || d.in.Err() != nil {
			return d.pts, discard, ok
		}
		if err == nil {
			ok, discard = true, min(max(d.discard, 0), maxDiscard)
		}
	}
}

// maxDiscard is the most that is discarded at the end, ten seconds in ns.
const maxDiscard = 10e9
