package caf

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"linnet/player/internal/bits"
	"linnet/player/internal/blocks"
	"linnet/player/internal/bmff"
	"linnet/player/internal/input"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const stage = "demux/caf"

// Demuxer reads one file. It implements player.Demuxer and player.Tagger, and
// is for one goroutine at a time.
type Demuxer struct {
	in      *input.Reader
	win     *bmff.Window
	streams []media.Stream
	tags    media.Tags
	preroll int64 // frames in front of a place that decoding begins at

	cutter *blocks.Cutter // of packets that are blocks; nil where there is a table
	table  *table
	data   span
	told   bool // that the file is cut off, or its table broken
	over   bool // nothing more is read
}

// New reads the chunks of src, a file of size bytes (-1 when not known), which
// stays the caller's to close. Errors are *media.FormatError,
// *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) {
	d := &Demuxer{in: input.New(src, size), win: bmff.NewWindow(src)}
	f, err := readFile(d.win, size)
	if err == nil {
		err = d.open(f)
	}
	if d.win.Err() != nil {
		err = fmt.Errorf("%s: %w", stage, d.win.Err())
	}
	if err != nil {
		return nil, err
	}
	d.tags = tags.Read(src, size).Tags
	return d, nil
}

func (d *Demuxer) open(f *file) error {
	s, preroll, err := f.desc.stream(f.cookie)
	if err != nil {
		return err
	}
	d.data, d.preroll = f.data, preroll
	if s.BlockAlign > 0 { // other codings have an order of their own
		s.Audio.Layout = media.NewLayout(f.layout, s.Audio.Channels)
	}
	switch s.Codec {
	case media.ALAC, media.FLAC, media.AAC, media.Opus, media.MP1, media.MP2, media.MP3:
		err = d.openTable(f, &s)
	default:
		d.openBlocks(f, &s)
	}
	d.streams = []media.Stream{s}
	return err
}

// openBlocks is for packets that are all alike.
func (d *Demuxer) openBlocks(f *file, s *media.Stream) {
	l := blocks.Layout{Start: f.data.start, End: f.data.end, Missing: f.lost, Bytes: int(f.desc.bytes), Frames: int(f.desc.frames)}
	s.Frames = l.Total()
	if t := f.table; t != nil && s.Frames >= 0 {
		t.trim(s, s.Frames)
	}
	d.cutter = blocks.NewCutter(d.in, l, s.Audio.Rate, stage)
}

// openTable is for packets that differ, or that decode to more than they say.
func (d *Demuxer) openTable(f *file, s *media.Stream) error {
	desc, t := &f.desc, f.table
	switch {
	case desc.bytes > maxPacket || desc.frames > maxFrames:
		return formatError(desc.pos, fmt.Sprintf("packets of %d bytes and %d frames", desc.bytes, desc.frames))
	case t == nil && (desc.bytes == 0 || desc.frames == 0):
		return formatError(desc.pos, "packets that differ, and no table of them")
	case t == nil:
		t = &table{packets: maxPackets}
		if f.data.end >= 0 {
			t.packets = f.data.size() / desc.bytes
		}
		t.valid = t.packets * desc.frames
	}
	if s.Audio.Rate != desc.rate { // the table counts the frames of HE-AAC
		t.scale(int64(s.Audio.Rate), int64(desc.rate))
		desc.frames = desc.frames * int64(s.Audio.Rate) / int64(desc.rate)
		if desc.frames == 0 {
			return unsupported(desc.pos, "packets whose frames have another rate")
		}
	}
	d.table = t
	t.open(d.win, desc.bytes, desc.frames, f.data.start)
	d.measure(s)
	return nil
}

