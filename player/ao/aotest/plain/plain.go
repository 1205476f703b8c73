//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

// Package plain plays as players did whose sound broke: in one loop that
// decodes a chunk, waits until the device says that it has room, and writes it.
// It is what Linnet's output is compared with.
//
// It takes the driver at its word, hides xruns by a stop threshold out of
// reach, prepares the device again after an error and goes on with what it
// decodes next, and pauses by dropping what the device has. Its ALSA is set up
// as MPlayer's ao_alsa does it.
package plain

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/alsa"
	"linnet/player/ao/internal/asound"
)

// Chunk is how many frames are decoded at once.
const Chunk = 1152

// Device is what the loop knows of a sound device, which takes interleaved
// 16-bit stereo.
type Device interface {
	Space() int // frames, in whole chunks of the device's
	Write(p []byte, frames int) (int, error)
	Pause(time.Duration)
	Drain()
}

// ErrGaveUp is returned for a device that takes nothing for long.
var ErrGaveUp = errors.New("plain: the device takes nothing")

// Send writes a chunk. It calls nap where there is no room.
func Send(d Device, p []byte, nap func(time.Duration)) error {
	const patient = 500
	for idle := 0; len(p) > 0; {
		n := min(len(p)/4, d.Space())
		if n > 0 {
			k, err := d.Write(p, n)
			if err != nil {
				return err
			}
			p = p[4*max(k, 0):]
			if k > 0 {
				idle = 0
				continue
			}
		}
		if idle++; idle > patient {
			return ErrGaveUp
		}
		nap(10 * time.Millisecond)
	}
	return nil
}

// ALSA is a Device of the kernel's.
type ALSA struct {
	d      asound.Device
	buffer int
}

// Open opens the first device that there is.
func Open(rate int) (*ALSA, error) {
	d, err := alsa.OpenDevice("")
	if err != nil {
		return nil, err
	}
	return New(d, rate)
}

// New sets a device up: 16 periods of 1024 frames, playing from the first of
// them on, silence where there is nothing to play.
func New(d asound.Device, rate int) (*ALSA, error) {
	p := asound.Anything()
	p.Masks[asound.ParamAccess] = asound.Mask{1 << asound.AccessRWInterleaved}
	p.Masks[asound.ParamFormat] = asound.Mask{1 << asound.FormatS16}
	set := func(param, value int) {
		q := p
		q.Intervals[param].Min, q.Intervals[param].Max = uint32(value), uint32(value)
		if d.Refine(&q) == nil {
			p = q
		}
	}
	set(asound.ParamChannels, 2)
	set(asound.ParamRate, rate)
	set(asound.ParamPeriods, 16)
	set(asound.ParamPeriodSize, 1024)
	if err := d.SetHW(&p); err != nil {
		return nil, err
	}
	a := &ALSA{d, int(p.Intervals[asound.ParamBufferSize].Min)}
	// Thresholds that are never reached, and all that was played becomes silence.
	const never = ^uint(0) >> 1
	sw := asound.SWParams{PeriodStep: 1, AvailMin: 1, StartThreshold: uint(max(p.Intervals[asound.ParamPeriodSize].Min, 1)), StopThreshold: never, SilenceSize: ^uint(0)}
	if err := d.SetSW(&sw); err != nil {
		return nil, err
	}
	return a, d.Prepare()
}

// Space is of Device.
func (a *ALSA) Space() int {
	n, err := a.d.Delay()
	if err == unix.EPIPE || err == unix.ESTRPIPE {
		return a.buffer
	}
	return a.buffer - n
}

// Write is of Device.
func (a *ALSA) Write(p []byte, frames int) (int, error) {
	for {
		n, err := a.d.Write(p, frames)
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, nil
		case unix.ESTRPIPE:
			for a.d.Resume() == unix.EAGAIN {
				time.Sleep(time.Second)
			}
			if _, err := a.d.Delay(); err != nil {
				a.d.Prepare()
			}
		case unix.ENODEV:
			return 0, err
		default:
			a.d.Prepare()
			return 0, nil
		}
	}
}

// Pause is of Device.
func (a *ALSA) Pause(d time.Duration) {
	a.d.Drop()
	time.Sleep(d)
	a.d.Prepare()
}

// Drain is of Device. It waits 5 s at most.
func (a *ALSA) Drain() {
	a.d.Drain()
	for range 500 {
		if n, err := a.d.Delay(); err != nil || n <= 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
}
