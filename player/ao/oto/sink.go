//go:build oto

package oto

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ebitengine/oto/v3"

	"linnet/player/ao/internal/pull"
	"linnet/player/media"
)

const (
	periodMillis = 25  // that Write waits
	playerMillis = 50  // that the library wants to have ready; it reads as much again ahead
	deviceMillis = 100 // that the device keeps
)

// shared is the one context that a process can have.
var shared struct {
	sync.Mutex
	ctx    *oto.Context
	err    error // why there is none
	format media.AudioFormat
	busy   bool
}

// Sink is the open device. It meets the contract of the player's AudioSink.
type Sink struct {
	ctx    *oto.Context
	format media.AudioFormat
	feed   *pull.Feed
	player *oto.Player // nil while nothing plays
	closed bool
}

var errClosed = errors.New("oto: the sink is closed")

// Open opens the system's default device. The format returned is that of the
// first Open of the process: 16 bits, and the wanted rate and up to two
// channels.
func Open(want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	if want.Rate < 1 || want.Channels < 1 {
		return nil, want, fmt.Errorf("oto: cannot play %v", want)
	}
	shared.Lock()
	defer shared.Unlock()
	if shared.busy {
		return nil, want, errors.New("oto: the device is in use by this program already")
	}
	if shared.ctx == nil && shared.err == nil {
		shared.format = media.AudioFormat{Rate: want.Rate, Channels: min(want.Channels, 2), Bits: 16}
		shared.ctx, shared.err = newContext(shared.format)
	}
	if shared.err != nil {
		return nil, want, fmt.Errorf("oto: no sound device opens: %w", shared.err)
	}
	shared.busy = true
	f := shared.format
	s := &Sink{ctx: shared.ctx, format: f}
	s.feed = pull.New(f, s.frames(periodMillis), s.frames(2*playerMillis+deviceMillis))
	return s, f, nil
}

func newContext(f media.AudioFormat) (*oto.Context, error) {
	ctx, ready, err := oto.NewContext(&oto.NewContextOptions{
		SampleRate: f.Rate, ChannelCount: f.Channels, Format: oto.FormatSignedInt16LE,
		BufferSize: deviceMillis * time.Millisecond,
	})
	if err != nil {
		return nil, err
	}
	<-ready
	return ctx, ctx.Err()
}

func (s *Sink) frames(millis int) int { return max(1, s.format.Rate*millis/1000) }

// reader gives the library what comes next.
type reader struct{ feed *pull.Feed }

func (r reader) Read(p []byte) (int, error) {
	r.feed.Pull(p)
	return len(p), nil
}

// start lets the library play what is queued, with a player of its own, as
// an old one would begin with what it has left.
func (s *Sink) start() {
	if s.player != nil {
		return
	}
	s.feed.Start(s.frames(deviceMillis))
	s.player = s.ctx.NewPlayer(reader{s.feed})
	s.player.SetBufferSize(2 * s.format.Channels * s.frames(playerMillis))
	s.player.Play()
}

func (s *Sink) halt() {
	s.feed.Stop()
	if s.player != nil {
		s.player.Close()
		s.player = nil
	}
}

// alive says whether the device can still play.
func (s *Sink) alive() error {
	if s.closed {
		return errClosed
	}
	if err := s.ctx.Err(); err != nil {
		return fmt.Errorf("oto: the sound device is gone: %w", err)
	}
	return nil
}

// Write queues frames, and starts to play when there are enough.
func (s *Sink) Write(frames []int32) (int, error) {
	if err := s.alive(); err != nil {
		return 0, err
	}
	n, err := s.feed.Write(frames)
	if s.feed.Ready() {
		s.start()
	}
	return n, err
}

// Delay counts what is queued here, in the library and in the device.
func (s *Sink) Delay() (time.Duration, error) {
	if err := s.alive(); err != nil {
		return 0, err
	}
	return s.feed.Delay(), nil
}

// Rewind takes back what the library has not got yet.
func (s *Sink) Rewind() (int, error) {
	if err := s.alive(); err != nil {
		return 0, err
	}
	return s.feed.Rewind(), nil
}

// Drop discards what is queued here and in the library.
func (s *Sink) Drop() error {
	if err := s.alive(); err != nil {
		return err
	}
	s.halt()
	return nil
}

// Drain plays what is queued.
func (s *Sink) Drain() error {
	if err := s.alive(); err != nil {
		return err
	}
	if s.feed.Queued() > 0 {
		s.start()
	}
	if s.player != nil {
		if err := s.feed.Finish(s.alive); err != nil {
			return fmt.Errorf("oto: drain: %w", err)
		}
		// The device may be a little behind what it asked for.
		time.Sleep(2 * periodMillis * time.Millisecond)
	}
	s.halt()
	return nil
}

// Close drops what is queued. The device stays open for the next sink.
func (s *Sink) Close() error {
	if s.closed {
		return nil
	}
	s.halt()
	s.closed = true
	shared.Lock()
	defer shared.Unlock()
	shared.busy = false
	return nil
}
