package player

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"linnet/player/media"
)

// Damage is what was concealed or skipped while a track was read.
type Damage struct {
	Count int   // damaged packets and stretches
	First error // the first of them, a *DamageError; nil without any
}

// A DamageError is about a track that was played although some of it is
// damaged.
type DamageError struct {
	File string
	At   time.Duration // where in the track the first damage is
	Lost time.Duration // how much was concealed in all; 0 when not known
	Err  error         // the first damage
}

func (e *DamageError) Error() string { return e.Err.Error() }
func (e *DamageError) Unwrap() error { return e.Err }

// Track reads the audio of one opened file as frames, with the encoder's
// delay and padding trimmed to the sample.
type Track struct {
	media  *Media
	stream media.Stream
	dec    AudioDecoder
	raw    bool
	choice int // the stream's ID, or below 0 for the first that is sound
	pkt    media.Packet
	first  int64    // frames of the file, untrimmed, below this are dropped
	end    int64    // and from this on; -1 when only the file's end ends it
	pos    int64    // untrimmed position of the next frame to be given
	verify Verifier // nil unless the decoder is to check the whole sound

	// Of a range of the file; see range.go.
	ranged bool
	source media.Stream  // what is being read, of which stream says only what is in the range
	origin int64         // frames in front of the range
	before time.Duration // what streams before this one had
	over   []int32       // decoded beyond the range, up to pos

	// Packets that are missing: where the next one should start (-1: any
	// place is right), that the demuxer reported damage in front of it, and
	// how much silence is due before pkt, which is held for that long.
	next int64
	hole bool
	gap  int64
	held bool

	silent bool   // a film without sound is played too
	quiet  *quiet // that silence

	damaged  int // packets and stretches
	damage   error
	damageAt int64 // untrimmed position of the first
	lost     int64 // frames concealed
}

// NewTrack prepares the first audio stream of m. With raw, delay and padding
// stay in. The Track takes m over: Close closes it. Where there is an error m stays
// the caller's.
func NewTrack(m *Media, raw bool) (*Track, error) { return NewTrackOf(m, -1, raw) }

// NewTrackOf is NewTrack of the audio stream that has the ID, for files with
// several; below 0 it is the first.
func NewTrackOf(m *Media, stream int, raw bool) (*Track, error) {
	if err := choose(m, stream); err != nil {
		return nil, err
	}
	return (&Track{media: m, choice: stream, raw: raw}).prepare()
}

// newFilm is NewTrackOf that takes a film without sound, too: it has silence. Where the
// stream cannot be played it is the first.
func newFilm(m *Media, stream int) (*Track, error) {
	if stream >= 0 {
		if t, err := NewTrackOf(m, stream, false); err == nil {
			return t, nil
		}
	}
	return (&Track{media: m, choice: -1, silent: true}).prepare()
}

// choose has m give the packets of a stream of sound; below 0 it leaves that as it is.
func choose(m *Media, stream int) error {
	for _, s := range m.Demuxer.Streams() {
		if s.Kind != media.Audio {
			continue
		}
		if s.ID == stream || stream < 0 || m.Choose == nil {
			return nil
		}
		break // the first is the one that is given
	}
	if m.Choose == nil || stream < 0 {
		return nil
	}
	d, err := m.Choose(stream)
	if err != nil {
		return media.WithFile(err, m.Name)
	}
	m.Demuxer = d
	return nil
}

// soundsOf are the streams of sound, in the order of their IDs.
func soundsOf(m *Media) (all []media.Stream) {
	for _, s := range m.Demuxer.Streams() {
		if s.Kind == media.Audio {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b media.Stream) int { return a.ID - b.ID })
	return all
}

