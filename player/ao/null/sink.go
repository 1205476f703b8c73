package null

import (
	"errors"
	"fmt"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

// The device's period, and its buffer.
const (
	periodTime = 20 * time.Millisecond
	bufferTime = 200 * time.Millisecond
)

// Options describe the device. The zero Options are one in real time.
type Options struct {
	// Fast makes the device take everything at once and wait for nothing.
	Fast bool

	// Heard is called with the frames that were heard since the last
	// call, and the time when the first of them was. It runs inside the
	// sink's methods, in order, and must not keep frames. A Fast device
	// tells the times at which a real one would have played.
	Heard func(at time.Time, frames []int32)
}

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
}

// Open opens a device for the wanted format, which is the one that it takes.
func Open(f media.AudioFormat, opt Options) (*Sink, media.AudioFormat, error) {
	if f.Rate < 1 || f.Channels < 1 {
		return nil, f, fmt.Errorf("null: cannot play %v", f)
	}
	period := max(1, int(f.Frames(periodTime)))
	buffer := max(2*period, int(f.Frames(bufferTime)))
	return &Sink{
		opt: opt, format: f, period: period, buffer: buffer,
		queue:  pcm.NewRing(buffer, 0, f.Channels),
		piece:  make([]int32, period*f.Channels),
		origin: time.Now(),
	}, f, nil
}

// Write queues frames, and waits for up to one period when there is room
// for less than that.
func (s *Sink) Write(frames []int32) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	most := len(frames) / s.format.Channels
	s.advance()
	var xrun error
	if s.dry {
		s.dry, xrun = false, media.ErrXrun
	}
	if s.opt.Fast {
		s.hear(frames[:most*s.format.Channels])
		return most, xrun
	}
	if most > 0 {
		s.waitForRoom(most)
	}
	n := min(most, s.queue.Free())
	s.queue.Write(frames[:n*s.format.Channels], nil)
	if s.queue.Free() < s.period {
		s.start()
	}
	return n, xrun
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
	time.Sleep(time.Until(t))
}

// timeOf is when frame n of this run is heard.
func (s *Sink) timeOf(n int64) time.Time { return s.origin.Add(s.format.Duration(n)) }

func (s *Sink) start() {
	if !s.running {
		s.running, s.played, s.origin = true, 0, time.Now()
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
	due := s.format.Frames(time.Since(s.origin)) - s.played
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

// Delay is the length of the queue to the fraction of a frame.
func (s *Sink) Delay() (time.Duration, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.advance()
	queued := int64(s.queue.Buffered())
	d := s.format.Duration(queued)
	if s.running {
		d = time.Until(s.timeOf(s.played + queued))
	}
	return max(0, d), nil
}

// Rewind takes back all that is queued but for a period, which is no more than
// what is needed until the next Write.
func (s *Sink) Rewind() (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.advance()
	keep := 0
	if s.running {
		keep = s.period
	}
	return s.queue.Unwrite(max(s.queue.Buffered()-keep, 0)), nil
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
