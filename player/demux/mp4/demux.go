package mp4

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"linnet/player/internal/bmff"
	"linnet/player/internal/input"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

const (
	stage = "demux/mp4"
	// maxPacket is the most bytes that a packet may claim.
	maxPacket = 1 << 20
	// batchFrames and batchBytes are what a packet of PCM has at most, or one
	// of ADPCM of some blocks.
	batchFrames = 1024
	batchBytes  = 64 << 10
)

// A cursor goes over the packets of a track.
type cursor interface {
	next(most int64) (s sample, ok bool)
	seek(n int64)
	find(time int64) int64
}

// Demuxer reads one file. It implements player.Demuxer and player.Tagger, and
// is for one goroutine at a time.
type Demuxer struct {
	in      *input.Reader
	wins    []*bmff.Window
	streams []media.Stream
	info    tags.Info

	track
	movieScale int64
	length     span
	packets    int64    // of the index; those of the fragments follow
	cursors    []cursor // the index's, the fragments'
	at         int      // which of them is read
	end        int64    // of the file; math.MaxInt64 when not known
	total      int64    // packets
	tableTicks int64    // how long the packets of the index last
	told       bool     // that the file is cut off
	held       bool     // ahead is a packet of sound that was not given yet
	ahead      sample
	silent     bool    // there is no track of sound that is played
	unheard    error   // why, where there is one
	films      []*film // tracks of pictures that are given
	texts      []*film // and of subtitles
	src        io.ReaderAt
	err        error // of the source; final
}

// Match says whether a file that starts with head (8 bytes are enough) is one
// for New.
func Match(head []byte) bool { return bmff.Match(head) }

// New reads the index of src, a file of size bytes (-1 when not known), which
// stays the caller's to close. Errors are *media.FormatError,
// *media.UnsupportedError, or src's own.
func New(src io.ReaderAt, size int64) (*Demuxer, error) { return NewSound(src, size, -1) }

// NewSound is New that plays the track of sound that has the ID; below 0 it is the
// first that can be played.
func NewSound(src io.ReaderAt, size int64, id int) (*Demuxer, error) {
	d := &Demuxer{in: input.New(src, size), src: src, end: size}
	if size < 0 {
		d.end = math.MaxInt64
	}
	win := d.window(src)
	top := bmff.Walk(win, 0, d.end)
	moov, ok := top.Find("moov")
	if !ok {
		return nil, d.failed(win.Err(), "no moov box: the file has no index, or is cut off before it")
	}
	m, err := readMovie(win, moov)
	if err != nil {
		return nil, d.failed(err, "")
	}
	d.choose(m, id)
	switch {
	case id < 0 || !d.silent:
	case d.unheard != nil:
		return nil, d.unheard
	default:
		return nil, unsupported(0, fmt.Sprintf("there is no track %d of sound", id))
	}
	if !d.silent {
		if err := d.open(src, m.fragmented); err != nil {
			return nil, err
		}
	}
	d.openFilms(src, m)
	d.openTexts(m)
	if d.unheard != nil && len(d.films) == 0 {
		return nil, d.unheard
	}
	if err := d.broken(); err != nil {
		return nil, err
	}
	d.info = tags.Read(src, size)
	if all := d.readChapters(src, m); all != nil {
		d.info.Chapters = all
	}
	if d.describe(m, d.info.Gapless); len(d.streams) == 0 {
		return nil, unsupported(0, "a file without sound or pictures")
	}
	return d, nil
}

// window returns a new window on the file, whose errors are watched.
func (d *Demuxer) window(src io.ReaderAt) *bmff.Window {
	w := bmff.NewWindow(src)
	d.wins = append(d.wins, w)
	return w
}

// failed is the error of the source where it has one, or one about the file.
func (d *Demuxer) failed(err error, msg string) error {
	var u *media.UnsupportedError
	switch {
	case errors.As(err, &u):
		return err
	case err != nil:
		return fmt.Errorf("%s: %w", stage, err)
	}
	return formatError(0, msg)
}

// choose takes the first track of sound that can be played, and notes what is
// wrong with the first that can't. A file may have pictures alone.
func (d *Demuxer) choose(m *movie, id int) {
	var first error
	for i := range m.tracks {
		t := &m.tracks[i]
		if t.kind() != media.Audio || id >= 0 && int(t.id) != id {
			continue
		}
		err := t.entry.err
		switch {
		case err == nil && t.entry.config == nil && t.entry.block == 0 && t.entry.codec != media.MP3:
			err = unsupported(t.entry.pos, "sound coded as "+string(t.entry.codec))
		case err == nil && t.timescale == 0:
			err = formatError(t.entry.pos, "a track without a clock")
		}
		if err == nil {
			d.track, d.movieScale = *t, m.timescale
			return
		}
		if first == nil {
			first = err
		}
	}
	d.silent, d.movieScale = true, m.timescale
	d.unheard = first
}

