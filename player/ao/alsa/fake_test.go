//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"math"
	"time"

	"golang.org/x/sys/unix"
)

// fake is a kernel device in memory, on the clock of package time.
type fake struct {
	// What the hardware can do.
	formats      []int
	rates        []uint32 // ascending
	channels     [2]uint32
	period       [2]uint32
	maxBuffer    uint32
	step         uint32 // the period is a multiple of this
	msbits       uint32
	lie          func(call int, p *hwParams) // changes what setHW answers
	delayLie     func(int) int
	writeErrs    []error // answered by the next writes
	resumeErrs   []error // answered by the next resumes
	periodwise   bool    // the position moves by whole periods only
	stuck        bool    // the position does not move
	noInterleave bool

	state    string
	sets     int
	hw       hwParams
	sw       swParams
	frame    int // bytes
	appl     int64
	base     int64 // appl when the run started
	started  time.Time
	played   []byte // everything that was queued and not dropped
	prepares int
	closed   bool
}

func board() *fake {
	return &fake{
		formats: []int{formatS16}, rates: []uint32{8000, 11025, 22050, 44100, 48000},
		channels: [2]uint32{2, 2}, period: [2]uint32{32, 8192}, maxBuffer: 16384, step: 1, state: "open",
	}
}

func (f *fake) refine(p *hwParams) error {
	f.limit(p)
	for range 4 { // buffer = period * periods, in each direction
		b, s, n := &p.intervals[paramBufferSize], &p.intervals[paramPeriodSize], &p.intervals[paramPeriods]
		cut(b, mul(s.lowest(), n.lowest()), mul(s.highest(), n.highest()))
		cut(s, ceil(b.lowest(), n.highest()), div(b.highest(), n.lowest()))
		cut(n, div(b.lowest(), s.highest()), div(b.highest(), s.lowest()))
	}
	for i := range p.intervals {
		if p.intervals[i].lowest() > p.intervals[i].highest() {
			return unix.EINVAL
		}
	}
	if p.masks[paramAccess] == (mask{}) || p.masks[paramFormat] == (mask{}) {
		return unix.EINVAL
	}
	return nil
}

// limit leaves what the hardware can do, looked at parameter by parameter.
func (f *fake) limit(p *hwParams) {
	access, formats := mask{1 << accessRWInterleaved}, mask{}
	if f.noInterleave {
		access = mask{1}
	}
	for _, v := range f.formats {
		formats[v/32] |= 1 << (v % 32)
	}
	for i := range formats {
		p.masks[paramAccess][i] &= access[i]
		p.masks[paramFormat][i] &= formats[i]
	}
	cut(&p.intervals[paramChannels], f.channels[0], f.channels[1])
	rate := &p.intervals[paramRate]
	low, high := uint32(math.MaxUint32), uint32(0)
	for _, r := range f.rates {
		if r >= rate.lowest() && r <= rate.highest() {
			low, high = min(low, r), max(high, r)
		}
	}
	cut(rate, low, high)
	s := &p.intervals[paramPeriodSize]
	cut(s, (max(s.lowest(), f.period[0])+f.step-1)/f.step*f.step, min(s.highest(), f.period[1])/f.step*f.step)
	cut(&p.intervals[paramBufferSize], 1, f.maxBuffer)
	cut(&p.intervals[paramPeriods], 1, 1024)
}

func cut(i *interval, low, high uint32) {
	*i = interval{min: max(i.lowest(), low), max: min(i.highest(), high), flags: integral}
}

func mul(a, b uint32) uint32 { return uint32(min(uint64(a)*uint64(b), math.MaxUint32)) }
func div(a, b uint32) uint32 { return a / max(b, 1) }

func ceil(a, b uint32) uint32 { return uint32((uint64(a) + uint64(max(b, 1)) - 1) / uint64(max(b, 1))) }

