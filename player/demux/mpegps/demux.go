package mpegps

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"linnet/player/internal/input"
	"linnet/player/internal/mpa"
	"linnet/player/internal/mpegvideo"
	"linnet/player/media"
)

const (
	stage = "demux/mpegps"
	// maxProbe is how much of the file's start is read to find its streams.
	maxProbe = 1 << 20
	// enough is how much of it must be read, once there are both kinds.
	enough = 128 << 10
)

// A Demuxer reads one file. It implements player.Demuxer and is for one
// goroutine at a time.
type Demuxer struct {
	r       packReader
	size    int64
	streams []media.Stream
	film    *film
	tracks  map[byte]*track // by stream_id
	order   []*track
	others  []foreign
	begin   int64 // the first time of the sound, or in the file, ticks
	ahead   int64 // what there is before that, ticks
	length  int64 // of the file, in ticks; 0 when not known
	ended   bool
	damage  int64 // bytes passed over, not yet told
	at      int64 // where

	joins []join // that are known, in the order of the file
	shift int64  // what is added to times where the file is read

	// A frame of sound in front of which others are missing, and how long they
	// lasted, in ticks, until that is told.
	held    media.Packet
	holding bool
	lost    int64
	torn    bool // damage was told, and no frame of sound given behind it
}

// Match says whether a file that begins with head is a program stream: a pack,
// as either standard has it, or the film of a video CD.
func Match(head []byte) bool {
	return isCDXA(head) || len(head) > 4 && string(head[:4]) == "\x00\x00\x01\xba" && (head[4]>>6 == 1 || head[4]>>4 == 2)
}

func isEOF(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// New opens the program stream in the first size bytes of src, which stays the
// caller's to close; size is -1 when it is not known. Errors are
// *media.FormatError, *media.UnsupportedError, or src's own. Places in a film of a
// video CD count without what the sectors add.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	src, size = unpacked(src, size)
	d := &Demuxer{size: size, tracks: map[byte]*track{}, begin: noTime}
	d.r.in = input.New(src, size)
	for d.r.in.Pos() < maxProbe && d.r.err == nil {
		p, _, ok := d.r.next()
		if !ok {
			break
		}
		if err := d.probe(&p); err != nil {
			return nil, err
		}
		if d.film != nil && d.film.known && len(d.order) > 0 && d.order[0].known() && d.r.in.Pos() > enough {
			break
		}
	}
	if d.r.err != nil {
		return nil, fmt.Errorf("%s: %w", stage, d.r.err)
	}
	d.settle()
	if len(d.streams) == 0 {
		msg := "there is neither MPEG video nor MPEG audio in it"
		if len(d.others) > 0 {
			msg += ", but sound coded as " + string(d.others[0].stream.Codec)
		}
		return nil, &media.UnsupportedError{Stage: stage, Offset: 0, Msg: msg}
	}
	// Where the sound begins is 0, as everywhere: no silence is made in front of it.
	d.begin = max(d.begin, 0)
	if len(d.order) > 0 && d.order[0].start != noTime {
		d.ahead = d.order[0].start - d.begin
		d.begin += d.ahead
	}
	d.measure()
	d.enter(0)
	return d, nil
}

// probe takes a packet for what it tells of its stream.
func (d *Demuxer) probe(p *pes) error {
	if p.id == private1 {
		d.note(p)
	}
	if err := d.take(p); err != nil {
		return err
	}
	if p.pts != noTime && !d.r.jumped && (d.begin == noTime || p.pts < d.begin) {
		d.begin = p.pts
	}
	if f := d.film; f != nil && p.id == f.id {
		for {
			u, ok := f.cutter.Next(false)
			if !ok {
				break
			}
			if !f.known && u.Sequence {
				f.describe(u.Data)
			}
		}
	}
	if t := d.tracks[p.id]; t != nil {
		if t.start == noTime {
			t.start = p.pts
		}
		for {
			if _, ok := t.cutter.Next(false); !ok {
				break
			}
		}
	}
	return nil
}

// take gives a packet's payload to whom it is for.
func (d *Demuxer) take(p *pes) error {
	switch {
	case p.id >= firstVideo && d.film == nil:
		d.film = &film{id: p.id}
	case p.id >= firstAudio && p.id < firstVideo && d.tracks[p.id] == nil && d.streams == nil:
		t := &track{start: noTime}
		d.tracks[p.id] = t
		d.order = append(d.order, t)
	}
	f, t := d.film, d.tracks[p.id]
	if t == nil && (f == nil || f.id != p.id) {
		d.r.in.Skip(int64(p.size))
		return nil
	}
	pts := p.pts
	for left := p.size; left > 0; {
		pos := d.r.in.Pos()
		b, err := d.r.in.Next(min(left, input.DefaultSize/2))
		if len(b) == 0 {
			d.r.fail(err)
			return nil
		}
		if t != nil {
			t.cutter.Write(b, pos, d.since(pts))
		} else {
			f.cutter.Write(b, pos, cutterTime(pts))
		}
		left -= len(b)
		pts = noTime
	}
	return nil
}

func cutterTime(pts int64) int64 {
	if pts == noTime {
		return mpegvideo.NoTime
	}
	return pts
}

// since counts a time from the file's first.
func (d *Demuxer) since(pts int64) int64 {
	if pts == noTime || d.begin == noTime {
		return noTime
	}
	return pts - d.begin
}