func (t *Track) prepare() (*Track, error) {
	if err := t.begin(); err != nil {
		return nil, media.WithFile(err, t.media.Name)
	}
	if t.origin > 0 {
		if err := t.SeekTo(0); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// begin takes up the demuxer's current audio stream.
func (t *Track) begin() error {
	var alien error // why sound of a film is not played
	for _, s := range t.media.Demuxer.Streams() {
		if s.Kind != media.Audio || t.choice >= 0 && s.ID != t.choice {
			continue
		}
		if s.Audio.Rate < 1 || s.Audio.Channels < 1 {
			return &media.FormatError{Stage: "player", Offset: -1, Msg: "audio stream without rate or channels"}
		}
		dec, err := t.media.NewAudio(s)
		if err != nil && t.silent && t.shows() {
			alien = err
			continue // its pictures are worth something
		}
		if err != nil {
			return err
		}
		t.stream, t.source, t.dec, t.verify, t.quiet = s, s, dec, nil, nil
		t.first, t.end, t.pos = 0, -1, 0
		t.next, t.hole, t.gap, t.held = 0, false, 0, false
		if !t.raw {
			t.first = s.Delay
			t.end = trimmedEnd(s)
		}
		return t.limit()
	}
	if t.silent && t.beginQuiet() {
		return t.limit()
	}
	if alien != nil {
		return alien
	}
	if t.choice >= 0 {
		return &media.UnsupportedError{Stage: "player", Offset: -1, Msg: fmt.Sprintf("stream %d is no sound, or is not there", t.choice)}
	}
	return &media.UnsupportedError{Stage: "player", Offset: -1, Msg: "there is no sound in it; linnet probe shows what there is"}
}

// trimmedEnd is the untrimmed position behind the last frame to keep.
func trimmedEnd(s media.Stream) int64 {
	if s.Frames < 0 || s.Estimated {
		return -1
	}
	return s.Delay + s.Frames
}

// Stream describes what is being read.
func (t *Track) Stream() media.Stream { return t.stream }

// Coded is how many channels the packet of the last Read codes: fewer than
// Stream's where a stream goes between mono and stereo.
func (t *Track) Coded() int {
	if n := t.pkt.Channels; n > 0 {
		return n
	}
	return t.stream.Audio.Channels
}

// Media is the file that the track was opened from.
func (t *Track) Media() *Media { return t.media }

// Damage is what was met so far.
func (t *Track) Damage() Damage {
	if t.damaged == 0 {
		return Damage{}
	}
	a := t.stream.Audio
	at := t.damageAt
	if !t.raw {
		at -= t.stream.Delay + t.origin
	}
	return Damage{t.damaged, &DamageError{
		File: t.media.Name, At: a.Duration(max(at, 0)), Lost: a.Duration(t.lost), Err: t.damage,
	}}
}

// Close closes the file.
func (t *Track) Close() error {
	if t.media.Closer == nil {
		return nil
	}
	return t.media.Close()
}

// Verify has the decoder check the whole sound, where the stream brings a
// checksum of it. It is for before the first Read, and holds as long as the
// sound is read straight through; a mismatch counts as damage, at the end.
func (t *Track) Verify() {
	if v, ok := t.dec.(Verifier); ok && !t.ranged {
		v.Verify()
		t.verify = v
	}
}

// Read appends the next frames, about one packet's worth and possibly none,
// to dst. Damage is concealed, counted and not an error; where packets are
// missing there is silence for as long as they were. It returns io.EOF at the
// end and media.ErrNewStreams where the format changes: Stream is then the new
// one, and reading goes on.
func (t *Track) Read(dst []int32) ([]int32, error) {
	if t.through() {
		return dst, io.EOF
	}
	if t.quiet != nil {
		return t.quiet.read(t, dst)
	}
	if len(t.over) > 0 {
		return t.spared(dst), nil
	}
	if !t.held {
		if ok, err := t.packet(); !ok {
			return dst, err
		}
		t.held = true
	}
	if t.gap > 0 {
		return t.silence(dst), nil
	}
	t.held = false
	was := len(dst)
	dst, err := t.dec.Decode(dst, &t.pkt)
	t.pos = t.pkt.PTS
	t.next = t.pos + int64((len(dst)-was)/t.stream.Audio.Channels)
	err = t.note(err, len(dst)-was)
	return t.trim(dst, was), err
}

// packet reads the next packet that is to be decoded, and finds out whether
// others are missing before it. Where there is none this time, it says why, if
// that matters.
func (t *Track) packet() (ok bool, err error) {
	err = t.media.Demuxer.ReadPacket(&t.pkt)
	switch {
	case err == io.EOF && t.verify != nil && t.damaged == 0:
		err = t.verify.Verified()
		if t.verify = nil; err == nil {
			err = io.EOF
		}
		return false, t.note(err, 0)
	case errors.Is(err, media.ErrNewStreams):
		t.before += t.stream.Audio.Duration(t.pos - t.stream.Delay)
		if err := t.begin(); err != nil {
			return false, media.WithFile(err, t.media.Name)
		}
		return false, media.ErrNewStreams
	case err != nil:
		t.hole = true
		return false, t.note(err, 0)
	}
	if t.pkt.Stream != t.stream.ID {
		return false, nil
	}
	missing := t.hole && t.next >= 0
	t.hole = false
	if n := t.pkt.PTS - t.next; missing && n > 0 && n <= maxGap*int64(t.stream.Audio.Rate) {
		t.gap, t.pos = n, t.next
		return true, nil
	}
	if t.end >= 0 && t.pkt.PTS >= t.end {
		if t.ranged && t.end != trimmedEnd(t.source) {
			t.held, t.pos = true, max(t.pos, t.end) // for what follows
			return false, io.EOF
		}
		return false, nil // padding; what follows may be other streams
	}
	return true, nil
}

const (
	// maxGap is how many seconds of missing sound are filled with silence.
	maxGap = 60
	// silenceFrames is how much of it one Read gives.
	silenceFrames = 4096
)

// silence gives what is missing in front of pkt, which is decoded once the gap
// is filled.
func (t *Track) silence(dst []int32) []int32 {
	n, was := min(t.gap, silenceFrames), len(dst)
	size := int(n) * t.stream.Audio.Channels
	dst = slices.Grow(dst, size)[:was+size]
	clear(dst[was:])
	t.gap -= n
	t.lost += n
	return t.trim(dst, was)
}

// note counts damage, that of samples concealed at t.pos among it, and lets
// other errors through.
func (t *Track) note(err error, samples int) error {
	if err == nil || err == io.EOF {
		return err
	}
	err = media.WithFile(err, t.media.Name)
	var f *media.FormatError
	if !errors.As(err, &f) {
		return err
	}
	if t.damaged++; t.damaged == 1 {
		t.damage, t.damageAt = err, t.pos
	}
	t.lost += int64(samples / t.stream.Audio.Channels)
	return nil
}

// trim cuts what was decoded to dst[was:], which starts at t.pos, down to
// the frames between first and end, and moves pos behind it.
func (t *Track) trim(dst []int32, was int) []int32 {
	ch := t.stream.Audio.Channels
	frames := int64(len(dst)-was) / int64(ch)
	begin, end := t.pos, t.pos+frames
	t.pos = end
	if t.end >= 0 && end > t.end {
		dst = t.spare(dst, len(dst)-int(min(end-t.end, frames))*ch)
	}
	if begin < t.first {
		kept := dst[was:]
		kept = kept[min(int(min(t.first-begin, frames))*ch, len(kept)):]
		dst = dst[:was+copy(dst[was:], kept)]
	}
	return dst
}

// SeekTo moves so that the next frame read is the one at frame, counted from
// the first that Read would give; past the end, Read gives io.EOF.
func (t *Track) SeekTo(frame int64) error {
	frame = max(frame, 0) + t.origin
	if t.ranged && t.end >= 0 {
		frame = min(frame, t.end-t.source.Delay) // what follows begins there
	}
	at := frame
	if t.raw {
		at -= t.stream.Delay
	}
	if err := t.media.Demuxer.Seek(t.stream.Audio.Duration(at)); err != nil {
		return media.WithFile(err, t.media.Name)
	}
	if t.quiet != nil {
		t.quiet.seek(t, frame)
		return nil
	}
	t.dec.Reset()
	t.first, t.pos, t.over = frame, 0, t.over[:0]
	t.next, t.hole, t.gap, t.held, t.verify = -1, false, 0, false, nil
	if !t.raw {
		t.first += t.stream.Delay
	}
	return nil
}
