//go:build cgo

package malgo

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/gen2brain/malgo"

	"linnet/player/ao/internal/pull"
	"linnet/player/media"
)

// The library's buffer is large enough for a busy desktop, and small enough
// for the volume to follow the hand.
const (
	periodMillis = 25 // that Write waits
	pulseMillis  = 150
	otherMillis  = 50
	otherPeriods = 4
)

// patience is how long a device may take to close.
const patience = 3 * time.Second

// A backend is one of miniaudio's, and what it makes of a period.
type backend struct {
	id      malgo.Backend
	period  int // milliseconds
	periods int // how many make the buffer
	keeps   int // how many of them the library keeps filled
}

// backends are those of miniaudio, in its order, but the silent one, and
// JACK, whose library writes to the terminal and whose users have PipeWire.
// Of a PulseAudio stream miniaudio fills one period, of a device all.
var backends = []backend{
	{malgo.BackendWasapi, otherMillis, otherPeriods, otherPeriods},
	{malgo.BackendDsound, otherMillis, otherPeriods, otherPeriods},
	{malgo.BackendWinmm, otherMillis, otherPeriods, otherPeriods},
	{malgo.BackendCoreaudio, otherMillis, otherPeriods, otherPeriods},
	{malgo.BackendSndio, otherMillis, otherPeriods, otherPeriods},
	{malgo.BackendAudio4, otherMillis, otherPeriods, otherPeriods},
	{malgo.BackendPulseaudio, pulseMillis, 2, 1},
	{malgo.BackendAlsa, otherMillis, otherPeriods, otherPeriods},
	{malgo.BackendOss, otherMillis, otherPeriods, otherPeriods},
}

// Sink is an open device. It meets the contract of the player's AudioSink.
type Sink struct {
	feed    *pull.Feed
	ctx     *malgo.AllocatedContext
	config  malgo.DeviceConfig
	pin     runtime.Pinner // what config points to
	device  *malgo.Device  // nil between Drop and the next start
	running bool
	stopped atomic.Bool // the library says that the device stopped
	probed  time.Time   // when the server was last asked whether it is there
	hung    bool        // the library still holds a device that it cannot close
	err     error       // why the sink is no more
}

var (
	errClosed = errors.New("malgo: the sink is closed")
	errGone   = errors.New("malgo: the sound device is gone; is the sound server still running?")
)

// Open opens the playback device whose name is or contains the given one,
// or the system's default for "". The format returned is the wanted one,
// with at most two channels and 16 or 32 bits; what differs in the device is
// converted by the sound server.
func Open(name string, want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	if want.Rate < 1 || want.Channels < 1 {
		return nil, want, fmt.Errorf("malgo: cannot play %v", want)
	}
	got := media.AudioFormat{Rate: min(max(want.Rate, minRate), maxRate), Channels: min(want.Channels, 2), Bits: 16}
	if want.Bits > 16 {
		got.Bits = 32
	}
	var failures []error
	for _, b := range backends {
		s, err := openBackend(b, name, got)
		if err == nil {
			got.Rate, got.Channels = int(s.device.SampleRate()), int(s.device.PlaybackChannels())
			s.feed = pull.New(got, millis(got, periodMillis), millis(got, b.keeps*b.period))
			return s, got, nil
		}
		if err != errAbsent {
			failures = append(failures, err)
		}
	}
	if failures == nil {
		return nil, got, errors.New("malgo: no sound system is running here; start PulseAudio or PipeWire, or connect a sound device")
	}
	return nil, got, errors.Join(failures...)
}

func millis(f media.AudioFormat, n int) int { return max(1, f.Rate*n/1000) }

// errAbsent is a sound system that this machine does not have.
var errAbsent = errors.New("absent")

func openBackend(b backend, name string, f media.AudioFormat) (*Sink, error) {
	if b.id == malgo.BackendAlsa {
		if _, err := os.Stat("/dev/snd"); err != nil { // ALSA's library says so on the terminal
			return nil, errAbsent
		}
	}
	ctx, err := malgo.InitContext([]malgo.Backend{b.id}, malgo.ContextConfig{}, nil)
	if err != nil {
		return nil, errAbsent
	}
	s := &Sink{ctx: ctx}
	if err = s.configure(b, name, f); err == nil {
		err = s.open()
	}
	if err != nil {
		s.free()
		return nil, err
	}
	return s, nil
}

// The rates that miniaudio knows.
const (
	minRate = 8000
	maxRate = 384000
)

