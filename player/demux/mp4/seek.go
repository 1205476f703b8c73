package mp4

import (
	"linnet/player/internal/opus"
	"linnet/player/media"
)

const (
	// An MP3 frame may take its main data from as many bytes before it, of
	// which the frames' own headers are none, and its transforms overlap
	// with so many frames before.
	mp3Reservoir = 511
	mp3Head      = 38
	mp3Overlap   = 2
	mp3Most      = 96 // frames are looked back over
)

// find is the number of the packet that holds a frame: the last one where the
// frame is behind all of them.
func (d *Demuxer) find(frame int64) int64 {
	if frame = max(frame, 0); d.entry.frame > 0 {
		return min(frame/d.entry.frame, max(d.total-1, 0))
	}
	time := scale(frame, int64(d.entry.rate), d.timescale)
	i := 0
	n := d.cursors[0].find(time)
	if len(d.cursors) > 1 && time >= d.tableTicks && d.total > d.packets {
		i = 1
		n = d.cursors[1].find(time)
	}
	return d.notBehind(i, n, frame)
}

// notBehind is n, or the packet before it where rounding of times put the
// frame into that one.
func (d *Demuxer) notBehind(i int, n, frame int64) int64 {
	for n > 0 {
		d.moveTo(n)
		if s, ok := d.cursors[i].next(1); !ok || d.frameOf(s) <= frame {
			return n
		}
		n--
	}
	return n
}

// warmUp is the packet with which decoding has to start so that what comes
// out of packet n, which holds the frame, is right.
func (d *Demuxer) warmUp(n, frame int64) int64 {
	switch d.entry.codec {
	case media.AAC: // its transforms overlap with the frame before
		return max(n-1, 0)
	case media.Opus:
		return d.find(frame - opus.Preroll)
	case media.MP3:
		return d.warmUpMP3(n)
	}
	return n
}

// warmUpMP3 goes back by the sizes of packets.
func (d *Demuxer) warmUpMP3(n int64) int64 {
	var sizes [mp3Most]int64
	from := max(n-mp3Most, 0)
	d.moveTo(from)
	for i := from; i < n; i++ {
		s, ok := d.next()
		if !ok {
			return from
		}
		sizes[i-from] = s.size
	}
	main := int64(0)
	for k := n - 1; k > from; k-- {
		if n-k > mp3Overlap {
			main += max(sizes[k-from]-mp3Head, 0)
		}
		if main >= mp3Reservoir {
			return k
		}
	}
	return from
}

// moveTo goes in front of packet n.
func (d *Demuxer) moveTo(n int64) {
	d.at = 0
	if n >= d.packets && d.total > d.packets {
		d.at = 1
	}
	for _, c := range d.cursors {
		c.seek(n)
	}
}
