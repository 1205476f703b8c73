//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab_test

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/internal/asound"
	"linnet/player/ao/internal/osspcm"
	"linnet/player/pcm"
)

// baseline plays a track as MPlayer does: one loop that decodes a chunk, waits
// until the device says that it has room for one, and writes it. It takes the
// driver at its word, hides xruns by a stop threshold out of reach, prepares
// the device again after an error and goes on with what it decodes next, and
// pauses by dropping what the device has.
type baseline struct {
	t     track
	pause []stall // when, and for how long
	dev   basic
	card  *lab.Card
}

// basic is what the loop knows of a device.
type basic interface {
	space() int // frames, in whole chunks
	write(p []byte, frames int) (int, error)
	pause(time.Duration)
	drain()
}

const chunk = 1152

var errGaveUp = errors.New("the baseline has given up")

func (b *baseline) play() error {
	buf := make([]int32, 0, 2*chunk)
	for pos := int64(0); pos < b.t.frames; {
		for len(b.t.stalls) > 0 && b.t.stalls[0].at <= pos {
			time.Sleep(b.t.stalls[0].d)
			b.t.stalls = b.t.stalls[1:]
		}
		n := min(chunk, b.t.frames-pos)
		buf = buf[:0]
		for i := range n {
			l, r := lab.Frame(b.t.first + pos + i)
			buf = append(buf, l, r)
		}
		pos += n
		if err := b.send(pcm.AppendS16(nil, buf)); err != nil {
			return err
		}
		if len(b.pause) > 0 && b.pause[0].at <= pos {
			b.card.Ear.Excuse(time.Now(), time.Now().Add(b.pause[0].d+50*ms))
			b.dev.pause(b.pause[0].d)
			b.pause = b.pause[1:]
		}
	}
	b.dev.drain()
	return nil
}

// send writes a chunk, and gives up on a device that takes nothing for long.
func (b *baseline) send(p []byte) error {
	for idle := 0; len(p) > 0; {
		n := min(len(p)/4, b.dev.space())
		if n > 0 {
			k, err := b.dev.write(p, n)
			if err != nil {
				return err
			}
			p = p[4*max(k, 0):]
			if k > 0 {
				idle = 0
				continue
			}
		}
		if idle++; idle > 500 {
			return errGaveUp
		}
		b.card.Nap(10 * time.Millisecond)
	}
	return nil
}

// baseALSA is the loop's ALSA.
type baseALSA struct {
	d      asound.Device
	buffer int
}

func newBaseALSA(d asound.Device, rate int) (*baseALSA, error) {
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
	b := &baseALSA{d, int(p.Intervals[asound.ParamBufferSize].Min)}
	d.SetSW(&asound.SWParams{AvailMin: 1, StartThreshold: uint(max(p.Intervals[asound.ParamPeriodSize].Min, 1)), StopThreshold: 1 << 30})
	return b, d.Prepare()
}

func (b *baseALSA) space() int {
	n, err := b.d.Delay()
	if err == unix.EPIPE || err == unix.ESTRPIPE {
		return b.buffer
	}
	return b.buffer - n
}

func (b *baseALSA) write(p []byte, frames int) (int, error) {
	for {
		n, err := b.d.Write(p, frames)
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, nil
		case unix.ESTRPIPE:
			for b.d.Resume() == unix.EAGAIN {
				time.Sleep(time.Second)
			}
			if _, err := b.d.Delay(); err != nil {
				b.d.Prepare()
			}
		case unix.ENODEV:
			return 0, err
		default:
			b.d.Prepare()
			return 0, nil
		}
	}
}

func (b *baseALSA) pause(d time.Duration) {
	b.d.Drop()
	time.Sleep(d)
	b.d.Prepare()
}

func (b *baseALSA) drain() {
	b.d.Drain()
	for range 500 {
		if n, err := b.d.Delay(); err != nil || n <= 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// baseOSS is the loop's OSS.
type baseOSS struct {
	d     osspcm.Device
	burst int // bytes, as told
}

func newBaseOSS(d osspcm.Device, rate int) (*baseOSS, error) {
	d.Set(osspcm.SetFmt, osspcm.FormatS16LE)
	d.Set(osspcm.SetChannels, 2)
	d.Set(osspcm.Speed, int32(rate))
	s, err := d.Space()
	return &baseOSS{d, int(s.Size)}, err
}

func (b *baseOSS) space() int {
	s, err := b.d.Space()
	if err != nil || b.burst == 0 {
		return 0
	}
	return int(s.Bytes) / b.burst * b.burst / 4
}

func (b *baseOSS) write(p []byte, frames int) (int, error) {
	n, err := b.d.Write(p[:4*frames])
	if err == unix.ENODEV {
		return 0, err
	}
	return n / 4, nil
}

func (b *baseOSS) pause(d time.Duration) {
	b.d.Set(osspcm.Reset, 0)
	time.Sleep(d)
}

func (b *baseOSS) drain() {
	for range 500 {
		s, err := b.d.Space()
		if err != nil || s.Fragments == s.Total {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
}
