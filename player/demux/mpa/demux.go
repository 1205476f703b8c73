package mpa

import (
	"fmt"
	"io"
	"math"

	"linnet/player/internal/input"
	"linnet/player/internal/mpa"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const (
	stage = "demux/mpa"
	// maxJunk is how far into the file, behind its tags, the first frame
	// is looked for.
	maxJunk = 1 << 20
	// startRun is how many frames have to agree where the sound starts; a
	// shorter stretch of another kind in front is a left-over.
	startRun = 4
	// otherRun is how many frames have to agree before a link ends and one
	// of another kind begins.
	otherRun = 3
)

// A Demuxer cuts an MPEG audio file into frames. It implements
// player.Demuxer and player.Tagger, and is for one goroutine at a time.
type Demuxer struct {
	in   *input.Reader
	err  error // of the source; final
	end  int64 // where the sound ends at the latest: the file's end, or tags
	sync syncer
	info tags.Info

	link  link
	cur   cursor
	ahead struct { // where the next link starts, once next has seen it
		pos  int64
		free int
	}
	view  [1]media.Stream // what Streams returns
	index index
	trail [trailSize]cursor // the frames last walked over, for Seek
}

// A cursor is a place in the file, in front of a frame.
type cursor struct {
	pos  int64 // byte offset
	pts  int64 // of the next frame
	n    int64 // frames of the link before this one
	main int   // bytes of main data in this frame, in a trail only
}

// A frame is one frame's place and header.
type frame struct {
	cursor
	h    mpa.Header
	size int
}

// New opens the MPEG audio stream in the first size bytes of src; size is -1
// when it is not known. It looks for the first frame within 1 MiB behind the
// tags and returns a *media.FormatError where there is none.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{in: input.New(src, size), end: math.MaxInt64}
	if size >= 0 {
		d.end = tags.Trailing(src, size)
	}
	d.info = tags.Read(src, size)
	if err := d.open(tags.Leading(src, d.end)); err != nil {
		return nil, err
	}
	return d, nil
}

// NewWithin is New for a stream that another format holds in one piece: the bytes of
// src, a file of size bytes, from one offset on up to another, which is -1 where the
// file ends.
func NewWithin(src io.ReaderAt, size, from, to int64) (*Demuxer, error) {
	if to < 0 {
		to = math.MaxInt64
	}
	d := &Demuxer{in: input.New(src, size), end: to}
	if err := d.open(from); err != nil {
		return nil, err
	}
	return d, nil
}

// open finds the first link at or behind an offset.
func (d *Demuxer) open(start int64) error {
	at, free, ok := d.findStart(start)
	switch {
	case d.err != nil:
		return d.failed()
	case !ok:
		return d.damage(start, "no MPEG audio frame found")
	}
	d.openLink(at, free)
	if d.err != nil {
		return d.failed()
	}
	d.applySMPB()
	d.trimLead()
	return nil
}

// Streams returns the one stream of the current link; the slice is the
// Demuxer's.
func (d *Demuxer) Streams() []media.Stream { return d.view[:] }

// Tags returns what the file's ID3 and APE tags say.
func (d *Demuxer) Tags() media.Tags { return d.info.Tags }

// Chapters returns those of the file's ID3v2 tag.
func (d *Demuxer) Chapters() []media.Chapter { return d.info.Chapters }

// ReadPacket gives the next frame, header included, as player.Demuxer
// demands.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	f, err := d.next()
	if err == media.ErrNewStreams {
		d.openLink(d.ahead.pos, d.ahead.free)
		d.trimLead()
	}
	switch {
	case d.err != nil:
		return d.failed()
	case err != nil:
		return err
	}
	b := d.window(f.pos, f.size)
	if len(b) < f.size {
		return d.failed()
	}
	*p = media.Packet{Data: append(p.Data[:0], b...), PTS: f.pts, Pos: f.pos, Key: true, Channels: f.h.Channels()}
	return nil
}

// next steps over the next frame and says where it is. It returns io.EOF
// behind the last one, media.ErrNewStreams where the next link starts, which
// is then ahead, and a *media.FormatError when it had to step over damage.
// When the source fails, d.err says so and nothing else counts.
func (d *Demuxer) next() (frame, error) {
	for {
		b := d.window(d.cur.pos, mpa.HeaderSize)
		if len(b) < mpa.HeaderSize {
			return frame{}, d.finish()
		}
		h, ok := mpa.ParseHeader(b)
		if ok && alike(&d.link.h, &h) {
			f := frame{cursor: d.cur, h: h, size: sizeOf(&h, d.link.free)}
			if tag, err := d.take(&f); !tag {
				return f, err
			}
			continue
		}
		if n := tags.At(d.window(d.cur.pos, tags.Window)); n > 0 {
			d.cur.pos += min(n, d.end-d.cur.pos)
			continue
		}
		if err := d.stray(h, ok); err != nil {
			return frame{}, err
		}
	}
}