// open puts cursors in front of the track's first packet and measures it.
func (d *Demuxer) open(src io.ReaderAt, fragmented bool) error {
	win := func() *bmff.Window { return d.window(src) }
	// QuickTime's files may say 1 where a frame has another size, and count
	// frames where there are blocks of them.
	if block := int64(d.entry.block); block > 0 && d.tables.size%block != 0 {
		d.tables.size = block
		d.tables.gather(max(d.entry.frame, 1))
	}
	c := newTableCursor(win, d.tables)
	c.batch = d.batch()
	ticks, first, last, ok := c.total(c.timeWin)
	if !ok {
		return formatError(0, "the packets' durations make no sense")
	}
	d.packets, d.total, d.tableTicks = c.packets, c.packets, ticks
	d.cursors = append(d.cursors, c)
	if fragmented {
		f := newFragmentCursor(win, &d.track, d.end, d.packets, ticks)
		f.batch = d.batch()
		if n, t := f.scan(); n > d.packets {
			if d.packets == 0 {
				first = f.firstTime
			}
			ticks, last, d.total = t, f.lastTime, n
		}
		d.cursors = append(d.cursors, f)
	}
	if ticks > maxTime {
		return formatError(0, "the packets' durations make no sense")
	}
	d.measure(ticks, first, last)
	return d.broken()
}

// measure counts the track's frames from its ticks, or where packets decode to
// as many frames each, from the packets.
func (d *Demuxer) measure(ticks, first, last int64) {
	e := &d.entry
	exact := scale(ticks, d.timescale, int64(e.rate))
	d.length = span{exact, exact}
	if e.codec == media.Opus || e.codec == media.MP3 { // the last packet is as long as others, whatever is said
		d.length.decoded += scale(max(first-last, 0), d.timescale, int64(e.rate))
	}
	if e.frame == 0 {
		return
	}
	most := d.total * e.frame
	if d.timescale%int64(e.rate) != 0 || exact <= most-e.frame || exact > most { // the clock is not that of the samples
		d.length = span{most, most}
	}
	if e.codec == media.AAC {
		d.length.decoded = most
	}
}

// describe makes the list of streams: the sound that is played first.
func (d *Demuxer) describe(m *movie, gapless tags.Gapless) {
	if !d.silent {
		d.streams = append(d.streams, d.sound(m, gapless))
	}
	for i := range m.tracks {
		t := &m.tracks[i]
		k := t.kind()
		if k == 0 || !d.silent && (t.id == d.id || t.isCover()) || m.isChapters(t.id) {
			continue
		}
		s := t.stream(k)
		if f := d.filmOf(t.id); f != nil {
			s = f.stream
		}
		d.streams = append(d.streams, s)
	}
}

// sound describes the track of sound that is played.
func (d *Demuxer) sound(m *movie, gapless tags.Gapless) media.Stream {
	e := &d.entry
	s := media.Stream{
		ID: int(d.id), Kind: media.Audio, Codec: e.codec,
		Audio:   media.AudioFormat{Rate: e.rate, Channels: e.channels, Bits: e.bits, Layout: e.layout},
		BitRate: e.bitRate, BlockAlign: e.block, Config: e.config, Language: d.spoken(),
	}
	if e.block > 0 {
		s.Audio.Bits = e.valid
		s.BitRate = int(min(int64(e.rate)*int64(e.block)*8/max(e.frame, 1), math.MaxInt32))
	}
	d.trim(&s, gapless)
	if seconds := d.length.exact / int64(e.rate); s.BitRate == 0 && d.in.Size() > 0 && seconds > 0 && len(m.tracks) == 1 {
		s.BitRate = int(min(d.in.Size()/seconds*8, math.MaxInt32))
	}
	return s
}

// isChapters says whether another track takes its chapters from this one.
func (m *movie) isChapters(id uint32) bool {
	return slices.ContainsFunc(m.tracks, func(t track) bool { return slices.Contains(t.chapters, id) })
}

// stream describes a track that is not played.
func (t *track) stream(k media.Kind) media.Stream {
	s := media.Stream{ID: int(t.id), Kind: k, Codec: t.entry.codec, Frames: -1, Language: t.spoken()}
	switch k {
	case media.Audio:
		s.Audio = media.AudioFormat{Rate: t.entry.rate, Channels: t.entry.channels, Bits: t.entry.bits}
	case media.Video:
		s.Video = t.picture.format
	case media.Subtitle:
		s.Config = t.entry.config
	}
	return s
}

// Streams returns the file's streams: the sound that is given out first, and
// the others in the order of the file. Of these, pictures, and with them subtitles,
// are given out whose codec the package media names.
func (d *Demuxer) Streams() []media.Stream { return d.streams }

// Tags returns what the file's metadata say.
func (d *Demuxer) Tags() media.Tags { return d.info.Tags }

