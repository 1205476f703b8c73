package mkv

import (
	"errors"
	"fmt"
	"io"
	"math"

	"linnet/player/internal/ebml"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const stage = "demux/mkv"

// A Demuxer reads one file. It implements player.Demuxer and player.Tagger, and
// is for one goroutine at a time.
type Demuxer struct {
	cursor
	streams []media.Stream
	info    tags.Info
	clock   clock
	timing  timing

	pts     int64 // of the next packet, in frames
	unsure  int   // so many packets take their place from their time
	inexact bool  // the place is as exact as the time only
	jumped  bool  // no packet was read since the reader went elsewhere
	from    int64 // packets that end at or before this are passed over
	buf     []byte
}

// New reads what stands around the clusters of src, a file of size bytes (-1
// when not known), which stays the caller's to close. Errors are
// *media.FormatError, *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{}
	d.in = ebml.NewReader(src, size)
	err := d.openSegment(size)
	if err == nil {
		err = d.choose()
	}
	if err == nil {
		err = d.begin()
	}
	if err == nil {
		d.measure()
		d.rewind()
	}
	if d.in.Err() != nil {
		err = fmt.Errorf("%s: %w", stage, d.in.Err())
	}
	if err != nil {
		return nil, err
	}
	d.info = tags.Read(src, size)
	return d, nil
}

// choose takes the first track of sound that can be played, or says what is
// wrong with the first that can't. The one that is played is listed first.
func (d *Demuxer) choose() error {
	var first error
	chosen := -1
	for i := range d.seg.tracks {
		t := &d.seg.tracks[i]
		if t.kind != typeAudio {
			continue
		}
		s, timing, err := t.open()
		if err == nil {
			d.streams = []media.Stream{s}
			d.timing, d.number, d.strip, chosen = timing, t.number, t.strip, i
			d.clock = clock{tick: d.seg.tick, audio: s.Audio, grain: max(timing.grain, 1)}
			break
		}
		if first == nil {
			first = err
		}
	}
	switch {
	case chosen < 0 && first != nil:
		return first
	case chosen < 0 && len(d.seg.tracks) == 0:
		return formatError(0, "no list of tracks")
	case chosen < 0:
		return unsupported(0, "a file without sound")
	}
	for i := range d.seg.tracks {
		if s, ok := d.seg.tracks[i].stream(); ok && i != chosen {
			d.streams = append(d.streams, s)
		}
	}
	return nil
}

// begin reads the first two packets, which say what times count from. Vorbis's
// first packet has no sound of its own, but a place in time.
func (d *Demuxer) begin() error {
	d.enter(d.seg.clusters)
	var first int64
	for n := 0; n < 2; {
		data, _, timed, err := d.frame(d.buf)
		d.buf = data
		var f *media.FormatError
		switch {
		case errors.As(err, &f):
			continue
		case err == io.EOF && n == 0:
			return formatError(d.seg.clusters, "there is no sound in it")
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if n == 0 {
			d.clock.base = d.when
			if first = d.timing.frames(data); d.timing.block > 0 {
				d.clock.grain = max(first, 1)
			}
		}
		if n == 1 && timed && d.timing.codec == media.Vorbis {
			d.clock.offset, _ = d.clock.frame(d.when)
		}
		n++
	}
	return nil
}

// Streams returns the file's streams, of which the first is given out.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// Tags returns what the file's Tags say.
func (d *Demuxer) Tags() media.Tags { return d.info.Tags }

// Chapters returns those of the file's first edition.
func (d *Demuxer) Chapters() []media.Chapter { return d.info.Chapters }

// ReadPacket gives the next packet of the first stream; see player.Demuxer.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	for {
		data, pos, pts, n, err := d.packet(p.Data)
		p.Data = data
		if err != nil {
			return d.failure(err)
		}
		if pts+n <= d.from {
			continue
		}
		if d.jumped && d.timing.codec == media.Vorbis {
			pts += n // the decoder has no block before, and gives nothing
		}
		d.jumped, d.from = false, math.MinInt64
		*p = media.Packet{Stream: int(d.number), Data: data, PTS: pts, Pos: pos, Key: true}
		return nil
	}
}

func (d *Demuxer) failure(err error) error {
	if err == io.EOF {
		return err
	}
	var f *media.FormatError // costs an allocation
	if errors.As(err, &f) {
		return err
	}
	return fmt.Errorf("%s: %w", stage, err)
}

// packet reads the next packet into buf and finds its place: its first frame
// and how many it has.
func (d *Demuxer) packet(buf []byte) (data []byte, pos, pts, n int64, err error) {
	for {
		data, pos, timed, err := d.frame(buf)
		if buf = data; err != nil {
			if err != io.EOF {
				d.unsure = 2
			}
			return data, pos, 0, 0, err
		}
		before := d.timing.before
		n := d.timing.frames(data)
		if d.unsure > 0 && d.lead(before) {
			continue
		}
		if err := d.place(data, timed); err != nil {
			d.timing.before = before
			return data, pos, 0, 0, err
		}
		pts := d.pts
		d.pts += n
		return data, pos, pts, n, nil
	}
}

// lead says whether a packet is the first of Vorbis behind a jump: its length
// is not known, and it is passed over.
func (d *Demuxer) lead(before int) bool {
	return d.timing.codec == media.Vorbis && before == 0
}

// place puts the next packet to its place in time. A gap is told once, and
// the packet read again.
func (d *Demuxer) place(data []byte, timed bool) error {
	said := d.timing.said(data)
	at, exact := said, true
	if said < 0 {
		if !timed {
			return nil
		}
		at, exact = d.clock.frame(d.when)
	}
	if gap := at - d.pts; d.unsure == 0 && gap > int64(d.clock.audio.Rate)/10 {
		d.i--
		d.next -= d.sizes[d.i]
		d.unsure = 1
		seconds := d.clock.audio.Duration(gap)
		return formatError(d.next, fmt.Sprintf("%v of sound are missing", seconds))
	}
	if d.unsure > 0 {
		d.unsure--
		d.pts, d.inexact = at, !exact
	}
	return nil
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(pos int64, msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: pos, Msg: msg}
}
