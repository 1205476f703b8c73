//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"fmt"
	"math"

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
	{formatS32, 4, 32, pcm.AppendS32},
	{formatS24, 4, 24, pcm.AppendS24Low},
	{formatS24x3, 3, 24, pcm.AppendS24},
	{formatS16, 2, 16, pcm.AppendS16},
}

// wishes are periods and buffers in milliseconds. The first is the one to
// have: few interrupts, and enough sound to outlast a busy moment. The
// others are for drivers that answer the first with nonsense.
var wishes = []struct{ period, buffer int }{{20, 350}, {10, 200}, {50, 500}, {5, 50}}

// negotiate configures the device for a format near the wanted one.
func negotiate(d device, want media.AudioFormat) (geometry, error) {
	base, g, err := chooseFormat(d, want)
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
func chooseFormat(d device, want media.AudioFormat) (hwParams, geometry, error) {
	p := anything()
	var g geometry
	if !only(d, &p, paramAccess, accessRWInterleaved) {
		return p, g, errors.New("it cannot be written frame by frame")
	}
	for _, f := range sampleFormats {
		if only(d, &p, paramFormat, f.number) {
			g.sample = f
			break
		}
	}
	if g.sample.bytes == 0 {
		return p, g, errors.New("it takes none of S32, S24 and S16")
	}
	near(d, &p, paramChannels, 2)
	near(d, &p, paramRate, want.Rate)
	channels, rate := p.intervals[paramChannels], p.intervals[paramRate]
	if !channels.single() || !rate.single() || rate.min == 0 || channels.min == 0 || channels.min > maxChannels {
		return p, g, fmt.Errorf("it cannot decide for %d to %d channels at %d to %d Hz", channels.min, channels.max, rate.min, rate.max)
	}
	g.format = media.AudioFormat{Rate: int(rate.min), Channels: int(channels.min), Bits: g.sample.bits}
	return p, g, nil
}

// maxChannels is more than any card has.
const maxChannels = 64

// size chooses period and buffer, in frames. Most hardware wants a whole
// number of periods in its buffer, so the period is first.
func size(d device, p *hwParams, period, buffer int) {
	narrow(d, p, paramPeriods, 3, math.MaxUint32)
	near(d, p, paramPeriodSize, period)
	if got := p.intervals[paramPeriodSize].lowest(); got > 0 {
		near(d, p, paramPeriods, (buffer+int(got)/2)/int(got))
	}
}

// commit sets a configuration, reads it back and checks it.
func commit(d device, p hwParams, g geometry) (geometry, error) {
	p.rmask = ^uint32(0)
	if err := d.setHW(&p); err != nil {
		return g, fmt.Errorf("set the hardware's parameters: %w", err)
	}
	g, err := verify(&p, g)
	if err == nil {
		err = d.setSW(&swParams{
			periodStep:     1,
			availMin:       uint(g.period),
			xferAlign:      1,
			startThreshold: uint(g.buffer), // all of it: some drivers have played the first period before the second is there
			stopThreshold:  uint(g.buffer),
			// All of the buffer that was played: a device that is stopped
			// late, as most are by some of a period, plays no old sound.
			silenceSize: ^uint(0),
		})
	}
	if err != nil {
		d.freeHW()
		return g, err
	}
	return g, nil
}

// verify takes period and buffer from what the driver says it has set, after
// checking that it makes sense and is what was asked for.
func verify(p *hwParams, g geometry) (geometry, error) {
	rate, channels := p.intervals[paramRate], p.intervals[paramChannels]
	period, buffer := p.intervals[paramPeriodSize], p.intervals[paramBufferSize]
	g.period, g.buffer = int(period.min), int(buffer.min)
	switch {
	case !rate.single() || int(rate.min) != g.format.Rate:
		return g, fmt.Errorf("it runs at %d to %d Hz instead of %d", rate.min, rate.max, g.format.Rate)
	case !channels.single() || int(channels.min) != g.format.Channels:
		return g, fmt.Errorf("it has %d to %d channels instead of %d", channels.min, channels.max, g.format.Channels)
	case !p.masks[paramFormat].has(g.sample.number):
		return g, errors.New("it has changed the format of samples")
	case g.period < 1 || g.buffer < 1 || g.buffer > 60*g.format.Rate:
		return g, fmt.Errorf("its period of %d and buffer of %d frames make no sense", g.period, g.buffer)
	case g.buffer < 2*g.period:
		return g, fmt.Errorf("its buffer of %d frames is less than two periods of %d", g.buffer, g.period)
	}
	if p.msbits > 0 && int(p.msbits) < g.format.Bits {
		g.format.Bits = int(p.msbits)
	}
	return g, nil
}

// anything is the set of all configurations.
func anything() hwParams {
	p := hwParams{rmask: ^uint32(0)}
	for i := range p.masks {
		for j := range p.masks[i] {
			p.masks[i][j] = ^uint32(0)
		}
	}
	for i := range p.intervals {
		p.intervals[i].max = ^uint32(0)
	}
	return p
}

// only leaves the configurations in which a mask has one value, if any do.
func only(d device, p *hwParams, param, value int) bool {
	q := *p
	q.masks[param] = mask{}
	q.masks[param][value/32] = 1 << (value % 32)
	q.rmask = ^uint32(0)
	if d.refine(&q) != nil || !q.masks[param].has(value) {
		return false
	}
	*p = q
	return true
}

func (m *mask) has(value int) bool { return m[value/32]>>(value%32)&1 == 1 }

// narrow leaves the configurations in which a parameter is within bounds, if
// any are.
func narrow(d device, p *hwParams, param int, low, high uint32) bool {
	q := *p
	i := &q.intervals[param]
	if low > i.min {
		i.min, i.flags = low, i.flags&^openMin
	}
	if high < i.max {
		i.max, i.flags = high, i.flags&^openMax
	}
	q.rmask = ^uint32(0)
	if i.min > i.max || d.refine(&q) != nil || q.intervals[param].flags&empty != 0 {
		return false
	}
	*p = q
	return true
}

// near leaves the configurations in which a parameter has one value, the
// possible one nearest to the target.
func near(d device, p *hwParams, param, target int) {
	t := uint32(max(0, target))
	above, below := *p, *p
	up := narrow(d, &above, param, t, math.MaxUint32)
	down := narrow(d, &below, param, 0, t)
	high, low := above.intervals[param].lowest(), below.intervals[param].highest()
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
func fix(d device, p *hwParams, param int, v uint32) {
	if narrow(d, p, param, v, v) {
		return
	}
	if !narrow(d, p, param, v, v+1) && v > 0 {
		narrow(d, p, param, v-1, v)
	}
}

// lowest and highest are the ends of an interval that belong to it.
func (i interval) lowest() uint32 {
	if i.flags&openMin != 0 {
		return i.min + 1
	}
	return i.min
}

func (i interval) highest() uint32 {
	if i.flags&openMax != 0 {
		return i.max - 1
	}
	return i.max
}

// single reports whether one value is left.
func (i interval) single() bool {
	return i.flags&empty == 0 && i.lowest() == i.highest()
}
