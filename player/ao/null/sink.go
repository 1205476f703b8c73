package null

import (
	"errors"
	"fmt"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

const (
	defaultPeriod = 20 * time.Millisecond
	defaultBuffer = 200 * time.Millisecond
)

// Sink is an open device. It meets the contract of the player's AudioSink.
type Sink struct {
	opt    Options
	format media.AudioFormat
	period int // frames
	buffer int // frames
	queue  *pcm.Ring
	piece  []int32 // one period on its way to Heard

	running bool
	origin  time.Time // when frame 0 of this run was heard
	played  int64     // frames heard in this run
	dry     bool      // ran dry since the last Write
	err     error     // why the device is no more

	written int64
	skew    time.Duration
}

// Open opens a device for the wanted format, and returns the one it takes.
func Open(want media.AudioFormat, opt Options) (*Sink, media.AudioFormat, error) {
	f := want
	override(&f.Rate, opt.Format.Rate)
	override(&f.Channels, opt.Format.Channels)
	override(&f.Bits, opt.Format.Bits)
	if f.Rate < 1 || f.Channels < 1 {
		return nil, f, fmt.Errorf("null: cannot play %v", f)
	}
	if opt.Clock == nil {
		opt.Clock = systemClock{}
	}
	if opt.Period <= 0 {
		opt.Period = defaultPeriod
	}
	if opt.Buffer <= 0 {
		opt.Buffer = defaultBuffer
	}
	period := max(1, int(f.Frames(opt.Period)))
	buffer := max(2*period, int(f.Frames(opt.Buffer)))
	return &Sink{
		opt: opt, format: f, period: period, buffer: buffer,
		queue:  pcm.NewRing(buffer, 0, f.Channels),
		piece:  make([]int32, period*f.Channels),
		origin: opt.Clock.Now(),
	}, f, nil
}

func override(field *int, by int) {
	if by != 0 {
		*field = by
	}
}

// Write queues frames, and waits for up to one period when there is room
// for less than that.
func (s *Sink) Write(frames []int32) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	most := s.strike(len(frames) / s.format.Channels)
	if s.err != nil {
		return 0, s.err
	}
	s.advance()
	var xrun error
	if s.dry {
		s.dry, xrun = false, media.ErrXrun
	}
	if s.opt.Fast {
		s.hear(frames[:most*s.format.Channels])
		s.written += int64(most)
		return most, xrun
	}
	if most > 0 {
		s.waitForRoom(most)
	}
	n := min(most, s.queue.Free())
	s.queue.Write(frames[:n*s.format.Channels], nil)
	s.written += int64(n)
	if s.queue.Free() < s.period {
		s.start()
	}
	return n, xrun
}

// strike lets the faults happen that are due, and returns how many of n
// frames may be taken.
func (s *Sink) strike(n int) int {
	for len(s.opt.Faults) > 0 && s.opt.Faults[0].At <= s.written {
		f := s.opt.Faults[0]
		s.opt.Faults = s.opt.Faults[1:]
		switch f.Kind {
		case Late:
			s.opt.Clock.Sleep(f.For)
		case Short:
			n = min(n, max(0, f.Frames))
		case Xrun:
			s.advance()
			s.halt()
			s.dry = true
		case WrongDelay:
			s.skew = f.For
		case Gone:
			s.err = ErrGone
		}
	}
	return n
}

// waitForRoom sleeps until there is room for n frames or one period,
// whichever is less. As the device runs whenever there is not, that is at
// most one period away.
func (s *Sink) waitForRoom(n int) {
	missing := min(n, s.period) - s.queue.Free()
	if missing <= 0 || !s.running {
		return
	}
	s.sleepUntil(s.timeOf(s.played + int64(missing)))
	s.advance()
}

func (s *Sink) sleepUntil(t time.Time) {
	if d := t.Sub(s.opt.Clock.Now()); d > 0 {
		s.opt.Clock.Sleep(d)
	}
}

// timeOf is when frame n of this run is heard.
func (s *Sink) timeOf(n int64) time.Time { return s.origin.Add(s.format.Duration(n)) }

func (s *Sink) start() {
	if !s.running {
		s.running, s.played, s.origin = true, 0, s.opt.Clock.Now()
	}
}

// halt stops the device and empties its queue.
func (s *Sink) halt() {
	s.running = false
	s.queue.Reset()
}

// advance plays what was due by now. Whatever was due and is not there
// makes the device stop and say so.
func (s *Sink) advance() {
	if !s.running {
		return
	}
	due := s.format.Frames(s.opt.Clock.Now().Sub(s.origin)) - s.played
	have := int64(s.queue.Buffered())
	s.play(min(due, have))
	if due > have {
		s.running, s.dry = false, true
	}
}

// play takes n frames from the queue and has them heard.
func (s *Sink) play(n int64) {
	for n > 0 {
		k := s.queue.Read(s.piece[:min(n, int64(s.period))*int64(s.format.Channels)])
		s.hear(s.piece[:k*s.format.Channels])
		n -= int64(k)
	}
}

func (s *Sink) hear(frames []int32) {
	if s.opt.Heard != nil && len(frames) > 0 {
		s.opt.Heard(s.timeOf(s.played), frames)
	}
	s.played += int64(len(frames) / s.format.Channels)
}

// Delay is the length of the queue to the fraction of a frame, unless the
// script says otherwise.
func (s *Sink) Delay() (time.Duration, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.advance()
	queued := int64(s.queue.Buffered())
	d := s.format.Duration(queued)
	if s.running {
		d = s.timeOf(s.played + queued).Sub(s.opt.Clock.Now())
	}
	return max(0, d+s.skew), nil
}

// Drop discards what is queued and stops the device.
func (s *Sink) Drop() error {
	if s.err != nil {
		return s.err
	}
	s.advance()
	s.halt()
	s.dry = false
	return nil
}

// Drain plays what is queued and stops the device.
func (s *Sink) Drain() error {
	if s.err != nil {
		return s.err
	}
	s.advance()
	if queued := int64(s.queue.Buffered()); queued > 0 {
		s.start()
		s.sleepUntil(s.timeOf(s.played + queued))
		s.play(queued)
	}
	s.halt()
	s.dry = false
	return nil
}

// Close stops the device, dropping what is queued.
func (s *Sink) Close() error {
	if s.err == nil {
		s.advance()
		s.halt()
		s.err = errors.New("null: the sink is closed")
	}
	return nil
}
