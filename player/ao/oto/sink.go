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
	// deviceBuffer is the driver's, playerBuffer oto's own in front of it.
	deviceBuffer = 100 * time.Millisecond
	// It reads as much again as it has room for, so it can hold twice that.
	playerBuffer = 60 * time.Millisecond
	period       = 25 * time.Millisecond
	// patience is how long the driver may take to get ready.
	patience = 5 * time.Second
)

// shared is the process's one context.
var shared struct {
	sync.Mutex
	ctx    *oto.Context
	format media.AudioFormat
	err    error // why there will never be one
}

// Sink is a player of the context. It meets the contract of the player's
// AudioSink.
type Sink struct {
	ctx    *oto.Context
	format media.AudioFormat
	feed   *pull.Feed
	player *oto.Player // nil until there is enough to start, and after Drop
	closed bool
}

var errClosed = errors.New("oto: the sink is closed")

// Open opens the system's default device. The format returned is the wanted
// one with at most two channels and 16 bits, or that of the first Open of the
// process.
func Open(want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	if want.Rate < 1 || want.Channels < 1 {
		return nil, want, fmt.Errorf("oto: cannot play %v", want)
	}
	ctx, format, err := context(media.AudioFormat{Rate: want.Rate, Channels: min(want.Channels, 2), Bits: 16})
	if err != nil {
		return nil, want, fmt.Errorf("oto: no sound device opens: %w", err)
	}
	queued := int(format.Frames(deviceBuffer + 2*playerBuffer))
	s := &Sink{ctx: ctx, format: format, feed: pull.New(format, max(1, int(format.Frames(period))), queued)}
	return s, format, nil
}

// context makes the process's context, or returns the one that is there.
func context(format media.AudioFormat) (*oto.Context, media.AudioFormat, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.err == nil && shared.ctx != nil {
		shared.err = shared.ctx.Err()
	}
	if shared.err != nil || shared.ctx != nil {
		return shared.ctx, shared.format, shared.err
	}
	ctx, ready, err := oto.NewContext(&oto.NewContextOptions{
		SampleRate: format.Rate, ChannelCount: format.Channels,
		Format: oto.FormatSignedInt16LE, BufferSize: deviceBuffer,
	})
	if err == nil {
		err = wait(ctx, ready)
	}
	shared.ctx, shared.format, shared.err = ctx, format, err
	return ctx, format, err
}

func wait(ctx *oto.Context, ready <-chan struct{}) error {
	select {
	case <-ready:
		return ctx.Err()
	case <-time.After(patience):
		return fmt.Errorf("the driver is not ready after %v", patience)
	}
}

// reader is the Feed as oto reads it: never at an end, never waiting.
type reader struct{ *pull.Feed }

func (r reader) Read(p []byte) (int, error) {
	r.Pull(p)
	return len(p), nil
}

func (s *Sink) alive() error {
	if s.closed {
		return errClosed
	}
	if err := s.ctx.Err(); err != nil {
		return fmt.Errorf("oto: the sound device failed: %w", err)
	}
	return nil
}

func (s *Sink) start() {
	if s.player != nil {
		return
	}
	s.feed.Start()
	s.player = s.ctx.NewPlayer(reader{s.feed})
	s.player.SetBufferSize(int(s.format.Frames(playerBuffer)) * s.format.Channels * 2)
	s.player.Play()
}

// Write queues frames, and starts the device when there are enough.
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

// Delay counts what is queued here, in oto and in the driver.
func (s *Sink) Delay() (time.Duration, error) {
	return s.feed.Delay(), s.alive()
}

// Drop silences the device; what the driver itself has, a tenth of a second
// at most, oto can't take back.
func (s *Sink) Drop() error {
	if err := s.alive(); err != nil {
		return err
	}
	s.halt()
	return nil
}

func (s *Sink) halt() {
	if s.player != nil {
		s.player.Pause()
		s.player = nil
	}
	s.feed.Stop()
}

// Drain returns when all was heard.
func (s *Sink) Drain() error {
	if err := s.alive(); err != nil {
		return err
	}
	if s.player == nil && s.feed.Queued() == 0 {
		return nil
	}
	s.start()
	if err := s.feed.Finish(s.alive); err != nil {
		return fmt.Errorf("oto: drain: %w", err)
	}
	s.halt()
	return nil
}

// Close silences the device. The process's context stays.
func (s *Sink) Close() error {
	if !s.closed {
		s.halt()
		s.closed = true
	}
	return nil
}