func (f *fake) setHW(p *hwParams) error {
	for _, param := range []int{paramChannels, paramRate, paramPeriodSize, paramBufferSize, paramPeriods} {
		if err := f.refine(p); err != nil {
			return err
		}
		i := &p.intervals[param]
		i.max = i.min
	}
	p.msbits = f.msbits
	f.frame = int(p.intervals[paramChannels].min) * f.bytes(p)
	if f.lie != nil {
		f.lie(f.sets, p)
	}
	f.sets++
	f.hw, f.state = *p, "setup"
	return nil
}

func (f *fake) bytes(p *hwParams) int {
	for _, s := range sampleFormats {
		if p.masks[paramFormat].has(s.number) {
			return s.bytes
		}
	}
	return 0
}

func (f *fake) freeHW() error {
	f.state = "open"
	return nil
}

func (f *fake) setSW(p *swParams) error {
	if p.availMin == 0 || p.startThreshold == 0 || p.stopThreshold == 0 {
		return unix.EINVAL
	}
	f.sw = *p
	return nil
}

func (f *fake) prepare() error {
	if f.state == "open" {
		return unix.EBADFD
	}
	f.state, f.appl, f.base = "prepared", 0, 0
	f.prepares++
	return nil
}

func (f *fake) queued() int64 {
	if f.state != "running" && f.state != "draining" {
		return f.appl
	}
	rate := int64(f.hw.intervals[paramRate].min)
	period := int64(f.hw.intervals[paramPeriodSize].min)
	pos := int64(time.Since(f.started)) * rate / int64(time.Second)
	if f.periodwise {
		pos = pos / period * period
	}
	if f.stuck {
		pos = 0
	}
	if pos < f.appl || pos == f.appl && f.state == "running" {
		return f.appl - pos
	}
	if f.state == "draining" {
		f.state, f.appl = "setup", 0
		return 0
	}
	f.state = "xrun"
	return 0
}

func (f *fake) buffer() int64 { return int64(f.hw.intervals[paramBufferSize].min) }

func (f *fake) stateError() error {
	switch f.state {
	case "xrun":
		return unix.EPIPE
	case "suspended":
		return unix.ESTRPIPE
	case "gone":
		return unix.ENODEV
	case "prepared", "running", "draining":
		return nil
	}
	return unix.EBADFD
}

func (f *fake) write(p []byte, frames int) (int, error) {
	if len(f.writeErrs) > 0 {
		err := f.writeErrs[0]
		f.writeErrs = f.writeErrs[1:]
		if err != nil {
			return 0, err
		}
	}
	queued := f.queued()
	if err := f.stateError(); err != nil {
		return 0, err
	}
	n := min(int64(frames), f.buffer()-queued)
	if n <= 0 {
		return 0, unix.EAGAIN
	}
	f.played = append(f.played, p[:n*int64(f.frame)]...)
	f.appl += n
	if f.state == "prepared" && f.appl >= int64(f.sw.startThreshold) {
		f.run("running")
	}
	return int(n), nil
}

func (f *fake) run(state string) { f.state, f.started = state, time.Now() }

func (f *fake) delay() (int, error) {
	n := int(f.queued())
	if err := f.stateError(); err != nil {
		return 0, err
	}
	if f.delayLie != nil {
		n = f.delayLie(n)
	}
	return n, nil
}

func (f *fake) drop() error {
	n := f.queued()
	f.played = f.played[:len(f.played)-int(n)*f.frame]
	f.state, f.appl = "setup", 0
	return nil
}

func (f *fake) drain() error {
	f.queued()
	switch f.state {
	case "prepared":
		f.run("draining")
	case "running":
		f.state = "draining"
	}
	return unix.EAGAIN
}

func (f *fake) resume() error {
	if len(f.resumeErrs) > 0 {
		err := f.resumeErrs[0]
		f.resumeErrs = f.resumeErrs[1:]
		if err != nil {
			return err
		}
	}
	f.run("running")
	return nil
}

func (f *fake) poll(wait time.Duration) error {
	for deadline := time.Now().Add(wait); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if f.buffer()-f.queued() >= int64(f.sw.availMin) || f.stateError() != nil {
			break
		}
	}
	return nil
}

func (f *fake) close() error {
	f.closed = true
	return nil
}