// settle makes the list of streams: those of which something is known, video
// first.
func (d *Demuxer) settle() {
	if f := d.film; f != nil && !f.known {
		// A short file ends before its first picture does.
		if u, ok := f.cutter.Next(true); ok && u.Sequence {
			f.describe(u.Data)
		}
	}
	if f := d.film; f != nil && f.known {
		s := media.Stream{Kind: media.Video, Codec: media.MPEG1Video, Video: f.seq.Video, Frames: -1, BitRate: f.seq.BitRate, Config: f.config}
		if f.seq.MPEG2 {
			s.Codec = media.MPEG2Video
		}
		d.streams = append(d.streams, s)
	} else {
		d.film = nil
	}
	d.order = slices.DeleteFunc(d.order, func(t *track) bool { return !t.known() })
	for id, t := range d.tracks {
		if !t.known() {
			delete(d.tracks, id)
		}
	}
	for _, t := range d.order {
		t.stream = len(d.streams)
		h, _ := t.cutter.First()
		s := describe(&h)
		s.ID = t.stream
		d.streams = append(d.streams, s)
	}
	if len(d.streams) == 0 {
		return
	}
	for _, f := range d.others {
		f.stream.ID = len(d.streams)
		d.streams = append(d.streams, f.stream)
	}
}

// Streams returns the streams; the slice is the Demuxer's.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// ReadPacket gives the next picture or frame of sound, as player.Demuxer
// demands.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	for {
		if d.damage > 0 {
			err := &media.FormatError{Stage: stage, Offset: d.at, Msg: fmt.Sprintf("%d bytes that belong to no packet", d.damage)}
			d.damage, d.torn = 0, true
			return err
		}
		if d.holding {
			return d.release(p)
		}
		if d.give(p) {
			return nil
		}
		if d.holding {
			continue
		}
		if d.ended {
			return io.EOF
		}
		next, damage, ok := d.next()
		if d.r.err != nil {
			return fmt.Errorf("%s: %w", stage, d.r.err)
		}
		d.damage, d.at = damage, next.pos
		if !ok {
			d.ended = true
			continue
		}
		if err := d.take(&next); err != nil {
			return err
		}
	}
}

// give fills p with what is whole.
func (d *Demuxer) give(p *media.Packet) bool {
	for d.film != nil {
		u, ok := d.film.cutter.Next(d.ended)
		if !ok {
			break
		}
		if d.picture(p, &u) {
			return true
		}
	}
	for _, t := range d.order {
		f, ok := t.cutter.Next(d.ended)
		if !ok {
			continue
		}
		return d.frame(p, t, &f)
	}
	return false
}

// frame fills p with a frame of sound, or holds it where others are missing in front
// of it: who fills what is missing with silence must be told before.
func (d *Demuxer) frame(p *media.Packet, t *track, f *mpa.Frame) bool {
	if t.joined && f.Time != noTime {
		t.joined = false
		f.Time = d.fit(t, &f.Header, f.Pos, f.Time)
	}
	at, missing := t.place(&f.Header, f.Time)
	to := p
	if d.holding = missing > 0 && !d.torn; d.holding {
		d.lost = missing * ticks / int64(f.Rate)
		to = &d.held
	}
	d.torn = false
	*to = media.Packet{Stream: t.stream, Data: append(to.Data[:0], f.Data...), PTS: at, Pos: f.Pos, Key: true}
	return !d.holding
}

// release says that sound is missing, and then gives the frame behind it.
func (d *Demuxer) release(p *media.Packet) error {
	if d.lost > 0 {
		lost := time.Duration(nanoseconds(d.lost))
		d.lost = 0
		return &media.FormatError{Stage: stage, Offset: d.held.Pos, Msg: fmt.Sprintf("%v of sound are missing", lost)}
	}
	d.holding = false
	data := append(p.Data[:0], d.held.Data...)
	*p = d.held
	p.Data = data
	return nil
}

// picture fills p with an access unit, and reports false where it is none or
// lies before the place that was sought.
func (d *Demuxer) picture(p *media.Packet, u *mpegvideo.AccessUnit) bool {
	f := d.film
	if u.Pictures == 0 {
		return false
	}
	at := f.stamp(u, d.begin) // of those that are passed over, too: they tell of the others
	if u.Pos < f.until {
		return false
	}
	*p = media.Packet{
		Stream: f.stream, Data: append(p.Data[:0], u.Data...), PTS: nanoseconds(at), Pos: u.Pos,
		Key: u.Picture.Type == mpegvideo.I && !f.order.Second,
	}
	return true
}

// enter goes on at a place of the file.
func (d *Demuxer) enter(pos int64) {
	d.r.enter(pos)
	d.ended, d.damage = false, 0
	d.holding, d.lost, d.torn = false, 0, false
	d.shift = d.shiftAt(pos)
	if d.film != nil {
		d.film.reset()
	}
	for _, t := range d.order {
		t.reset()
	}
}

// measure finds how long the file is, from the last times in it.
func (d *Demuxer) measure() {
	if d.size < 0 {
		return
	}
	last := int64(noTime)
	for back := int64(64 << 10); last == noTime && back <= 1<<20; back *= 4 {
		d.r.enter(max(0, d.size-back))
		for {
			p, _, ok := d.r.next()
			if !ok {
				break
			}
			if p.pts != noTime {
				last = max(last, p.pts)
			}
			d.r.in.Skip(int64(p.size))
		}
	}
	if last == noTime {
		return
	}
	d.explore(last)
	if last += d.shiftAt(d.size); last <= d.begin {
		return
	}
	d.length = last - d.begin
	for i := range d.streams {
		s := &d.streams[i]
		if s.Kind == media.Audio {
			s.Frames, s.Estimated = d.length*int64(s.Audio.Rate)/ticks, true
		} else {
			s.Length = time.Duration(nanoseconds(d.length + d.film.span(2)))
		}
	}
}
