package avi

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"linnet/player/internal/fourcc"
	"linnet/player/internal/iff"
	"linnet/player/internal/input"
	"linnet/player/internal/mpa"
	"linnet/player/media"
)

const (
	stage = "demux/avi"
	// maxChunk is the most bytes that a picture may have.
	maxChunk = 16 << 20
	// maxSound is the most sound, in bytes, that a packet gets: some
	// programs write a file's whole sound as one chunk.
	maxSound = 8 << 10
)

// A Demuxer reads one file. It implements player.Demuxer and is for one
// goroutine at a time.
type Demuxer struct {
	in      *input.Reader
	size    int64
	err     error // of the source; final
	tracks  []*track
	streams []media.Stream
	movi    int64 // the first list's first chunk
	old     iff.Chunk
	pos     int64 // of the next chunk
	ended   bool

	rest chunk // what was not given yet of a chunk of sound
	have bool
}

// Match says whether a file that begins with head (12 bytes) is one for New.
func Match(head []byte) bool {
	return len(head) >= 12 && string(head[:4]) == "RIFF" && (string(head[8:12]) == "AVI " || string(head[8:12]) == "AVI\x19")
}

func isEOF(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// fail keeps what is not the file's end.
func (d *Demuxer) fail(err error) {
	if err != nil && !isEOF(err) {
		d.err = err
	}
}

// New opens the AVI file in the first size bytes of src, which stays the
// caller's to close; size is -1 when it is not known. Errors are
// *media.FormatError, *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{in: input.New(src, size), size: size}
	w := iff.NewWalker(d.in, binary.LittleEndian, 12)
	for d.old.ID == "" {
		c, err := w.Next()
		if isEOF(err) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", stage, err)
		}
		switch k := kind(w, c); {
		case k == "hdrl" && d.tracks == nil:
			err = d.readHeader(c)
		case k == "movi" && d.movi == 0:
			d.movi = c.Body + 4
		case c.ID == "idx1":
			d.old = c
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", stage, err)
		}
	}
	switch {
	case len(d.streams) == 0:
		return nil, &media.FormatError{Stage: stage, Offset: 12, Msg: "the header names no stream"}
	case d.movi == 0:
		return nil, &media.FormatError{Stage: stage, Offset: -1, Msg: "there is no list of pictures and sound (movi)"}
	}
	d.follow()
	d.refine()
	d.enter(d.movi)
	return d, nil
}

// nearby is how many chunks are looked through for a first picture.
const nearby = 64

// refine looks at the first pictures of streams of H.263.
func (d *Demuxer) refine() {
	for i := range d.streams {
		s := &d.streams[i]
		if s.Codec != "h263" {
			continue
		}
		d.pos = d.movi
		for range nearby {
			c, _, ok := d.next()
			if !ok {
				break
			}
			if t := c.track; t.stream.Kind == media.Video && t.stream.ID == s.ID && c.size > 0 {
				d.in.SeekTo(c.pos)
				b, err := d.in.Peek(fourcc.ShortHeader)
				d.fail(err)
				t.stream.Codec = fourcc.H263(b)
				s.Codec = t.stream.Codec
				break
			}
		}
	}
}

// Streams returns the streams; the slice is the Demuxer's.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// enter goes on at a place of the file.
func (d *Demuxer) enter(pos int64) {
	d.pos, d.ended, d.have = pos, false, false
	for _, t := range d.tracks {
		t.count, t.from, t.bytes = 0, 0, 0
		t.placed = false
		t.cutter.Reset()
	}
}

// ReadPacket gives the next picture or piece of sound, as player.Demuxer
// demands.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	for {
		for _, t := range d.tracks {
			if t.mpeg && t.frame(p, d.ended) {
				return nil
			}
		}
		if d.have {
			if d.sound(p) {
				return d.failed()
			}
			continue
		}
		if d.ended {
			return io.EOF
		}
		c, passed, ok := d.next()
		if err := d.failed(); err != nil {
			return err
		}
		switch {
		case passed > 0 && ok:
			d.pos = c.pos - 8 // it is read when the damage is told
			return &media.FormatError{Stage: stage, Offset: d.pos - passed, Msg: fmt.Sprintf("%d bytes that are no chunk", passed)}
		case !ok:
			d.ended = true
		case d.open(c, p):
			return d.failed()
		}
	}
}

