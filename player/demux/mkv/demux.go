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
	heard   media.Stream // the sound that is played
	info    tags.Info
	clock   clock
	timing  timing

	pts     int64 // of the next packet, in frames
	unsure  int   // so many packets take their place from their time
	inexact bool  // the place is as exact as the time only
	jumped  bool  // no packet was read since the reader went elsewhere
	from    int64 // packets that end at or before this are passed over
	buf     []byte

	wanted int    // the track of sound, below 0 for any
	sound  *track // nil where none is played
	films  []*film
	texts  []*track // of subtitles, that are given out
	origin int64    // of the pictures' times, ns
}

// New reads what stands around the clusters of src, a file of size bytes (-1
// when not known), which stays the caller's to close. Errors are
// *media.FormatError, *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) { return NewSound(src, size, -1) }

// NewSound is New that plays the track of sound of a number; below 0 it is the first
// that can be played.
func NewSound(src io.ReaderAt, size int64, number int) (*Demuxer, error) {
	d := &Demuxer{wanted: number}
	d.in = ebml.NewReader(src, size)
	err := d.openSegment(size)
	if err == nil {
		err = d.choose()
	}
	if err == nil && d.sound != nil {
		if err = d.begin(); isDamage(err) && len(d.films) > 0 { // there are no packets of it
			d.sound, err = nil, nil
		}
	}
	if err == nil {
		d.describe()
		d.measureFilms()
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

// choose takes the first track of sound that can be played, and all of
// pictures that can, or says what is wrong with the first of sound.
func (d *Demuxer) choose() error {
	var first error
	for i := range d.seg.tracks {
		t := &d.seg.tracks[i]
		d.refine(t)
		if t.kind == typeVideo && t.played() {
			s, _ := t.stream()
			d.films = append(d.films, &film{track: t, keys: s.Codec == media.MJPEG, reordering: s.Reordering()})
		}
		if t.kind == typeSubtitle && t.written() {
			d.texts = append(d.texts, t)
		}
		if t.kind != typeAudio || d.sound != nil || d.wanted >= 0 && int(t.number) != d.wanted {
			continue
		}
		s, timing, err := t.open()
		if err == nil {
			d.heard, d.timing, d.sound = s, timing, t
			d.clock = clock{tick: d.seg.tick, audio: s.Audio, grain: max(timing.grain, 1)}
		} else if first == nil {
			first = err
		}
	}
	switch {
	case d.sound != nil || len(d.films) > 0 && d.wanted < 0:
		return nil
	case first != nil:
		return first
	case len(d.seg.tracks) == 0:
		return formatError(0, "no list of tracks")
	}
	if d.wanted >= 0 {
		return unsupported(0, fmt.Sprintf("there is no track %d of sound", d.wanted))
	}
	return unsupported(0, "a file without sound or pictures that can be played")
}

// describe makes the list of streams: the sound that is played first, and all
// others in the order of the file.
func (d *Demuxer) describe() {
	if d.sound != nil {
		d.streams = append(d.streams, d.heard)
	}
	for i := range d.seg.tracks {
		if s, ok := d.seg.tracks[i].stream(); ok && &d.seg.tracks[i] != d.sound {
			d.streams = append(d.streams, s)
		}
	}
}

// listen has the cursor take the sound alone.
func (d *Demuxer) listen() { d.taken = append(d.taken[:0], d.sound) }

// takeAll has it take all that is given out.
func (d *Demuxer) takeAll() {
	d.takePlayed()
	if len(d.films) > 0 {
		d.taken = append(d.taken, d.texts...)
	}
}

// takePlayed has it take the sound and the pictures.
func (d *Demuxer) takePlayed() {
	d.taken = d.taken[:0]
	if d.sound != nil {
		d.taken = append(d.taken, d.sound)
	}
	for _, f := range d.films {
		d.taken = append(d.taken, f.track)
	}
}

// begin reads the first two packets, which say what times count from. Vorbis's
// first packet has no sound of its own, but a place in time.
func (d *Demuxer) begin() error {
	d.listen()
	d.enter(d.seg.clusters)
	var first int64
	for n := 0; n < 2; {
		data, _, timed, err := d.frame(d.buf)
		d.buf = data
		switch {
		case isDamage(err):
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

// Streams returns the file's streams: the sound that is given out first, and
// the others in the order of the file. Of these, pictures and subtitles are given
// out whose codec the package media names.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// Tags returns what the file's Tags say.
func (d *Demuxer) Tags() media.Tags { return d.info.Tags }

// Chapters returns those of the file's first edition.
func (d *Demuxer) Chapters() []media.Chapter { return d.info.Chapters }

// ReadPacket gives the next packet of the sound, the pictures or, where there are
// pictures, the subtitles, in the order of the file; see player.Demuxer.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	for {
		data, pos, timed, err := d.frame(p.Data)
		p.Data = data
		if f := d.film(); err == nil && f != nil {
			if d.picture(p, f, pos) {
				return nil
			}
			continue
		}
		if err == nil && d.of.kind == typeSubtitle {
			if d.text(p, pos) {
				return nil
			}
			continue
		}
		pts, n, ok, err := d.settle(data, timed, err)
		if err != nil {
			return d.failure(err)
		}
		if !ok || pts+n <= d.from {
			continue
		}
		if d.jumped && d.timing.codec == media.Vorbis {
			pts += n // the decoder has no block before, and gives nothing
		}
		d.jumped, d.from = false, math.MinInt64
		*p = media.Packet{Stream: int(d.sound.number), Data: data, PTS: pts, Pos: pos, Key: true}
		return nil
	}
}

func (d *Demuxer) failure(err error) error {
	if err == io.EOF {
		return err
	}
	if isDamage(err) {
		return err
	}
	return fmt.Errorf("%s: %w", stage, err)
}

// packet reads the next packet of sound into buf and finds its place: its
// first frame and how many it has.
func (d *Demuxer) packet(buf []byte) (data []byte, pts, n int64, err error) {
	for ok := false; !ok && err == nil; buf = data {
		var timed bool
		data, _, timed, err = d.frame(buf)
		pts, n, ok, err = d.settle(data, timed, err)
	}
	return data, pts, n, err
}

// settle finds the place of a packet of sound that was read with err; ok is
// false where it is passed over.
func (d *Demuxer) settle(data []byte, timed bool, err error) (pts, n int64, ok bool, _ error) {
	if err != nil {
		if err != io.EOF {
			d.unsure = 2
		}
		return 0, 0, false, err
	}
	before := d.timing.before
	n = d.timing.frames(data)
	if d.unsure > 0 && d.lead(before) {
		return 0, 0, false, nil
	}
	if err := d.place(data, timed); err != nil {
		d.timing.before = before
		return 0, 0, false, err
	}
	pts = d.pts
	d.pts += n
	return pts, n, true, nil
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

func isDamage(err error) bool {
	var f *media.FormatError
	return errors.As(err, &f)
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(pos int64, msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: pos, Msg: msg}
}