// measure sets how long the sound is, and how much of it is dropped.
func (d *Demuxer) measure(s *media.Stream) {
	t := d.table
	total := t.packets * t.frames
	if t.frames == 0 {
		total = max(t.priming, 0) + max(t.valid, 0) + max(t.remainder, 0)
	}
	switch {
	case s.Codec == media.ALAC:
		total -= d.shortage()
	case s.Codec == media.FLAC && s.Frames > 0:
		total = min(total, s.Frames)
	}
	t.trim(s, total)
	if t.packets == maxPackets {
		s.Frames, s.Padding = -1, 0
		return
	}
	if ms := s.Frames * 1000 / int64(s.Audio.Rate); s.BitRate == 0 && ms > 0 && d.data.end >= 0 {
		s.BitRate = int(min(d.data.size()*8000/ms, math.MaxInt32))
	}
}

// shortage is how many frames the last packet of ALAC has less than the others,
// which writers of the table do not always know: it says so itself.
func (d *Demuxer) shortage() int64 {
	size := d.table.lastSize()
	if size == 0 || d.data.end < 0 || size > d.data.size() {
		return 0
	}
	const elementHead = 7
	r := bits.NewReader(d.win.At(d.data.end-size, elementHead))
	r.Skip(3 + 4)
	if unused, partial := r.Bits(12), r.Flag(); unused != 0 || !partial {
		return 0
	}
	r.Skip(3)
	if n := int64(r.Bits(32)); n > 0 && n < d.table.frames && !r.Over() {
		return d.table.frames - n
	}
	return 0
}

// Streams returns the one stream of the file.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// Tags returns what the information chunk says.
func (d *Demuxer) Tags() media.Tags { return d.tags }

// ReadPacket gives the next packet, or of PCM whole frames; see player.Demuxer.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	if d.cutter != nil {
		return d.cutter.ReadPacket(p)
	}
	if d.over {
		return io.EOF
	}
	next, ok := d.table.next()
	switch {
	case d.win.Err() != nil:
		return fmt.Errorf("%s: %w", stage, d.win.Err())
	case !ok:
		return d.finish()
	case next.size > maxPacket:
		return d.stop(next.entry, fmt.Sprintf("a packet of %d bytes", next.size))
	case d.data.end >= 0 && next.size > d.data.end-next.pos:
		return d.stop(next.pos, "the file is cut off, or its packet table is wrong: there is nothing where a packet should be")
	}
	p.Data = slices.Grow(p.Data[:0], int(next.size))[:next.size]
	d.in.SeekTo(next.pos)
	if n, err := d.in.ReadFull(p.Data); n < len(p.Data) {
		if n == 0 && errors.Is(err, io.EOF) && d.streams[0].Frames < 0 {
			d.over = true
			return io.EOF // where a file of unknown size ends
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return d.stop(next.pos, "the file is cut off")
		}
		return fmt.Errorf("%s: read at byte %d: %w", stage, next.pos, err)
	}
	p.Stream, p.PTS, p.Pos, p.Key, p.Channels = 0, next.frame, next.pos, true, 0
	return nil
}

// finish is the error at the end: io.EOF, unless packets are missing.
func (d *Demuxer) finish() error {
	if t := d.table; t.n < t.packets && t.packets < maxPackets {
		return d.stop(t.entry, fmt.Sprintf("the packet table does not say where %d packets are", t.packets-t.n))
	}
	d.over = true
	return io.EOF
}

// stop ends the reading, and says why once.
func (d *Demuxer) stop(pos int64, msg string) error {
	d.over = true
	if d.told {
		return io.EOF
	}
	d.told = true
	return formatError(pos, msg)
}

// Seek moves to a packet from which decoding gives the right frames at t. See
// player.Demuxer.
func (d *Demuxer) Seek(t time.Duration) error {
	s := &d.streams[0]
	frame := s.Delay + s.Audio.Frames(t)
	if d.cutter != nil {
		d.cutter.SeekFrame(frame)
		return nil
	}
	d.over = false
	d.table.seek(max(frame-d.preroll, 0))
	if d.win.Err() != nil {
		return fmt.Errorf("%s: %w", stage, d.win.Err())
	}
	return nil
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(pos int64, msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: pos, Msg: msg}
}