// Chapters returns those of the track of chapters, or of Nero's list.
func (d *Demuxer) Chapters() []media.Chapter { return d.info.Chapters }

// ReadPacket gives the next packet of the sound or the pictures, in the order
// of the file, or of the subtitles, before the pictures over which they are shown; see
// player.Demuxer.
func (d *Demuxer) ReadPacket(p *media.Packet) error {
	if len(d.films) > 0 {
		return d.readInterleaved(p)
	}
	s, ok := d.next()
	if err := d.broken(); err != nil {
		return err
	}
	if !ok {
		return d.finish()
	}
	return d.readSound(p, s)
}

// readSound reads the sound that s says.
func (d *Demuxer) readSound(p *media.Packet, s sample) error {
	size := s.count * s.size
	switch {
	case s.other:
		return unsupported(s.pos, "a track whose coding changes")
	case size > maxPacket:
		return formatError(s.pos, fmt.Sprintf("a packet of %d bytes", size))
	case s.pos > d.end || size > d.end-s.pos:
		if d.entry.block == 0 || s.pos >= d.end {
			return d.cutOff(s.pos)
		}
		size = (d.end - s.pos) / int64(d.entry.block) * int64(d.entry.block)
	}
	if err := d.read(p, s.pos, size); err != nil {
		return err
	}
	p.Stream, p.PTS, p.Pos, p.Key, p.Channels = int(d.id), d.frameOf(s), s.pos, true, 0
	return nil
}

// read reads a packet's bytes.
func (d *Demuxer) read(p *media.Packet, pos, size int64) error {
	p.Data = slices.Grow(p.Data[:0], int(size))[:size]
	d.in.SeekTo(pos)
	if n, err := d.in.ReadFull(p.Data); n < len(p.Data) {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return d.cutOff(pos)
		}
		d.err = err
		return d.broken()
	}
	return nil
}

// batch is how many bytes of what has frames or blocks of one size are given at once. A
// packet of the index may have several of these.
func (d *Demuxer) batch() int64 {
	return min(batchFrames/max(d.entry.frame, 1)*int64(d.entry.block), batchBytes)
}

// next steps over the next packet.
func (d *Demuxer) next() (s sample, ok bool) {
	most := int64(1)
	if d.entry.block > 0 {
		most = math.MaxInt64
	}
	for ; d.at < len(d.cursors); d.at++ {
		if s, ok = d.cursors[d.at].next(most); ok {
			return s, true
		}
	}
	return s, false
}

// frameOf is where a packet's first frame stands in the track.
func (d *Demuxer) frameOf(s sample) int64 {
	if d.entry.frame > 0 {
		return s.n * d.entry.frame
	}
	return scale(s.time, d.timescale, int64(d.entry.rate))
}

// finish is the error at the end: io.EOF, unless packets are missing and
// nobody was told yet.
func (d *Demuxer) finish() error {
	if d.told {
		return io.EOF
	}
	missing, pos := int64(0), int64(0)
	if !d.silent {
		missing, pos = d.cursors[0].(*tableCursor).missing()
	}
	for _, f := range d.films {
		if n, at := f.table.missing(); missing == 0 {
			missing, pos = n, at
		}
	}
	if missing > 0 {
		d.told = true
		return formatError(pos, fmt.Sprintf("the index does not say where %d packets are", missing))
	}
	return io.EOF
}

// cutOff ends the reading where the file has less than the index says.
func (d *Demuxer) cutOff(pos int64) error {
	d.at, d.held = len(d.cursors), false
	for _, f := range slices.Concat(d.films, d.texts) {
		f.end()
	}
	if d.told {
		return io.EOF
	}
	d.told = true
	return formatError(pos, "the file is cut off, or its index is wrong: there is nothing where a packet should be")
}

// broken is the final error after the source failed.
func (d *Demuxer) broken() error {
	for _, w := range d.wins {
		if d.err == nil {
			d.err = w.Err()
		}
	}
	if d.err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", stage, d.err)
}

// Seek moves to a packet from which decoding gives the right frames at t, and
// of pictures to the last that needs no other at or before t, and of subtitles to
// that which is shown then. See player.Demuxer.
func (d *Demuxer) Seek(t time.Duration) error {
	if d.held = false; !d.silent {
		s := &d.streams[0]
		target := max(s.Delay+s.Audio.Frames(t), 0)
		d.moveTo(d.warmUp(d.find(target), target))
	}
	for _, f := range d.films {
		f.seek(t)
	}
	d.seekTexts(t)
	return d.broken()
}

func formatError(pos int64, msg string) error {
	return &media.FormatError{Stage: stage, Offset: pos, Msg: msg}
}

func unsupported(pos int64, msg string) error {
	return &media.UnsupportedError{Stage: stage, Offset: pos, Msg: msg}
}
