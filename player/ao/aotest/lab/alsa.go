//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab

import (
	"math"
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/internal/asound"
)

// ALSA opens the card as the kernel's PCM device does.
func (c *Card) ALSA() (asound.Device, error) {
	if err := c.open(); err != nil {
		return nil, err
	}
	c.whole = false
	return &alsaFace{c, c.epoch}, nil
}

// open is what both faces begin with.
func (c *Card) open() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance()
	switch {
	case c.absent:
		return unix.ENOENT
	case c.opened:
		return unix.EBUSY
	}
	c.opened, c.state, c.asleep = true, unset, false
	return nil
}

// alsaFace is one opening.
type alsaFace struct {
	c     *Card
	epoch int
}

// enter locks the card, as of now. The error is that of a card that is gone.
func (f *alsaFace) enter() error {
	f.c.mu.Lock()
	f.c.advance()
	if f.epoch != f.c.epoch {
		return unix.ENODEV
	}
	return nil
}

// Refine is the kernel's: buffer = period * periods, in each direction, and
// what the hardware can do.
func (f *alsaFace) Refine(p *asound.HWParams) error {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	return f.c.refine(p)
}

func (c *Card) refine(p *asound.HWParams) error {
	c.limit(p)
	for range 4 {
		b, s, n := &p.Intervals[asound.ParamBufferSize], &p.Intervals[asound.ParamPeriodSize], &p.Intervals[asound.ParamPeriods]
		cut(b, mul(s.Lowest(), n.Lowest()), mul(s.Highest(), n.Highest()))
		cut(s, ceil(b.Lowest(), n.Highest()), div(b.Highest(), n.Lowest()))
		cut(n, div(b.Lowest(), s.Highest()), div(b.Highest(), s.Lowest()))
	}
	for i := range p.Intervals {
		if p.Intervals[i].Lowest() > p.Intervals[i].Highest() {
			return unix.EINVAL
		}
	}
	if p.Masks[asound.ParamAccess] == (asound.Mask{}) || p.Masks[asound.ParamFormat] == (asound.Mask{}) {
		return unix.EINVAL
	}
	return nil
}

const accessRWNoninterleaved = 4

// limit leaves what the hardware can do, looked at parameter by parameter.
func (c *Card) limit(p *asound.HWParams) {
	access, formats := asound.Mask{1<<asound.AccessRWInterleaved | 1<<asound.AccessMMapInterleaved}, asound.Mask{}
	switch {
	case c.NoInterleave:
		access = asound.Mask{1 << accessRWNoninterleaved}
	case c.NoMMap:
		access = asound.Mask{1 << asound.AccessRWInterleaved}
	}
	for _, v := range c.Formats {
		formats[v/32] |= 1 << (v % 32)
	}
	for i := range formats {
		p.Masks[asound.ParamAccess][i] &= access[i]
		p.Masks[asound.ParamFormat][i] &= formats[i]
	}
	cut(&p.Intervals[asound.ParamChannels], c.Channels[0], c.Channels[1])
	rate := &p.Intervals[asound.ParamRate]
	low, high := uint32(math.MaxUint32), uint32(0)
	for _, r := range c.Rates {
		if r >= rate.Lowest() && r <= rate.Highest() {
			low, high = min(low, r), max(high, r)
		}
	}
	cut(rate, low, high)
	s := &p.Intervals[asound.ParamPeriodSize]
	cut(s, (max(s.Lowest(), c.Period[0])+c.Step-1)/c.Step*c.Step, min(s.Highest(), c.Period[1])/c.Step*c.Step)
	cut(&p.Intervals[asound.ParamBufferSize], 1, c.MaxBuffer)
	cut(&p.Intervals[asound.ParamPeriods], 1, 1024)
}

func cut(i *asound.Interval, low, high uint32) {
	*i = asound.Interval{Min: max(i.Lowest(), low), Max: min(i.Highest(), high), Flags: asound.Integral}
}

func mul(a, b uint32) uint32 { return uint32(min(uint64(a)*uint64(b), math.MaxUint32)) }
func div(a, b uint32) uint32 { return a / max(b, 1) }

func ceil(a, b uint32) uint32 { return uint32((uint64(a) + uint64(max(b, 1)) - 1) / uint64(max(b, 1))) }

// SetHW takes the least of what is left open.
func (f *alsaFace) SetHW(p *asound.HWParams) error {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	for _, param := range []int{asound.ParamChannels, asound.ParamRate, asound.ParamPeriodSize, asound.ParamBufferSize, asound.ParamPeriods} {
		if err := c.refine(p); err != nil {
			return err
		}
		p.Intervals[param].Max = p.Intervals[param].Min
	}
	p.Msbits = c.Msbits
	value := func(param int) int64 { return int64(p.Intervals[param].Min) }
	format := 0
	for _, v := range c.Formats {
		if p.Masks[asound.ParamFormat].Has(v) {
			format = v
			break
		}
	}
	c.configure(format, int(value(asound.ParamChannels))*sampleBytes(format), value(asound.ParamRate), value(asound.ParamPeriodSize), value(asound.ParamBufferSize))
	if c.sets < c.Zero {
		p.Intervals[asound.ParamBufferSize] = asound.Interval{}
	} else if c.sets < c.Zero+c.OnePeriod {
		p.Intervals[asound.ParamBufferSize] = p.Intervals[asound.ParamPeriodSize]
	}
	if c.Lie != nil {
		c.Lie(c.sets, p)
	}
	c.sets++
	return nil
}

// sampleBytes is how long a sample of ALSA's format is.
func sampleBytes(format int) int {
	switch format {
	case asound.FormatS16:
		return 2
	case asound.FormatS24x3:
		return 3
	}
	return 4
}

