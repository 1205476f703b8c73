package mpegv

import (
	"errors"
	"io"
	"time"

	"linnet/player/internal/input"
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

const (
	stage = "demux/mpegv"
	piece = 4 << 10 // bytes that are read at once
)

// A Demuxer reads one file. It implements player.Demuxer.
type Demuxer struct {
	in     *input.Reader
	cutter mpegvideo.Cutter
	order  mpegvideo.Order
	stream [1]media.Stream
	ended  bool
	groups []entry // of the file's start, in order
	known  int64   // how far groups is complete
}

// An entry is a picture I, where decoding may begin: its place in the file, how the pictures before it were counted, and its
// place in the order of display.
type entry struct {
	pos   int64
	order mpegvideo.Order
	index int64
}

// Match says whether a file that begins with head is one for New: it begins
// with a sequence header that says what it may.
func Match(head []byte) bool {
	at, code := mpegvideo.NextStart(head[:min(len(head), 7)], 0) // three zeros may stand before it
	if at > 3 || code != mpegvideo.SequenceStart {
		return false
	}
	for _, b := range head[:at] {
		if b != 0 {
			return false
		}
	}
	s, ok := mpegvideo.ParseSequence(head[at+4:])
	return ok && s.Video.Rate.Known()
}

// New opens the stream in the first size bytes of src; size is -1 when it is
// not known. Errors are *media.FormatError or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{in: input.New(src, size)}
	head, err := d.in.Peek(piece * 4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	seq, ok := mpegvideo.Describe(head)
	if !ok {
		return nil, &media.FormatError{Stage: stage, Offset: 0, Msg: "there is no sequence header"}
	}
	if !seq.Video.Rate.Known() {
		seq.Video.Rate = media.Rational{Num: 25, Den: 1} // nothing else tells
	}
	d.stream[0] = media.Stream{Kind: media.Video, Codec: media.MPEG1Video, Video: seq.Video, Frames: -1, BitRate: seq.BitRate}
	d.stream[0].Config = mpegvideo.SequenceHeader(head)
	if seq.MPEG2 {
		d.stream[0].Codec = media.MPEG2Video
	}
	d.order.Progressive = seq.Progressive
	return d, nil
}

// Streams returns the one stream that there is.
func (d *Demuxer) Streams() []media.Stream { return d.stream[:] }

// ReadPacket gives the next access unit; its PTS counts nanoseconds.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	u, err := d.next()
	if err != nil {
		return err
	}
	index := d.order.Index(&u)
	*p = media.Packet{
		Data: append(p.Data[:0], u.Data...), PTS: int64(d.fields().Duration(index)), Pos: u.Pos,
		Key: u.Picture.Type == mpegvideo.I && !d.order.Second,
	}
	return nil
}

// fields is the stream's format with its fields for pictures.
func (d *Demuxer) fields() media.VideoFormat {
	f := d.stream[0].Video
	f.Rate.Num *= 2
	return f
}

// next gives the next access unit with a picture.
func (d *Demuxer) next() (mpegvideo.AccessUnit, error) {
	for {
		u, ok := d.cutter.Next(d.ended)
		switch {
		case ok && u.Pictures > 0:
			d.note(&u)
			return u, nil
		case ok:
		case d.ended:
			return u, io.EOF
		default:
			pos := d.in.Pos()
			b, err := d.in.Next(piece)
			if errors.Is(err, io.EOF) {
				d.ended = true
			} else if err != nil {
				return u, err
			}
			d.cutter.Write(b, pos, mpegvideo.NoTime)
		}
	}
}

// note remembers where decoding may begin.
func (d *Demuxer) note(u *mpegvideo.AccessUnit) {
	if u.Picture.Type != mpegvideo.I || u.Pos < d.known {
		return
	}
	order := d.order
	index := order.Index(u)
	if order.Second {
		return
	}
	d.groups = append(d.groups, entry{u.Pos, d.order, index})
	d.known = u.Pos + 1
}

// Seek moves to the last picture at or before t with which decoding may begin.
func (d *Demuxer) Seek(t time.Duration) error {
	target := d.index(t)
	if n := len(d.groups); n == 0 || d.groups[n-1].index <= target {
		if err := d.explore(target); err != nil {
			return err
		}
	}
	to := d.start()
	for _, g := range d.groups {
		if g.index > target {
			break
		}
		to = g
	}
	d.enter(to)
	return nil
}

// index is the field that is shown at t.
func (d *Demuxer) index(t time.Duration) int64 {
	r := d.fields().Rate
	return int64(t/time.Microsecond) * int64(r.Num) / (int64(r.Den) * 1e6)
}

// enter goes on at a group.
func (d *Demuxer) enter(e entry) {
	d.in.SeekTo(e.pos)
	d.cutter.Reset()
	d.order = e.order
	d.ended = false
}

// start is the file's.
func (d *Demuxer) start() entry {
	return entry{order: mpegvideo.Order{Progressive: d.order.Progressive}}
}

// explore reads on until a group is known behind the target, or the end.
func (d *Demuxer) explore(target int64) error {
	if n := len(d.groups); n > 0 {
		d.enter(d.groups[n-1])
	} else {
		d.enter(d.start())
	}
	for {
		u, err := d.next()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		d.order.Index(&u)
		if n := len(d.groups); n > 0 && d.groups[n-1].index > target {
			return nil
		}
	}
}
