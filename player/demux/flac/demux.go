package flac

import (
	"bytes"
	"fmt"
	"io"
	"math"

	"linnet/player/internal/flac"
	"linnet/player/internal/input"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const stage = "demux/flac"

// A Demuxer cuts a native FLAC file into frames. It implements player.Demuxer
// and player.Tagger, and is for one goroutine at a time.
type Demuxer struct {
	in   *input.Reader
	err  error // of the source; final
	end  int64 // where the sound ends at the latest: the file's end, or tags
	said tags.Info

	info      flac.StreamInfo
	config    []byte // the block that info was read from; nil without one
	seekTable span

	link link
	cur  cursor
	view [1]media.Stream // what Streams returns
	told bool            // that the file is cut off
}

// A cursor is a place in the file, in front of a frame.
type cursor struct {
	pos int64
	pts int64 // of the frame there
}

// A span is a stretch of the file.
type span struct {
	pos  int64
	size int
}

// Match says whether a file is native FLAC by its mark. head is its start,
// behind any ID3v2 tag.
func Match(head []byte) bool { return bytes.HasPrefix(head, []byte(mark)) }

// MatchMiddle says whether a file is FLAC although it does not start as it
// should: something else stands in front of the mark, or it was cut out of the
// middle of a stream and starts with a frame, or a part of one. Ogg and other
// containers of FLAC may look so, too: it is for what nobody else takes.
func MatchMiddle(head []byte) bool { return findMark(head) >= 0 || matchFrames(head) }

// New opens the FLAC stream in the first size bytes of src; size is -1 when it
// is not known. It looks for the first frame within 1 MiB behind the metadata
// and returns a *media.FormatError where there is none.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{in: input.New(src, size), end: math.MaxInt64}
	if size >= 0 {
		d.end = tags.Trailing(src, size)
	}
	d.said = tags.Read(src, size)
	start := tags.Leading(src, d.end)
	first, pos, h, ok := d.findStart(start)
	switch {
	case d.err != nil:
		return nil, d.failed()
	case !ok:
		return nil, d.damage(start, "no FLAC frame found")
	}
	d.openLink(pos, &h, first)
	if d.err != nil {
		return nil, d.failed()
	}
	return d, nil
}

// findStart reads the metadata and looks for the first frame: where the
// metadata end or, when there are none or they are broken, wherever it is.
// first is where it should be.
func (d *Demuxer) findStart(start int64) (first, pos int64, h flac.Header, ok bool) {
	first, safe := d.readMetadata(d.skipJunk(start))
	if h, ok := d.header(first); ok {
		return first, first, h, true
	}
	pos, h, ok = d.find(safe, safe+maxJunk)
	return min(first, pos), pos, h, ok
}

// skipJunk returns where the mark is, or start when it is not near.
func (d *Demuxer) skipJunk(start int64) int64 {
	if n := findMark(d.window(start, input.DefaultSize)); n > 0 {
		return start + int64(n)
	}
	return start
}

// Streams returns the one stream of the current link; the slice is the
// Demuxer's.
func (d *Demuxer) Streams() []media.Stream { return d.view[:] }

// Tags returns what the file's Vorbis comment and other tags say.
func (d *Demuxer) Tags() media.Tags { return d.said.Tags }

// Chapters returns those that the file's tags name.
func (d *Demuxer) Chapters() []media.Chapter { return d.said.Chapters }

// ReadPacket gives the next frame, from its sync code to its checksum, as
// player.Demuxer demands. Behind damage there may be more than that.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	h, err := d.next()
	if err == media.ErrNewStreams {
		d.seekTable = span{} // is for the first link
		d.openLink(d.cur.pos, &h, -1)
	}
	switch {
	case d.err != nil:
		return d.failed()
	case err != nil:
		return err
	}
	p.Data = p.Data[:0]
	x := d.extent(d.cur.pos, &h, &p.Data)
	if d.err != nil {
		return d.failed()
	}
	*p = media.Packet{Data: p.Data, PTS: d.cur.pts, Pos: d.cur.pos, Key: true, Checked: x.whole}
	d.pass(&h, &x)
	return nil
}

// next makes cur stand in front of a frame of the current link and returns its
// header. Where it cannot, the error says why: io.EOF, media.ErrNewStreams
// when the frame there begins another link, or a *media.FormatError for what
// is missing or was stepped over. When the source fails, d.err says so and
// nothing else counts.
func (d *Demuxer) next() (flac.Header, error) {
	if d.cur.pos >= d.end {
		return flac.Header{}, d.finish()
	}
	h, ok := d.header(d.cur.pos)
	if !ok {
		return h, d.resync()
	}
	if !d.link.alike(&h) {
		return h, media.ErrNewStreams
	}
	ahead := d.link.sample(&h) - d.link.base - d.cur.pts
	switch {
	case ahead == 0 || d.link.loose:
		return h, nil
	case ahead > 0 && (ahead <= d.link.gap || d.link.has(d.cur.pts+ahead)):
		pos := d.cur.pos
		d.cur.pts += ahead
		return h, d.damage(pos, fmt.Sprintf("%d samples are missing here", ahead))
	}
	return h, media.ErrNewStreams
}

// pass moves cur over a frame. Behind one that is damaged others may be
// missing.
func (d *Demuxer) pass(h *flac.Header, x *extent) {
	d.link.gap = 0
	if !x.whole {
		d.link.gap = mostIn(x.end - d.cur.pos)
	}
	d.cur.pos = x.end
	d.cur.pts += int64(h.BlockSize)
}

// resync moves from bytes that are no frame to the next frame. What lies
// behind the last one is no damage when all of the sound was there.
func (d *Demuxer) resync() error {
	pos := d.cur.pos
	if at, _, ok := d.find(pos, d.end); ok {
		d.cur.pos = at
		d.link.gap = mostIn(at - pos)
		return d.damage(pos, fmt.Sprintf("%d bytes that are no frame", at-pos))
	}
	d.cur.pos = d.end
	if d.complete() {
		return io.EOF
	}
	d.told = true
	return d.damage(pos, "no frame from here to the end")
}

// complete says whether as much sound was read as there is said to be.
func (d *Demuxer) complete() bool {
	return d.link.promised == 0 || d.cur.pts >= d.link.promised
}

// finish is the error at the end: io.EOF, unless there is less sound than
// STREAMINFO says and nobody was told yet.
func (d *Demuxer) finish() error {
	if d.complete() || d.told {
		return io.EOF
	}
	d.told = true
	return d.damage(d.cur.pos, fmt.Sprintf("the file is cut off: %d of %d samples are missing", d.link.promised-d.cur.pts, d.link.promised))
}

// window returns the bytes at pos, at most n of them and none behind the end,
// and keeps the source's error.
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

// failed is the final error after the source failed.
func (d *Demuxer) failed() error { return fmt.Errorf("%s: %w", stage, d.err) }

func (d *Demuxer) damage(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}