func (s *Sink) configure(b backend, name string, f media.AudioFormat) error {
	s.config = malgo.DefaultDeviceConfig(malgo.Playback)
	s.config.SampleRate = uint32(f.Rate)
	s.config.PeriodSizeInMilliseconds = uint32(b.period)
	s.config.Periods = uint32(b.periods)
	s.config.NoClip = 1 // integers do not
	s.config.NoPreSilencedOutputBuffer = 1
	s.config.NoFixedSizedCallback = 1
	s.config.Playback.Channels = uint32(f.Channels)
	s.config.Playback.Format = malgo.FormatS16
	if f.Bits > 16 {
		s.config.Playback.Format = malgo.FormatS32
	}
	s.config.Pulse.StreamNamePlayback = "Linnet"
	return s.choose(name)
}

// choose looks the device up by its name.
func (s *Sink) choose(name string) error {
	if name == "" {
		return nil
	}
	devices, err := s.ctx.Devices(malgo.Playback)
	if err != nil {
		return fmt.Errorf("malgo: list devices: %w", err)
	}
	var names []string
	best := -1
	for i := range devices {
		n := devices[i].Name()
		names = append(names, fmt.Sprintf("%q", n))
		if n == name || best < 0 && strings.Contains(strings.ToLower(n), strings.ToLower(name)) {
			best = i
		}
	}
	if best < 0 {
		return fmt.Errorf("malgo: no device is called %q; there are %s", name, strings.Join(names, ", "))
	}
	id := devices[best].ID
	s.pin.Pin(&id)
	s.config.Playback.DeviceID = unsafe.Pointer(&id)
	return nil
}

// open makes the device, which does not play yet.
func (s *Sink) open() error {
	d, err := malgo.InitDevice(s.ctx.Context, s.config, malgo.DeviceCallbacks{
		Data: func(out, _ []byte, _ uint32) { s.feed.Pull(out) },
		Stop: func() { s.stopped.Store(true) },
	})
	if err != nil {
		return fmt.Errorf("malgo: no sound device opens (is one connected, and not in use?): %w", err)
	}
	s.device = d
	return nil
}

// start lets the device play what is queued.
func (s *Sink) start() error {
	if s.running {
		return nil
	}
	if s.device == nil {
		if err := s.open(); err != nil {
			return err
		}
	}
	s.stopped.Store(false)
	s.feed.Start(0)
	if err := s.device.Start(); err != nil {
		return fmt.Errorf("malgo: start the device: %w", err)
	}
	s.running = true
	return nil
}

// halt closes a device that plays, which is the one way to make it forget
// what it has.
func (s *Sink) halt() {
	if s.running {
		s.discard()
		s.running = false
	}
	s.feed.Stop()
}

// discard closes the device. Stop comes first, as it wakes the library's
// thread, which may be waiting for a server that is no more. With a server
// that hangs even that may never end: then the device is left behind.
func (s *Sink) discard() {
	device := s.device
	s.device = nil
	done := make(chan struct{})
	go func() {
		device.Stop()
		device.Uninit()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(patience):
		s.err = errGone
		s.hung = true
	}
}

// alive says whether the device can still play. A library that calls for
// nothing may be suspended, or its server may have died without a word; only
// another question to the server tells which.
func (s *Sink) alive() error {
	if s.err != nil || !s.running {
		return s.err
	}
	if s.stopped.Load() && !s.device.IsStarted() {
		s.err = errGone
	} else if s.feed.Stalled() > time.Second && time.Since(s.probed) > time.Second {
		s.probed = time.Now()
		if devices, err := s.ctx.Devices(malgo.Playback); err != nil || len(devices) == 0 {
			s.err = errGone
		}
	}
	return s.err
}

// Write queues frames, and starts the device when there are enough.
func (s *Sink) Write(frames []int32) (int, error) {
	if err := s.alive(); err != nil {
		return 0, err
	}
	n, err := s.feed.Write(frames)
	if !s.running && s.feed.Ready() {
		if err := s.start(); err != nil {
			return n, err
		}
	}
	return n, err
}

// Delay counts what is queued here and what the library keeps.
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

// Drop closes the device until there is sound again.
func (s *Sink) Drop() error {
	if s.err != nil {
		return s.err
	}
	s.halt()
	return s.err
}

// Drain plays what is queued.
func (s *Sink) Drain() error {
	if err := s.alive(); err != nil {
		return err
	}
	if s.feed.Queued() > 0 {
		if err := s.start(); err != nil {
			return err
		}
	}
	if s.running {
		if err := s.feed.Finish(s.alive); err != nil {
			return fmt.Errorf("malgo: drain: %w", err)
		}
		// The device may be a little behind what it was asked for.
		time.Sleep(100 * time.Millisecond)
	}
	s.halt()
	return s.err
}

// Close drops what is queued and closes the device.
func (s *Sink) Close() error {
	if s.err == errClosed {
		return nil
	}
	s.halt()
	s.free()
	s.err = errClosed
	return nil
}

func (s *Sink) free() {
	if s.device != nil {
		s.discard()
	}
	if s.hung {
		return
	}
	s.pin.Unpin()
	s.ctx.Uninit()
	s.ctx.Free()
}
