package mkv

import (
	"errors"
	"time"

	"linnet/player/internal/ebml"
)

const (
	maxTracks   = 256
	defaultTick = 1000000 // ns
	// maxTick is the longest unit of time that is taken, a minute.
	maxTick = int64(time.Minute)
)

// A segment is what stands around the clusters.
type segment struct {
	body, end int64 // of the Segment; end is that of the file where it is less
	tick      int64 // TimestampScale, ns
	duration  time.Duration
	tracks    []track
	cues      ebml.Element // no identifier where there are none
	clusters  int64        // the first one
}

// Match says whether a file that starts with head is an EBML file.
func Match(head []byte) bool { return ebml.Match(head) }

// openSegment finds the Segment and reads its elements.
func (d *Demuxer) openSegment(size int64) error {
	end := size
	if size < 0 {
		end = ebml.Unknown
	}
	seg, err := d.in.Segment(end)
	switch {
	case errors.Is(err, ebml.ErrDocType):
		return unsupported(0, err.Error())
	case err != nil:
		return formatError(0, err.Error())
	}
	d.seg = segment{body: seg.Body, end: seg.End, tick: defaultTick}
	d.seg.clusters = d.in.Top(seg, []uint32{idInfo, idTracks, idCues}, d.readElement)
	if e, ok := d.in.At(d.seg.clusters); !ok || e.ID != ebml.IDCluster {
		d.seg.clusters = d.findCluster(d.seg.clusters, d.seg.end)
	}
	return nil
}

func (d *Demuxer) readElement(e ebml.Element) {
	switch e.ID {
	case idInfo:
		d.readInfo(e)
	case idTracks:
		d.in.Each(e, func(e ebml.Element) bool {
			if e.ID == idTrackEntry {
				d.seg.tracks = append(d.seg.tracks, d.readTrack(e))
			}
			return len(d.seg.tracks) < maxTracks
		})
	case idCues:
		d.seg.cues = e
	}
}

func (d *Demuxer) readInfo(info ebml.Element) {
	duration := int64(0)
	d.in.Each(info, func(e ebml.Element) bool {
		switch e.ID {
		case idScale:
			if v, ok := d.in.Time(e); ok && v > 0 && v <= maxTick {
				d.seg.tick = v
			}
		case idDuration:
			duration = d.in.Float(e)
		}
		return true
	})
	if duration < (1<<62)/d.seg.tick {
		d.seg.duration = time.Duration(duration * d.seg.tick)
	}
}
