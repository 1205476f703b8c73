package player

import (
	"errors"
	"fmt"
	"io"
	"time"

	"linnet/player/media"
)

// feeder is one session of decoding ahead: from one place in the queue until
// the queue ends or the session is stopped (for a seek, another track, or
// the player's end). It runs in a goroutine of its own.
type feeder struct {
	p       *Player
	out     *output
	session int
	stop    chan struct{}
	done    chan struct{}

	reading reading

	// Where it ended, once done is closed: behind the last track, or, when
	// it gave up, where nothing could be played.
	last   int // the track's ID in the queue
	gaveUp bool

	cost    cost
	shaper  shaper
	unheard bool        // there is no device
	kept    *Track      // the one before, if it may go on as the next
	before  *media.Tags // of the track before this one, in this session
	decoded []int32
}

// over says whether the feeder has ended by itself.
func (f *feeder) over() bool { return closed(f.done) }

// stopped says whether the session is to end.
func (f *feeder) stopped() bool { return closed(f.stop) }

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// mark says what the frames of the stream are, from one position on.
type mark struct {
	at     int64 // absolute position in the output's stream
	offset time.Duration
	base   time.Duration // of the track's range in the file, by which pictures go
	id     int           // of the track in the queue
	rate   int           // frames per second of the output's stream from here on
	speed  int           // percent
	end    time.Duration // of the track, below 0 where it is not known
	nth    int           // track of the session, from 0
	track  trackInfo
	// provisional marks stand in for a seek's until the feeder sets its own.
	provisional bool
	vague       bool // and their place is only about where it will be
}

// trackInfo is what Status tells about a track, copied so that no one looks
// into a Track that the feeder reads.
type trackInfo struct {
	path, format, via string
	tags              media.Tags
	stream            media.Stream
	sounds            []media.Stream
}

func startFeeder(p *Player, out *output, id int, from start) *feeder {
	f := &feeder{p: p, out: out, session: p.session, stop: make(chan struct{}), done: make(chan struct{})}
	f.shaper.sound, f.shaper.speed = p.soundNow()
	f.shaper.quality = p.cfg.Resampling
	go f.run(id, from)
	return f
}

// end stops the session and waits until it is over.
func (f *feeder) end() {
	close(f.stop)
	f.reading.end()
	<-f.done
}

// run plays one track after the other, and gives up when a whole round of
// the queue gave no sound.
func (f *feeder) run(id int, from start) {
	defer close(f.done)
	defer f.let()
	for silent := 0; ; {
		frames, err := f.track(id, from)
		if errors.Is(err, errStopped) || f.stopped() {
			return
		}
		if err != nil {
			f.p.trackFailed(id, err)
		}
		if silent++; frames > 0 {
			silent = 0
		}
		f.last = id
		next, more := f.p.following(id)
		f.gaveUp = silent > f.p.count() || silent > 0 && next == id || errors.Is(err, ErrNoOutput)
		if !more || f.gaveUp {
			break
		}
		id, from = next, start{}
	}
	f.flush()
	f.out.finish(f)
}

// ErrNoOutput marks errors of the device rather than of a track: trying the
// next track would not help.
var ErrNoOutput = errors.New("nothing more is played")

// track feeds one track from a position on and returns how many frames of it
// were written.
func (f *feeder) track(id int, place start) (frames int64, err error) {
	e, ok := f.p.entry(id)
	if !ok {
		return 0, nil
	}
	t, err := f.open(e, place)
	if err != nil {
		return 0, err
	}
	m := t.Media()
	f.kept = t
	defer func() { f.p.noteDamage(t.Damage()) }()
	from, err := place.find(m)
	if err != nil {
		return 0, err
	}
	if from > 0 {
		a := t.Stream().Audio
		frame := a.Frames(from)
		if err := t.SeekTo(frame); err != nil {
			return 0, err
		}
		from = a.Duration(frame)
	}
	if f.stopped() {
		return 0, errStopped // opening a file may have taken long
	}
	film := f.p.shows(m)
	if film && f.before == nil {
		f.out.hold.set(f.session) // at the beginning of a session
	}
	if err := f.shape(t, id, from, true); err != nil {
		return 0, err
	}
	f.before = &m.Tags
	frames, err = f.pump(t, id, from)
	if film && err == nil {
		a := f.shaper.in
		err = f.write(make([]int32, int(a.Frames(lastPicture))*a.Channels))
	}
	return frames, err
}

