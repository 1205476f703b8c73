package ebml

import (
	"bytes"
	"errors"
)

// Identifiers of what Matroska has at the top, RFC 9559 clause 5.1.
const (
	IDHead     = 0x1a45dfa3
	idDocType  = 0x4282
	IDSegment  = 0x18538067
	IDVoid     = 0xec
	idSeekHead = 0x114d9b74
	idSeek     = 0x4dbb
	idSeekID   = 0x53ab
	idSeekPos  = 0x53ac
	IDCluster  = 0x1f43b675
)

// Match says whether a file that starts with head is an EBML file.
func Match(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1a, 0x45, 0xdf, 0xa3}) }

// These say why there is no Segment.
var (
	ErrNoHead    = errors.New("no EBML header")
	ErrDocType   = errors.New("an EBML file that is not Matroska or WebM")
	ErrNoSegment = errors.New("no Segment")
)

// Segment finds the Segment of a Matroska or WebM file that ends at end, and
// cuts it to that.
func (r *Reader) Segment(end int64) (seg Element, err error) {
	head, ok := r.At(0)
	if !ok || head.ID != IDHead || head.End > end {
		return seg, ErrNoHead
	}
	doctype := ""
	r.Each(head, func(e Element) bool {
		if e.ID == idDocType {
			doctype = string(bytes.TrimRight(r.Bytes(e, 64), "\x00"))
		}
		return true
	})
	if doctype != "matroska" && doctype != "webm" {
		return seg, ErrDocType
	}
	seg, ok = r.At(head.End)
	for ok && seg.ID == IDVoid && seg.End != Unknown {
		seg, ok = r.At(seg.End)
	}
	if !ok || seg.ID != IDSegment {
		return seg, ErrNoSegment
	}
	seg.End = min(seg.End, end)
	return seg, nil
}

// Top visits the wanted elements of a Segment, each kind once: those in front
// of the first Cluster, and those behind of which a SeekHead says where they
// are. It returns where the elements in front end: the first Cluster, unless
// something is broken.
func (r *Reader) Top(seg Element, wanted []uint32, visit func(Element)) (end int64) {
	elsewhere := make([]int64, len(wanted))
	seen := make([]bool, len(wanted))
	take := func(e Element) {
		for i, id := range wanted {
			if e.ID == id && !seen[i] && e.End <= seg.End {
				seen[i] = true
				visit(e)
			}
		}
	}
	pos := seg.Body
	for pos < seg.End {
		e, ok := r.At(pos)
		if !ok || e.ID == IDCluster || e.End > seg.End {
			break
		}
		if e.ID == idSeekHead {
			r.Each(e, func(s Element) bool {
				id, at := r.seek(s, seg)
				for i, w := range wanted {
					if id == w {
						elsewhere[i] = at
					}
				}
				return true
			})
		}
		take(e)
		pos = e.End
	}
	for i, at := range elsewhere {
		if e, ok := r.At(at); at > 0 && ok && e.ID == wanted[i] {
			take(e)
		}
	}
	return pos
}

// seek reads an entry of SeekHead: what is where in the file.
func (r *Reader) seek(s, seg Element) (id uint32, pos int64) {
	r.Each(s, func(e Element) bool {
		switch e.ID {
		case idSeekID:
			id = uint32(r.Small(e))
		case idSeekPos:
			if v, ok := r.Time(e); ok && v < seg.End-seg.Body {
				pos = seg.Body + v
			}
		}
		return true
	})
	return id, pos
}