func (f *alsaFace) FreeHW() error {
	defer f.c.mu.Unlock()
	err := f.enter()
	f.c.state = unset
	return err
}

func (f *alsaFace) SetSW(p *asound.SWParams) error {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	if p.AvailMin == 0 || p.StartThreshold == 0 || p.StopThreshold == 0 {
		return unix.EINVAL
	}
	f.c.sw = *p
	return nil
}

func (f *alsaFace) Prepare() error {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	if f.c.state == unset {
		return unix.EBADFD
	}
	f.c.empty()
	f.c.state, f.c.asleep = prepared, false
	f.c.prepares++
	return nil
}

func (f *alsaFace) Drop() error {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	if f.c.state == unset {
		return unix.EBADFD
	}
	f.c.empty()
	f.c.state = setup
	return nil
}

func (f *alsaFace) Drain() error {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	switch f.c.state {
	case prepared:
		f.c.run(draining)
	case running:
		f.c.state = draining
	case dry:
		return unix.EPIPE
	}
	return unix.EAGAIN
}

func (f *alsaFace) Resume() error {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	if err, scripted := take(&c.ResumeErrs); scripted && err != nil {
		return err
	}
	switch {
	case !c.asleep:
		return nil
	case time.Now().Before(c.wakes):
		return unix.EAGAIN
	case c.noResume:
		return unix.ENOSYS
	}
	c.asleep = false
	c.origin, c.start = time.Now(), c.hw
	return nil
}

// take is the next scripted answer.
func take(errs *[]error) (err error, scripted bool) {
	if len(*errs) == 0 {
		return nil, false
	}
	err, *errs = (*errs)[0], (*errs)[1:]
	return err, true
}

// stateError is what the kernel answers in a state without sound.
func (c *Card) stateError() error {
	switch {
	case c.asleep:
		return unix.ESTRPIPE
	case c.state == dry:
		return unix.EPIPE
	case c.state == unset || c.state == setup:
		return unix.EBADFD
	}
	return nil
}

func (f *alsaFace) Delay() (int, error) {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return 0, err
	}
	if err := f.c.stateError(); err != nil {
		return 0, err
	}
	return f.c.told(), nil
}

func (f *alsaFace) Pointers() (asound.Pointers, error) {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return asound.Pointers{}, err
	}
	return f.c.pointers(), nil
}

func (c *Card) pointers() asound.Pointers {
	p := asound.Pointers{HW: uint(c.known()), Appl: uint(c.appl)}
	switch c.state {
	case prepared:
		p.State = asound.StatePrepared
	case running:
		p.State = asound.StateRunning
	}
	return p
}

func (f *alsaFace) Sync() (asound.Pointers, error) {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return asound.Pointers{}, err
	}
	if err, scripted := take(&c.WriteErrs); scripted && err != nil {
		return asound.Pointers{}, err
	}
	return c.pointers(), c.stateError()
}

// Map is the card's memory itself. A program that writes there what is being
// played hears it.
func (f *alsaFace) Map(bytes int) ([]byte, error) {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return nil, err
	}
	if bytes > len(c.dma) {
		return nil, unix.EINVAL
	}
	if c.mapped {
		return nil, unix.EBUSY
	}
	c.mapped = true
	return c.dma[:bytes], nil
}

func (f *alsaFace) Unmap() error {
	f.c.mapped = false
	return nil
}

func (f *alsaFace) Commit(appl uint) error {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	if err := c.stateError(); err != nil {
		return err
	}
	if !c.DeafMap {
		c.appl = int64(appl)
	}
	return nil
}

func (f *alsaFace) Start() error {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return err
	}
	switch {
	case c.state != prepared:
		return unix.EBADFD
	case c.appl == c.hw:
		return unix.EPIPE
	}
	c.run(running)
	return nil
}

func (f *alsaFace) Write(p []byte, frames int) (int, error) {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return 0, err
	}
	if err, scripted := take(&c.WriteErrs); scripted && err != nil {
		return 0, err
	}
	if err := c.refuses(); err != nil {
		return 0, err
	}
	if err := c.stateError(); err != nil {
		return 0, err
	}
	if c.mapped {
		return 0, unix.EINVAL
	}
	n := c.put(p, frames)
	if n == 0 {
		return 0, unix.EAGAIN
	}
	if c.state == prepared && c.appl >= int64(c.sw.StartThreshold) {
		c.run(running)
	}
	return n, nil
}

// Rewind is the kernel's: of what the hardware is not known to have read.
func (f *alsaFace) Rewind(frames int) (int, error) {
	c := f.c
	defer c.mu.Unlock()
	if err := f.enter(); err != nil {
		return 0, err
	}
	if err := c.stateError(); err != nil {
		return 0, err
	}
	if c.NoRewind {
		return 0, nil // it says so in no other way
	}
	n := max(min(int64(frames), c.queued()), 0)
	c.appl -= n
	return int(n), nil
}

// refuses is the answer of a write that does not even look at the state.
func (c *Card) refuses() error {
	switch {
	case c.intr > 0:
		c.intr--
		return unix.EINTR
	case c.again:
		return unix.EAGAIN
	}
	return nil
}

func (f *alsaFace) Poll(d time.Duration) error {
	defer f.c.mu.Unlock()
	if err := f.enter(); err != nil {
		return nil // POLLERR: the next call tells
	}
	f.c.wait(d, int64(f.c.sw.AvailMin))
	return nil
}

func (f *alsaFace) Close() error {
	defer f.c.mu.Unlock()
	if f.enter() == nil {
		f.c.state = unset
	}
	f.c.opened, f.c.mapped = false, false
	return nil
}