// open opens a track, or has the one before go on as this one.
func (f *feeder) open(e Entry, place start) (*Track, error) {
	m, err := f.p.cfg.Open(e.Path)
	if err != nil {
		return nil, err
	}
	if e.Range != (Range{}) {
		m.Range = e.Range
	}
	stream := f.p.soundTrackOf(e.ID)
	if t := f.kept; t != nil && place == (start{}) && t.choice == stream && t.follow(m) {
		closeMedia(m) // which only said what it is
		return t, nil
	}
	f.let()
	f.reading.begin(m.Demuxer)
	t, err := newFilm(m, stream)
	if err != nil {
		closeMedia(m)
		return nil, err
	}
	return t, nil
}

// let lets go of the track before.
func (f *feeder) let() {
	if f.kept != nil {
		f.kept.Close()
		f.kept = nil
	}
}

// pump decodes and writes until the track ends.
func (f *feeder) pump(t *Track, id int, from time.Duration) (frames int64, err error) {
	var here int64 // frames of the present stream
	for {
		f.giveWay()
		if f.stopped() {
			return frames, errStopped // where nothing is written, nothing else tells
		}
		f.cost.begin(f.p.cfg.CPU)
		f.decoded, err = t.Read(f.decoded[:0])
		n := int64(len(f.decoded) / f.shaper.in.Channels)
		if d, ok := f.cost.end(); ok {
			f.out.noteCost(f.shaper.in.Duration(n), d)
		}
		if werr := f.write(f.decoded); werr != nil {
			return frames, werr
		}
		frames += n
		here += n
		switch {
		case err == io.EOF:
			return frames, nil
		case errors.Is(err, media.ErrNewStreams):
			from, here = from+f.shaper.in.Duration(here), 0
			err = f.shape(t, id, from, false)
		}
		if err != nil {
			return frames, err
		}
	}
}

// giveWay leaves the processor to pictures that are late, for as long as half of
// what is to be decoded ahead is.
func (f *feeder) giveWay() {
	for f.p.late.Load() && f.out.ahead() && !f.stopped() {
		time.Sleep(givenWay)
	}
}

// givenWay is for how long at once.
const givenWay = 10 * time.Millisecond

// shape makes the device and the conversion ready for a track's format and
// marks where the track begins, or, if it is not another one, goes on.
func (f *feeder) shape(t *Track, id int, from time.Duration, another bool) error {
	format := t.Stream().Audio
	if format != f.shaper.in || another && f.unheard {
		f.flush()
		got, unheard, err := f.out.reconfigure(format, f.clockFor(t), f.stop)
		if errors.Is(err, errStopped) {
			return err
		}
		if err != nil {
			return fmt.Errorf("%w; %w", err, ErrNoOutput)
		}
		f.shaper.open(format, got)
		f.unheard = unheard
	}
	if err := f.out.write(f.shaper.cut(), f.stop); err != nil {
		return err
	}
	tags := t.Media().Tags
	held := f.shaper.begin(tags, another && f.before != nil && f.shaper.sound.Crossfade.between(*f.before, tags))
	f.p.addMark(mark{
		at: f.out.written() + int64(held), offset: from, base: t.Media().Range.From, id: id, rate: f.shaper.out.Rate, speed: f.shaper.speed,
		track: trackInfo{t.Media().Name, t.Media().Format, t.Media().Via, tags, t.Stream(), soundsOf(t.Media())},
	})
	return nil
}

// clockFor is what a track may go by without a device: its pictures are worth it.
func (f *feeder) clockFor(t *Track) OpenAudio {
	if f.p.cfg.Video == nil {
		return nil
	}
	for _, s := range t.Media().Demuxer.Streams() {
		if s.Kind == media.Video {
			return f.p.cfg.Clock
		}
	}
	return nil
}

func (f *feeder) write(frames []int32) error { return f.out.write(f.shaper.run(frames), f.stop) }

// flush writes what the shaper still holds.
func (f *feeder) flush() { f.out.write(f.shaper.flush(), f.stop) }
