package flac

import (
	"linnet/player/internal/flac"
)

// header reads the frame header at pos. It is refused when neither it nor
// STREAMINFO says what the samples are.
func (d *Demuxer) header(pos int64) (h flac.Header, ok bool) {
	return d.complement(flac.ParseHeader(d.window(pos, flac.MaxHeaderSize)))
}

func (d *Demuxer) complement(h flac.Header, ok bool) (flac.Header, bool) {
	h.Complete(&d.info)
	return h, ok && h.Rate > 0 && h.Bits > 0
}

// An extent is how far a frame goes.
type extent struct {
	end   int64
	whole bool // the checksum is right
	// next is the header of the frame behind it, where there is one.
	next    flac.Header
	hasNext bool
}

// slack is how much longer than its samples a frame may be: what Rice codes
// may waste, and headers.
const slack = 1 << 10

// mostBytes is how long a frame can be that an encoder in its right mind made.
func mostBytes(h *flac.Header) int64 {
	return 2*int64(h.BlockSize)*int64(h.Channels)*int64(h.Bits+1)/8 + slack
}

// chunk is how many bytes are scanned at a time.
const chunk = 4 << 10

// Headers by the dozen where frames should be are no sound: so many are looked
// at in the search for a frame's end, and so many frames behind them are tried.
const (
	maxHeads = 32
	maxTries = 4
)

// extent finds the end of the frame with header h at pos, and appends its
// bytes to data unless that is nil. A frame does not say how long it is, so
// the end is where the CRC-16 comes out right and another frame header, or the
// end of the file, follows: no pattern within a frame does both by chance.
//
// Where there is no such place, the frame is damaged or the next one is: it
// then ends at the first header that can be believed all the same.
func (d *Demuxer) extent(pos int64, h *flac.Header, data *[]byte) extent {
	s := scan{d: d, pos: pos, limit: pos + mostBytes(h), data: data}
	weak := extent{}
	for heads, tries := 0, 0; heads < maxHeads && s.advance(); {
		next, ok := s.header()
		if !ok {
			continue
		}
		heads++
		if s.crc == 0 {
			return extent{end: s.pos, whole: true, next: next, hasNext: true}
		}
		if weak.end > 0 || tries == maxTries {
			continue
		}
		if tries++; d.follows(h, &next) || d.holds(s.pos, &next) {
			weak = extent{end: s.pos, next: next, hasNext: true}
		}
	}
	switch {
	case s.atEnd && s.crc == 0:
		return extent{end: s.pos, whole: true}
	case weak.end > 0 && data != nil:
		*data = (*data)[:weak.end-pos]
	case weak.end == 0:
		weak.end = s.pos
	}
	return weak
}

// follows says whether b is just the header that should come behind a.
func (d *Demuxer) follows(a, b *flac.Header) bool {
	return sameKind(a, b) && (b.Number == a.Number+1 && !b.Variable || b.Number == a.Number+int64(a.BlockSize))
}

// holds says whether the frame at pos is whole: then its header was no chance.
func (d *Demuxer) holds(pos int64, h *flac.Header) bool {
	s := scan{d: d, pos: pos, limit: pos + mostBytes(h)}
	for heads := 0; heads < maxHeads && s.advance(); {
		if _, ok := s.header(); ok {
			heads++
			if s.crc == 0 {
				return true
			}
		}
	}
	return s.atEnd && s.crc == 0
}

// find looks for the first frame at or behind pos, and before limit, that is
// whole.
func (d *Demuxer) find(pos, limit int64) (at int64, h flac.Header, ok bool) {
	s := scan{d: d, pos: pos, limit: min(limit, d.end)}
	for first := true; first || s.advance(); first = false {
		if h, ok := s.header(); ok && d.holds(s.pos, &h) {
			return s.pos, h, true
		}
	}
	return 0, h, false
}

// A scan goes over the file from one place where a frame header may be to the
// next.
type scan struct {
	d     *Demuxer
	pos   int64
	limit int64
	crc   uint16  // over all bytes before pos
	data  *[]byte // gets all bytes before pos, unless nil
	atEnd bool    // pos is where the sound ends
}

// header reads what may be a header at pos.
func (s *scan) header() (flac.Header, bool) { return s.d.header(s.pos) }

// advance moves to the next sync code behind pos. It is false when limit or
// the end of the file is reached first; pos is there then.
func (s *scan) advance() bool {
	for s.pos < s.limit {
		b := s.d.window(s.pos, chunk)
		if len(b) == 0 {
			break
		}
		n, crc := flac.ScanSync(s.crc, b)
		found := n < len(b)-1 && n > 0
		if n == 0 { // a single byte is left
			n, crc = 1, flac.CRC16(s.crc, b[:1])
		}
		if s.data != nil {
			*s.data = append(*s.data, b[:n]...)
		}
		s.pos, s.crc = s.pos+int64(n), crc
		if found || flac.Sync(s.d.window(s.pos, 2)) {
			return true
		}
	}
	s.atEnd = s.pos >= s.d.end
	return false
}

// matchFrames looks for a frame that is whole, and another header behind it,
// in what is there of a file.
func matchFrames(head []byte) bool {
	for at, n := 0, 0; at < len(head)-1; at += n {
		if flac.Sync(head[at:]) {
			if h, ok := flac.ParseHeader(head[at:]); ok && matchFrame(head[at:], &h) {
				return true
			}
		}
		if n, _ = flac.ScanSync(0, head[at:]); n == 0 {
			break
		}
	}
	return false
}

// matchFrame says whether the frame that b starts with is whole.
func matchFrame(b []byte, h *flac.Header) bool {
	crc := uint16(0)
	for at, n := 0, 0; at < len(b)-1; at += n {
		if n, crc = flac.ScanSync(crc, b[at:]); n == 0 {
			return false
		}
		if crc != 0 {
			continue
		}
		if next, ok := flac.ParseHeader(b[at+n:]); ok && sameKind(h, &next) {
			return true
		}
	}
	return false
}
