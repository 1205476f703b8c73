//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"fmt"
	"math"

	"linnet/player/ao/internal/asound"
	"linnet/player/media"
	"linnet/player/pcm"
)

// geometry is a negotiated configuration.
type geometry struct {
	format media.AudioFormat
	sample sampleFormat
	period int // frames
	buffer int // frames, two periods or more
}

// sampleFormat is a way to write a sample that the kernel knows.
type sampleFormat struct {
	number int // in the kernel's mask
	bytes  int
	bits   int
	encode func([]byte, []int32) []byte
}

// sampleFormats are tried in this order: the widest loses nothing, and costs
// no more arithmetic than the others.
var sampleFormats = []sampleFormat{
	{asound.FormatS32, 4, 32, pcm.AppendS32},
	{asound.FormatS24, 4, 24, pcm.AppendS24Low},
	{asound.FormatS24x3, 3, 24, pcm.AppendS24},
	{asound.FormatS16, 2, 16, pcm.AppendS16},
}

// wishes are periods and buffers in milliseconds. The first is the one to
// have: few interrupts, and enough sound to outlast a busy moment. The
// others are for drivers that answer the first with nonsense.
var wishes = []struct{ period, buffer int }{{20, 350}, {10, 200}, {50, 500}, {5, 50}}

// negotiate configures the device for a format near the wanted one and a kernel's
// way of access.
func negotiate(d asound.Device, want media.AudioFormat, access int) (geometry, error) {
	base, g, err := chooseFormat(d, want, access)
	if err != nil {
		return g, err
	}
	var failures []error
	for _, w := range wishes {
		p := base
		size(d, &p, g.format.Rate*w.period/1000, g.format.Rate*w.buffer/1000)
		got, err := commit(d, p, g)
		if err == nil {
			return got, nil
		}
		failures = append(failures, err)
	}
	return g, errors.Join(failures...)
}

// chooseFormat narrows what the hardware can do down to one kind of sample,
// number of channels and rate: stereo where possible, even for mono, as that
// is what drivers are tested with, and the nearest rate.
func chooseFormat(d asound.Device, want media.AudioFormat, access int) (asound.HWParams, geometry, error) {
	p := asound.Anything()
	var g geometry
	if !only(d, &p, asound.ParamAccess, access) {
		if access == asound.AccessMMapInterleaved {
			return p, g, errors.New("its buffer cannot be mapped")
		}
		return p, g, errors.New("it cannot be written frame by frame")
	}
	for _, f := range sampleFormats {
		if only(d, &p, asound.ParamFormat, f.number) {
			g.sample = f
			break
		}
	}
	if g.sample.bytes == 0 {
		return p, g, errors.New("it takes none of S32, S24 and S16")
	}
	near(d, &p, asound.ParamChannels, 2)
	near(d, &p, asound.ParamRate, want.Rate)
	channels, rate := p.Intervals[asound.ParamChannels], p.Intervals[asound.ParamRate]
	if !channels.Single() || !rate.Single() || rate.Min == 0 || channels.Min == 0 || channels.Min > maxChannels {
		return p, g, fmt.Errorf("it cannot decide for %d to %d channels at %d to %d Hz", channels.Min, channels.Max, rate.Min, rate.Max)
	}
	g.format = media.AudioFormat{Rate: int(rate.Min), Channels: int(channels.Min), Bits: g.sample.bits}
	return p, g, nil
}

// maxChannels is more than any card has.
const maxChannels = 64

// size chooses period and buffer, in frames. Most hardware wants a whole
// number of periods in its buffer, so the period is first.
func size(d asound.Device, p *asound.HWParams, period, buffer int) {
	narrow(d, p, asound.ParamPeriods, 3, math.MaxUint32)
	near(d, p, asound.ParamPeriodSize, period)
	if got := p.Intervals[asound.ParamPeriodSize].Lowest(); got > 0 {
		near(d, p, asound.ParamPeriods, (buffer+int(got)/2)/int(got))
	}
}

// commit sets a configuration, reads it back and checks it.
func commit(d asound.Device, p asound.HWParams, g geometry) (geometry, error) {
	p.Rmask = ^uint32(0)
	if err := d.SetHW(&p); err != nil {
		return g, fmt.Errorf("set the hardware's parameters: %w", err)
	}
	g, err := verify(&p, g)
	if err == nil {
		err = d.SetSW(software(g, g.period))
	}
	if err != nil {
		d.FreeHW()
		return g, err
	}
	return g, nil
}