// take steps over a frame whose header fits the link. The frame may be cut
// off by the end of the file or by the next frame, or be no sound but the
// tag of another file that was joined to this one.
func (d *Demuxer) take(f *frame) (tag bool, err error) {
	b := d.window(f.pos, f.size+mpa.HeaderSize)
	if len(b) < f.size || len(b) > f.size && !follows(b[f.size:]) {
		if at, cut := d.cutBy(f); cut {
			d.cur.pos = at
			return false, d.damage(f.pos, "frame is cut off by the next one")
		}
		// The search may have moved the window.
		b = d.window(f.pos, f.size)
	}
	if len(b) < f.size {
		return false, d.cutOff(f, f.size-len(b))
	}
	tag = midTag(b[:f.size], &f.h)
	if !tag {
		d.index.note(d.cur)
		d.cur.pts += int64(f.h.Samples())
		d.cur.n++
	}
	d.cur.pos += int64(f.size)
	return tag, nil
}

func follows(b []byte) bool {
	_, ok := mpa.ParseHeader(b)
	return ok
}

// cutBy looks inside a frame that no header follows for the frames of the
// same link that may have started too early because bytes were lost.
func (d *Demuxer) cutBy(f *frame) (at int64, ok bool) {
	l := &d.link
	b := d.window(f.pos, horizon)
	for i := nextSync(b, mpa.HeaderSize); i >= 0 && i < f.size; i = nextSync(b, i+1) {
		h, ok := mpa.ParseHeader(b[i:])
		if !ok || !alike(&l.h, &h) {
			continue
		}
		if c := d.sync.follow(b[i:], l.free, startRun); c.heads >= otherRun {
			return f.pos + int64(i), true
		}
	}
	return 0, false
}

// stray deals with bytes that are neither a frame of this link nor a tag: it
// moves to the next link if one starts right here, and otherwise over the
// damage to whatever frame comes next.
func (d *Demuxer) stray(h mpa.Header, isHeader bool) error {
	pos := d.cur.pos
	if isHeader {
		if free, ok := d.opens(pos, h); ok {
			d.ahead.pos, d.ahead.free = pos, free
			return media.ErrNewStreams
		}
	}
	at, ok := d.resync(pos + 1)
	if ok {
		d.cur.pos = at
		return d.damage(pos, fmt.Sprintf("%d bytes that are no frame", at-pos))
	}
	// What is behind the last frame is no loss if it is short, or zeros,
	// or if the tag in front counted no more frames: a tag that nobody
	// knows.
	d.cur.pos = d.end
	if d.end-pos > mpa.MaxFrameSize && !d.complete() && !d.blank(pos) {
		return d.damage(pos, "no frame from here to the end")
	}
	return nil
}

// finish is the error at the end: io.EOF, unless the file is shorter than
// its tag says and nobody was told yet.
func (d *Demuxer) finish() error {
	d.cur.pos = d.end
	if l := &d.link; l.missing > 0 && !l.told && !d.complete() {
		l.told = true
		return d.damage(d.end, fmt.Sprintf("the file is cut off: %d bytes of sound are missing", l.missing))
	}
	return io.EOF
}

// cutOff is the error where the file ends within a frame, which lacks so many
// bytes. It is a loss where the tag in front counted that frame; streams
// without a tag are cut anywhere, ISO's own compliance streams among them.
func (d *Demuxer) cutOff(f *frame, lack int) error {
	if l := &d.link; l.count >= 0 && l.missing == 0 && !l.told && !d.complete() {
		l.told, d.cur.pos = true, d.end
		return d.damage(f.pos, fmt.Sprintf("the file is cut off: %d bytes of its last frame are missing", lack))
	}
	return d.finish()
}

// complete says whether all frames that the link's tag counts were read.
func (d *Demuxer) complete() bool { return d.link.count >= 0 && d.cur.n >= d.link.count }

// window returns the bytes at pos, at most n of them and none behind the
// end, and keeps the source's error.
func (d *Demuxer) window(pos int64, n int) []byte {
	if pos >= d.end || d.err != nil {
		return nil
	}
	d.in.SeekTo(pos)
	b, err := d.in.Peek(int(min(int64(n), d.end-pos)))
	if err == io.EOF {
		d.end = pos + int64(len(b))
	} else if err != nil {
		d.err = err
	}
	return b
}

// failed is the final error after the source failed, or turned out shorter
// than it was a moment ago.
func (d *Demuxer) failed() error {
	if d.err == nil {
		d.err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%s: %w", stage, d.err)
}

func (d *Demuxer) damage(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}
