package avi

import (
	"encoding/binary"

	"linnet/player/media"
)

// A chunk is one of a movi list that belongs to a track.
type chunk struct {
	track *track
	pos   int64 // of its body
	size  int64
}

// next finds the next chunk of a track from d.pos on and moves behind it. It
// returns false at the end. passed is how many bytes made no sense.
func (d *Demuxer) next() (c chunk, passed int64, ok bool) {
	for {
		d.in.SeekTo(d.pos)
		b, err := d.in.Peek(12)
		if len(b) < 8 {
			d.fail(err)
			return c, passed, false
		}
		size := int64(binary.LittleEndian.Uint32(b[4:]))
		switch id := string(b[:4]); {
		case (id == "LIST" || id == "RIFF") && len(b) == 12:
			d.pos += 12 // movi, rec and AVIX are entered; what is in others is no track's
			if k := string(b[8:]); k != "movi" && k != "rec " && k != "AVIX" {
				d.pos += size - 4 + size&1
			}
			continue
		case d.trackOf(b) != nil:
			c = chunk{d.trackOf(b), d.pos + 8, size}
			if n := d.lies(c); n > 0 {
				passed += n
				continue
			}
			d.pos += 8 + size + size&1
			return c, passed, true
		case named(b) && (d.size < 0 || d.pos+8+size <= d.size+1):
			d.pos += 8 + size + size&1
			continue
		}
		n := d.search()
		if passed += n; n == 0 {
			return c, passed, false
		}
	}
}

// large is from which size on a chunk's size is not believed before one looked
// what is behind it.
const large = 64 << 10

// lies says whether a chunk's size is none, as it leads to where no chunk
// begins, or out of the file. Then it moves to the next chunk's head, and
// returns how far that is. A chunk that is cut off with its file is good.
func (d *Demuxer) lies(c chunk) (passed int64) {
	picture := c.track.stream.Kind == media.Video
	if c.size < large {
		return 0
	}
	end := c.pos + c.size + c.size&1
	d.in.SeekTo(end)
	b, err := d.in.Peek(8)
	d.fail(err)
	switch {
	case picture && c.size > maxChunk:
	case len(b) == 8 && named(b), len(b) < 8 && d.size >= 0 && end-1 <= d.size:
		return 0
	}
	at := d.pos
	if passed = d.search(); passed == 0 {
		d.pos = at
	}
	return passed
}

// trackOf is the track whose chunk head b begins: two digits and two letters.
func (d *Demuxer) trackOf(b []byte) *track {
	n := int(b[0]-'0')*10 + int(b[1]-'0')
	if b[0] < '0' || b[0] > '9' || b[1] < '0' || b[1] > '9' || n >= len(d.tracks) {
		return nil
	}
	switch string(b[2:4]) {
	case "dc", "db", "wb":
		return d.tracks[n]
	}
	return nil
}

// named says whether b can be the head of a chunk at all.
func named(b []byte) bool {
	for _, c := range b[:4] {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// search moves to the next thing that can be the head of a track's chunk, and
// returns how far that is; 0 at the end.
func (d *Demuxer) search() (passed int64) {
	from := d.pos
	for {
		d.in.SeekTo(d.pos + 1)
		b, err := d.in.Peek(4096)
		if len(b) < 8 {
			d.fail(err)
			return 0
		}
		for i := 0; i+8 <= len(b); i++ {
			if t := d.trackOf(b[i:]); t != nil && int64(binary.LittleEndian.Uint32(b[i+4:])) < maxChunk {
				d.pos += 1 + int64(i)
				return d.pos - from
			}
		}
		d.pos += int64(len(b) - 7)
	}
}
