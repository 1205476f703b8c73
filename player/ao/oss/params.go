//go:build linux

package oss

import (
	"errors"
	"fmt"

	"linnet/player/ao/internal/osspcm"
	"linnet/player/media"
)

// Wishes for the buffer: fragments of about 23 ms at 44.1 kHz and sixteen of
// them, few interrupts and enough sound to outlast a busy moment.
const (
	fragmentMillis = 23
	fragments      = 16
)

// geometry is a negotiated configuration.
type geometry struct {
	format   media.AudioFormat
	frame    int // bytes
	fragment int // bytes, whole frames
	buffer   int // bytes, two fragments or more
	told     bool
}

// negotiate configures the device, fragments first, and reads everything back.
// A driver that comes up with a buffer of one fragment is asked for smaller
// ones: such a buffer runs dry whenever it is to be filled.
func negotiate(d osspcm.Device, want media.AudioFormat) (g geometry, err error) {
	for shift := fragmentShift(want.Rate); shift > 3; shift-- {
		if g, err = ask(d, want, shift); !errors.Is(err, errOneFragment) {
			break
		}
		d.Set(osspcm.Reset, 0)
	}
	return g, err
}

var errOneFragment = errors.New("its buffer is one fragment")

func ask(d osspcm.Device, want media.AudioFormat, shift int) (geometry, error) {
	g := geometry{fragment: 1 << shift, buffer: fragments << shift}
	// A driver that refuses may still play, with what it has.
	d.Set(osspcm.SetFragment, int32(fragments<<16|shift))
	if f, err := d.Set(osspcm.SetFmt, osspcm.FormatS16LE); err != nil || f != osspcm.FormatS16LE {
		return g, fmt.Errorf("it does not take S16 (%#x, %v)", f, err)
	}
	channels, err := d.Set(osspcm.SetChannels, 2)
	if err != nil || channels < 1 || channels > 8 {
		return g, fmt.Errorf("it has %d channels (%v)", channels, err)
	}
	rate, err := d.Set(osspcm.Speed, int32(want.Rate))
	if err != nil || rate < 1 {
		return g, fmt.Errorf("it runs at %d Hz (%v)", rate, err)
	}
	g.format = media.AudioFormat{Rate: int(rate), Channels: int(channels), Bits: 16}
	g.frame = 2 * int(channels)
	return g, g.measure(d)
}

// fragmentShift is the power of two of bytes that is nearest to the wish, for
// stereo.
func fragmentShift(rate int) int {
	shift := 5
	for bytes := rate * 4 * fragmentMillis / 1000; 1<<shift < bytes*3/4 && shift < 14; shift++ {
	}
	return shift
}

// measure takes the buffer from what the driver says, if that is sense: some
// know nothing of it before the first write.
func (g *geometry) measure(d osspcm.Device) error {
	s, err := d.Space()
	if err != nil || s.Size < 1 || s.Total < 1 {
		return nil
	}
	size, total := int(s.Size), int(s.Size)*int(s.Total)
	switch {
	case size%g.frame != 0 || total > 60*g.frame*g.format.Rate:
		return fmt.Errorf("its %d fragments of %d bytes make no sense", s.Total, s.Size)
	case s.Total < 2:
		return errOneFragment
	}
	g.fragment, g.buffer, g.told = size, total, true
	return nil
}
