//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab

import (
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/internal/osspcm"
)

// OSS opens the card as /dev/dsp is: it starts by itself with the first whole
// fragment, plays whole ones only, and when it has none stands still without a
// word.
func (c *Card) OSS() (osspcm.Device, error) {
	if err := c.open(); err != nil {
		return nil, err
	}
	c.whole = true
	return &ossFace{alsaFace: alsaFace{c, c.epoch}, shift: 12, count: 16}, nil
}

type ossFace struct {
	alsaFace
	shift, count int
	channels     int
	rate         int32
	fixed        bool // there are buffers
}

func (f *ossFace) Set(request uintptr, v int32) (int32, error) {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return 0, err
	}
	switch request {
	case osspcm.SetFragment:
		f.shift, f.count = int(v&0xFFFF), int(v>>16)
	case osspcm.SetFmt:
		return osspcm.FormatS16LE, nil
	case osspcm.SetChannels:
		f.channels = int(min(max(uint32(v), c.Channels[0]), c.Channels[1]))
		return int32(f.channels), nil
	case osspcm.Speed:
		f.rate = int32(nearest(c.Rates, uint32(v)))
		if !c.LazyBuffers {
			f.fix()
		}
		return f.rate, nil
	case osspcm.GetODelay:
		if c.NoDelay {
			return 0, unix.EINVAL
		}
		if !f.fixed {
			return 0, nil
		}
		return int32(c.told() * c.frame), nil
	case osspcm.Reset:
		if f.fixed {
			c.empty()
			c.state = prepared
		}
	case osspcm.Post:
	default:
		return 0, unix.EINVAL
	}
	return v, nil
}

// fix makes the buffers.
func (f *ossFace) fix() {
	c := f.c
	frame := 2 * f.channels
	period := int64(1) << f.shift / int64(frame)
	buffer := min(period*int64(f.count), int64(c.MaxBuffer)/period*period)
	if c.sets < c.OnePeriod {
		buffer = period
	}
	c.sets++
	c.configure(c.Formats[0], frame, int64(f.rate), period, max(buffer, period))
	c.state, f.fixed = prepared, true
}

func nearest(rates []uint32, want uint32) uint32 {
	best := rates[0]
	for _, r := range rates {
		if max(r, want)-min(r, want) < max(best, want)-min(best, want) {
			best = r
		}
	}
	return best
}

func (f *ossFace) Space() (osspcm.Space, error) {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return osspcm.Space{}, err
	}
	if !f.fixed {
		return osspcm.Space{}, nil
	}
	// The space is known to whole fragments.
	free := c.buffer - (c.appl - c.hw/c.period*c.period)
	if c.hw >= c.playable() {
		free = c.buffer - (c.appl - c.hw)
	}
	return osspcm.Space{
		Fragments: int32(free / c.period), Total: int32(c.buffer / c.period),
		Size: int32(c.period * int64(c.frame)), Bytes: int32(free * int64(c.frame)),
	}, nil
}

func (f *ossFace) Write(p []byte) (int, error) {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return 0, err
	}
	if err := c.refuses(); err != nil {
		return 0, err
	}
	if !f.fixed {
		f.fix()
	}
	n := c.put(p, len(p)/c.frame)
	if n == 0 {
		return 0, unix.EAGAIN
	}
	if c.state == prepared && c.playable() > c.hw {
		c.run(running)
	}
	return n * c.frame, nil
}

func (f *ossFace) Poll(d time.Duration) error {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return nil
	}
	f.c.wait(d, f.c.period)
	return nil
}
