package mkv

import (
	"bytes"
	"time"

	"linnet/player/internal/tags"
	"linnet/player/media"
)

const (
	maxTracks   = 256
	maxText     = 64 << 10
	defaultTick = 1000000 // ns
	// maxTick is the longest unit of time that is taken, a minute.
	maxTick = int64(time.Minute)
)

// A segment is what stands around the clusters.
type segment struct {
	body, end int64 // of the Segment; end is that of the file where it is less
	tick      int64 // TimestampScale, ns
	duration  time.Duration
	title     string
	tracks    []track
	cues      element // no identifier where there are none
	clusters  int64   // the first one
	tags      media.Tags
}

// Match says whether a file that starts with head is an EBML file.
func Match(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1a, 0x45, 0xdf, 0xa3}) }

// openSegment finds the Segment and reads its elements.
func (d *Demuxer) openSegment(size int64) error {
	end := size
	if size < 0 {
		end = unknown
	}
	head, ok := d.at(0)
	if !ok || head.id != idEBML || head.end > end {
		return formatError(0, "no EBML header")
	}
	doctype := ""
	d.each(head, func(e element) bool {
		if e.id == idDocType {
			doctype = string(bytes.TrimRight(d.bytes(e, 64), "\x00"))
		}
		return true
	})
	if doctype != "matroska" && doctype != "webm" {
		return unsupported(0, "an EBML file that is not Matroska or WebM")
	}
	seg, ok := d.at(head.end)
	for ok && seg.id == idVoid && seg.end != unknown {
		seg, ok = d.at(seg.end)
	}
	if !ok || seg.id != idSegment {
		return formatError(head.end, "no Segment")
	}
	d.seg = segment{body: seg.body, end: min(seg.end, end), tick: defaultTick}
	d.readTop()
	return nil
}

// readTop reads the Segment's elements up to the first Cluster, and what
// SeekHead says of those behind.
func (d *Demuxer) readTop() {
	var elsewhere, seen [4]int64
	wanted := [4]uint32{idInfo, idTracks, idCues, idTags}
	visit := func(e element) {
		for i, id := range wanted {
			if e.id == id && seen[i] == 0 && e.end <= d.seg.end {
				seen[i] = e.start
				d.readElement(e)
			}
		}
	}
	for pos := d.seg.body; pos < d.seg.end; {
		e, ok := d.at(pos)
		if !ok || e.id == idCluster || e.end > d.seg.end {
			break
		}
		if e.id == idSeekHead {
			d.each(e, func(s element) bool {
				id, at := d.readSeek(s)
				for i, w := range wanted {
					if id == w {
						elsewhere[i] = at
					}
				}
				return true
			})
		}
		visit(e)
		pos = e.end
		d.seg.clusters = pos
	}
	if e, ok := d.at(d.seg.clusters); !ok || e.id != idCluster {
		d.seg.clusters = d.findCluster(max(d.seg.clusters, d.seg.body), d.seg.end)
	}
	for i, at := range elsewhere {
		if e, ok := d.at(at); at > 0 && ok && e.id == wanted[i] {
			visit(e)
		}
	}
}

// readSeek reads an entry of SeekHead: what is where in the file.
func (d *Demuxer) readSeek(s element) (id uint32, pos int64) {
	d.each(s, func(e element) bool {
		switch e.id {
		case idSeekID:
			id = uint32(d.small(e))
		case idSeekPos:
			if v, ok := d.time(e); ok && v < d.seg.end-d.seg.body {
				pos = d.seg.body + v
			}
		}
		return true
	})
	return id, pos
}

func (d *Demuxer) readElement(e element) {
	switch e.id {
	case idInfo:
		d.readInfo(e)
	case idTracks:
		d.each(e, func(e element) bool {
			if e.id == idTrackEntry {
				d.seg.tracks = append(d.seg.tracks, d.readTrack(e))
			}
			return len(d.seg.tracks) < maxTracks
		})
	case idCues:
		d.seg.cues = e
	case idTags:
		d.readTags(e)
	}
}

func (d *Demuxer) readInfo(info element) {
	duration := int64(0)
	d.each(info, func(e element) bool {
		switch e.id {
		case idScale:
			if v, ok := d.time(e); ok && v > 0 && v <= maxTick {
				d.seg.tick = v
			}
		case idDuration:
			duration = d.float(e)
		case idTitle:
			d.seg.title = tags.Text(d.bytes(e, maxText))
		}
		return true
	})
	if duration < (1<<62)/d.seg.tick {
		d.seg.duration = time.Duration(duration * d.seg.tick)
	}
}
