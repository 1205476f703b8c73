package adts

import (
	"errors"
	"fmt"
	"io"
	"math"

	"linnet/player/internal/aac"
	"linnet/player/internal/input"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const (
	stage = "demux/adts"
	// horizon is how many bytes are seen ahead: some of the largest frames.
	horizon = startRun*(aac.MaxFrame+1) + aac.HeaderSize
)

// A Demuxer cuts an ADTS file into frames. It implements player.Demuxer and
// player.Tagger, and is for one goroutine at a time.
type Demuxer struct {
	in   *input.Reader
	err  error // of the source; final
	end  int64 // where the sound ends at the latest: the file's end, or tags
	info tags.Info

	header aac.Header // of the stream's first frame
	start  int64      // of that
	cur    cursor
	view   [1]media.Stream // what Streams returns
	index  index
}

// A cursor is a place in the file, in front of a frame.
type cursor struct {
	pos int64
	pts int64 // of the frame
}

// New opens the ADTS stream in the first size bytes of src; size is -1 when it
// is not known. It looks for the first frame within 1 MiB behind the tags.
// Errors are *media.FormatError, *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{in: input.New(src, size), end: math.MaxInt64}
	if size >= 0 {
		d.end = tags.Trailing(src, size)
	}
	d.info = tags.Read(src, size)
	first := tags.Leading(src, d.end)
	at, ok := d.search(first, min(d.end, first+maxJunk))
	switch {
	case d.err != nil:
		return nil, d.failed()
	case !ok:
		return nil, damage(first, "no ADTS frame found")
	}
	if err := d.open(at); err != nil {
		return nil, err
	}
	return d, nil
}

// open makes what begins at pos the current stream.
func (d *Demuxer) open(pos int64) error {
	h, ok := aac.ParseHeader(d.window(pos, aac.HeaderSize))
	if !ok {
		return d.failed()
	}
	b := d.window(pos, h.Size)
	c, err := h.Config(b[min(h.Len(), len(b)):])
	if err != nil {
		return err
	}
	d.header, d.start = h, pos
	d.cur = cursor{pos: pos}
	d.index.clear()
	d.view[0] = media.Stream{
		Kind: media.Audio, Codec: media.AAC, Frames: -1,
		Audio: media.AudioFormat{Rate: c.Rate, Channels: c.Layout.Channels, Bits: 16, Layout: c.Layout.Speakers},
	}
	d.measure()
	if d.err != nil {
		return d.failed()
	}
	return nil
}

// Streams returns the one stream that is read; the slice is the Demuxer's.
func (d *Demuxer) Streams() []media.Stream { return d.view[:] }

// Tags returns what the file's ID3 and APE tags say.
func (d *Demuxer) Tags() media.Tags { return d.info.Tags }

// Chapters returns those of the file's ID3v2 tag.
func (d *Demuxer) Chapters() []media.Chapter { return d.info.Chapters }

// ReadPacket gives the next frame, header included, as player.Demuxer
// demands.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	c, h, err := d.next()
	if err == media.ErrNewStreams {
		if err := d.open(d.cur.pos); err != nil {
			return err
		}
	}
	switch {
	case d.err != nil:
		return d.failed()
	case err != nil:
		return err
	}
	b := d.window(c.pos, h.Size)
	if len(b) < h.Size {
		return d.failed()
	}
	*p = media.Packet{Data: append(p.Data[:0], b...), PTS: c.pts, Pos: c.pos, Key: true}
	return nil
}

// next steps over the next frame and says where it is, and what. It returns
// io.EOF behind the last one, media.ErrNewStreams in front of another stream's
// first, and a *media.FormatError when it had to step over damage. When the
// source fails, d.err says so and nothing else counts.
func (d *Demuxer) next() (c cursor, h aac.Header, err error) {
	for {
		b := d.window(d.cur.pos, aac.HeaderSize)
		if len(b) < aac.HeaderSize {
			d.cur.pos = max(d.cur.pos, min(d.end, d.cur.pos+int64(len(b))))
			return c, h, io.EOF
		}
		h, ok := aac.ParseHeader(b)
		if ok && alike(&d.header, &h) {
			if at, cut := d.cutBy(&h); cut {
				pos := d.cur.pos
				d.cur.pos = at
				return c, h, damage(pos, "a frame is cut off by the next one")
			}
			c = d.cur
			if c.pos+int64(h.Size) > d.end { // cut off, as streams are
				d.cur.pos = d.end
				return c, h, io.EOF
			}
			d.index.note(c)
			d.cur.pos += int64(h.Size)
			d.cur.pts += int64(h.Blocks) * aac.FrameLength
			return c, h, nil
		}
		if n := tags.At(d.window(d.cur.pos, tags.Window)); n > 0 {
			d.cur.pos += min(n, d.end-d.cur.pos)
			continue
		}
		return c, h, d.stray(ok)
	}
}

// cutBy looks inside a frame that nothing follows for frames that begin too
// early, because bytes were lost.
func (d *Demuxer) cutBy(h *aac.Header) (at int64, ok bool) {
	pos := d.cur.pos
	b := d.window(pos, h.Size+tags.Window)
	if len(b) < h.Size+aac.HeaderSize {
		return 0, false
	}
	if _, ok := aac.ParseHeader(b[h.Size:]); ok || tags.At(b[h.Size:]) > 0 {
		return 0, false
	}
	for i := 1; ; i++ {
		n := nextSync(b[i:h.Size])
		if n < 0 {
			return 0, false
		}
		i += n
		// A window further on is another view of the same bytes.
		if n, whole := run(d.window(pos+int64(i), horizon), startRun); n >= startRun || n > 1 && whole {
			return pos + int64(i), true
		}
		b = d.window(pos, h.Size+tags.Window)
		if len(b) < h.Size {
			return 0, false
		}
	}
}

// stray deals with bytes that are neither a frame of this stream nor a tag. It
// stays where another stream starts, and otherwise moves over the damage to
// whatever frame comes next.
func (d *Demuxer) stray(other bool) error {
	pos := d.cur.pos
	if other {
		if n, whole := run(d.window(pos, horizon), startRun); n >= startRun || n > 0 && whole {
			return media.ErrNewStreams
		}
	}
	at, ok := d.search(pos+1, d.end)
	if ok {
		d.cur.pos = at
		return damage(pos, fmt.Sprintf("%d bytes that are no frame", at-pos))
	}
	if d.err != nil {
		return d.failed()
	}
	d.cur.pos = d.end
	if d.end-pos > aac.MaxFrame {
		return damage(pos, "no frame from here to the end")
	}
	return io.EOF
}

// search looks for the first frame from pos up to limit that others follow, or
// the end.
func (d *Demuxer) search(pos, limit int64) (at int64, ok bool) {
	for pos < limit {
		b := d.window(pos, horizon)
		i := nextSync(b)
		if i < 0 {
			if len(b) < aac.HeaderSize {
				return 0, false
			}
			pos += int64(len(b) - aac.HeaderSize + 1)
			continue
		}
		pos += int64(i)
		if pos >= limit {
			break
		}
		if n, whole := run(d.window(pos, horizon), startRun); n >= startRun || n > 0 && whole {
			return pos, true
		}
		pos++
	}
	return 0, false
}

// window returns the bytes at pos, at most n of them and none behind the
// end, and keeps the source's error.
func (d *Demuxer) window(pos int64, n int) []byte {
	if pos >= d.end || d.err != nil {
		return nil
	}
	d.in.SeekTo(pos)
	b, err := d.in.Peek(int(min(int64(n), d.end-pos)))
	if errors.Is(err, io.EOF) {
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

func damage(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}