func (d *Demuxer) failed() error {
	if d.err != nil {
		return fmt.Errorf("%s: %w", stage, d.err)
	}
	return nil
}

// open takes a chunk: a picture becomes the packet, and true is returned.
// Sound is taken piece by piece.
func (d *Demuxer) open(c chunk, p *media.Packet) bool {
	t := c.track
	if !t.played || c.pos-8 < t.from {
		return false
	}
	if t.stream.Kind == media.Audio {
		d.rest, d.have = c, true
		return false
	}
	at := t.count
	t.count++
	if c.size == 0 || c.size > maxChunk {
		return false // the picture before stays
	}
	d.in.SeekTo(c.pos)
	data := d.read(p.Data[:0], c.size)
	if len(data) == 0 {
		return false
	}
	*p = media.Packet{Stream: t.stream.ID, Data: data, PTS: int64(t.duration(at) + t.lead), Pos: c.pos, Key: key(t.stream.Codec, data)}
	return true
}

// read appends the next n bytes, or what is there of them.
func (d *Demuxer) read(dst []byte, n int64) []byte {
	for n > 0 {
		b, err := d.in.Next(int(min(n, input.DefaultSize/2)))
		if len(b) == 0 {
			d.fail(err)
			break
		}
		dst = append(dst, b...)
		n -= int64(len(b))
	}
	return dst
}

// key says whether a coded picture needs no other, as far as that is seen at
// a glance.
func key(codec media.Codec, data []byte) bool {
	switch codec {
	case media.MJPEG:
		return true
	case media.MPEG4:
		if key, ok := fourcc.ShortKey(data); ok {
			return key
		}
		for i := 0; i+4 < len(data) && i < 256; i++ {
			if data[i] == 0 && data[i+1] == 0 && data[i+2] == 1 && data[i+3] == 0xb6 {
				return data[i+4]>>6 == 0
			}
		}
	case media.MPEG1Video, media.MPEG2Video:
		return len(data) > 4 && data[0] == 0 && data[1] == 0 && data[2] == 1 && data[3] == 0xb3
	}
	return false
}

// sound gives the next piece of the chunk of sound, or nothing where its
// frames are cut.
func (d *Demuxer) sound(p *media.Packet) bool {
	t := d.rest.track
	n := min(d.rest.size, maxSound)
	if !t.mpeg && t.unit > 0 && n < d.rest.size {
		n = max(t.unit, n-n%t.unit)
		n = min(n, d.rest.size)
	}
	d.in.SeekTo(d.rest.pos)
	data := d.read(p.Data[:0], n)
	pos := d.rest.pos
	d.rest.pos += n
	d.rest.size -= n
	d.have = d.rest.size > 0 && len(data) > 0
	if len(data) == 0 {
		return false
	}
	if t.mpeg {
		t.cutter.Write(data, pos, t.bytes-pos) // by which frame finds its place among them
		t.bytes += int64(len(data))
		p.Data = data
		return false
	}
	*p = media.Packet{Stream: t.stream.ID, Data: data, PTS: t.count * t.scale, Pos: pos, Key: true}
	t.count += t.units(int64(len(data)))
	return true
}

// units is how many units a chunk of n bytes is.
func (t *track) units(n int64) int64 {
	if t.unit <= 0 {
		return 1
	}
	return n / t.unit
}

// frame gives the next whole frame of MPEG audio.
func (t *track) frame(p *media.Packet, last bool) bool {
	f, ok := t.cutter.Next(last)
	if !ok {
		return false
	}
	if !t.placed { // the first since the file was entered
		t.placed = true
		t.frames = t.start(&f)
	}
	*p = media.Packet{Stream: t.stream.ID, Data: append(p.Data[:0], f.Data...), PTS: t.frames, Pos: f.Pos, Key: true}
	t.frames += int64(f.Samples())
	return true
}

// start is where the first frame stands that was found since the file was
// entered. Where the units are bytes, of which a second has always as many, a
// chunk need not begin with a frame.
func (t *track) start(f *mpa.Frame) int64 {
	if t.unit <= 0 || f.Time == mpa.NoTime {
		return t.stream.Audio.Frames(t.duration(t.count))
	}
	samples := int64(f.Samples())
	at := t.stream.Audio.Frames(t.duration((f.Time + f.Pos) / t.unit))
	return (at + samples/2) / samples * samples
}