// software is how a device is to run that wakes poll when room frames are free.
func software(g geometry, room int) *asound.SWParams {
	return &asound.SWParams{
		PeriodStep:     1,
		AvailMin:       uint(room),
		XferAlign:      1,
		StartThreshold: uint(g.buffer), // all of it: some drivers have played the first period before the second is there
		StopThreshold:  uint(g.buffer),
		// All of the buffer that was played: a device that is stopped
		// late, as most are by some of a period, plays no old sound.
		SilenceSize: ^uint(0),
	}
}

// verify takes period and buffer from what the driver says it has set, after
// checking that it makes sense and is what was asked for.
func verify(p *asound.HWParams, g geometry) (geometry, error) {
	rate, channels := p.Intervals[asound.ParamRate], p.Intervals[asound.ParamChannels]
	period, buffer := p.Intervals[asound.ParamPeriodSize], p.Intervals[asound.ParamBufferSize]
	g.period, g.buffer = int(period.Min), int(buffer.Min)
	switch {
	case !rate.Single() || int(rate.Min) != g.format.Rate:
		return g, fmt.Errorf("it runs at %d to %d Hz instead of %d", rate.Min, rate.Max, g.format.Rate)
	case !channels.Single() || int(channels.Min) != g.format.Channels:
		return g, fmt.Errorf("it has %d to %d channels instead of %d", channels.Min, channels.Max, g.format.Channels)
	case !p.Masks[asound.ParamFormat].Has(g.sample.number):
		return g, errors.New("it has changed the format of samples")
	case g.period < 1 || g.buffer < 1 || g.buffer > 60*g.format.Rate:
		return g, fmt.Errorf("its period of %d and buffer of %d frames make no sense", g.period, g.buffer)
	case g.buffer < 2*g.period:
		return g, fmt.Errorf("its buffer of %d frames is less than two periods of %d", g.buffer, g.period)
	}
	if p.Msbits > 0 && int(p.Msbits) < g.format.Bits {
		g.format.Bits = int(p.Msbits)
	}
	return g, nil
}

// only leaves the configurations in which a mask has one value, if any do.
func only(d asound.Device, p *asound.HWParams, param, value int) bool {
	q := *p
	q.Masks[param] = asound.Mask{}
	q.Masks[param][value/32] = 1 << (value % 32)
	q.Rmask = ^uint32(0)
	if d.Refine(&q) != nil || !q.Masks[param].Has(value) {
		return false
	}
	*p = q
	return true
}

// narrow leaves the configurations in which a parameter is within bounds, if
// any are.
func narrow(d asound.Device, p *asound.HWParams, param int, low, high uint32) bool {
	q := *p
	i := &q.Intervals[param]
	if low > i.Min {
		i.Min, i.Flags = low, i.Flags&^asound.OpenMin
	}
	if high < i.Max {
		i.Max, i.Flags = high, i.Flags&^asound.OpenMax
	}
	q.Rmask = ^uint32(0)
	if i.Min > i.Max || d.Refine(&q) != nil || q.Intervals[param].Flags&asound.Empty != 0 {
		return false
	}
	*p = q
	return true
}

// near leaves the configurations in which a parameter has one value, the
// possible one nearest to the target.
func near(d asound.Device, p *asound.HWParams, param, target int) {
	t := uint32(max(0, target))
	above, below := *p, *p
	up := narrow(d, &above, param, t, math.MaxUint32)
	down := narrow(d, &below, param, 0, t)
	high, low := above.Intervals[param].Lowest(), below.Intervals[param].Highest()
	switch {
	case up && (!down || high-t <= t-low):
		fix(d, p, param, high)
	case down:
		fix(d, p, param, low)
	}
}

// fix leaves the configurations in which a parameter has the value. The
// ends of an interval are not always possible themselves: rates and sizes
// come in steps that only the driver knows. So its neighbours are tried too.
func fix(d asound.Device, p *asound.HWParams, param int, v uint32) {
	if narrow(d, p, param, v, v) {
		return
	}
	if !narrow(d, p, param, v, v+1) && v > 0 {
		narrow(d, p, param, v-1, v)
	}
}
