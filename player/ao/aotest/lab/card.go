//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab

import (
	"math/bits"
	"sync"
	"time"

	"linnet/player/ao/internal/asound"
)

// Hardware is what a card can do, and what is always wrong with it. The zero
// value of a fault is its absence.
type Hardware struct {
	Formats   []int     // ALSA's numbers; the first is OSS's, which must be S16
	Rates     []uint32  // ascending
	Channels  [2]uint32 // least and most
	Period    [2]uint32 // frames, least and most
	MaxBuffer uint32    // frames
	Step      uint32    // the period is a multiple of this
	Msbits    uint32    // of a sample that reach the converter; 0: all

	PPM         int  // the clock is off by so many millionths
	Stepped     bool // the position is known to whole periods only, which are read at once
	DelayFactor int  // the delay counts so many times, as mono counted as stereo does
	NoDelay     bool // there is no GETODELAY
	StuckTail   bool // of the last period it always says that it is yet to come
	Zero        int  // so many first answers tell a buffer of nothing
	OnePeriod   int  // so many first answers tell a buffer of one period
	Stuck       bool // nothing is ever played
	NoInterleave,
	NoRewind bool // ALSA: what was written cannot be taken back
	NoMMap      bool // ALSA: the buffer cannot be mapped
	DeafMap     bool // ALSA: it can, but what is put there is not played
	LazyBuffers bool // OSS: the space is told as nothing before the first write

	Lie      func(call int, p *asound.HWParams) // changes what SetHW answers
	DelayLie func(int) int
}

// Board is the hardware of a common small board: 16 bits, stereo, 64 KB of
// buffer.
func Board() Hardware {
	return Hardware{
		Formats: []int{asound.FormatS16}, Rates: []uint32{8000, 11025, 22050, 44100, 48000},
		Channels: [2]uint32{2, 2}, Period: [2]uint32{32, 8192}, MaxBuffer: 16384, Step: 1,
	}
}

// Card is a sound card. Its faces are used by one program at a time; its own
// methods may be called from any goroutine.
type Card struct {
	Hardware
	Ear *Ear // hears what is played; nil: nobody

	// WriteErrs and ResumeErrs are answered by the next calls, one each; nil
	// in them is a call that does what it should.
	WriteErrs, ResumeErrs []error

	mu       sync.Mutex
	born     time.Time
	script   []Fault
	ends     []end     // of faults that last, by time
	upcoming time.Time // when the next thing of these two happens; zero: not known
	epoch    int       // counts the times that it was plugged in
	absent   bool
	hung     bool
	asleep   bool      // suspended
	wakes    time.Time // when it can be resumed
	noResume bool
	short    int // frames that a write takes, while above 0
	again    bool
	intr     int
	early    bool
	deaf     bool
	late     time.Time // wake-ups before come then

	state  state
	format int
	frame  int // bytes
	rate   int64
	period int64
	buffer int64
	dma    []byte
	fifo   []byte // the period that is played, as far as it was there at its begin: Stepped
	hw     int64  // frames played since Prepare
	appl   int64  // frames written since Prepare
	whole  bool   // only whole periods are played: OSS
	origin time.Time
	start  int64 // hw at origin

	sets, prepares int
	opened, mapped bool
	sw             asound.SWParams
	struck         int
}

type state uint8

const (
	unset    state = iota
	setup          // configured
	prepared       // waits for sound
	running
	draining
	dry // an xrun
)

// NewCard makes a card that is there from now on. The script's times count
// from now; it is in their order.
func NewCard(h Hardware, script ...Fault) *Card {
	return &Card{Hardware: h, born: time.Now(), script: script}
}

// Advance plays up to now.
func (c *Card) Advance() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance()
}

// Struck is how many faults of the script have happened.
func (c *Card) Struck() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.struck
}

// Opened says whether a program has it open.
func (c *Card) Opened() bool { return c.opened }

// Prepares and Configured count the calls.
func (c *Card) Prepares() int { return c.prepares }

// Configured is described at Prepares.
func (c *Card) Configured() int { return c.sets }

// Software is how the program that has it open set it.
func (c *Card) Software() asound.SWParams { return c.sw }

// advance lets happen what was due by now.
func (c *Card) advance() {
	now := time.Now()
	for !now.Before(c.upcoming) {
		at, strike := c.next()
		if strike == nil {
			at = now.Add(1 << 62)
		}
		if c.upcoming = at; strike == nil || at.After(now) {
			break
		}
		c.playUntil(at)
		strike()
		c.upcoming = time.Time{}
	}
	c.playUntil(now)
}

// next is the next thing of the script, and when.
func (c *Card) next() (at time.Time, strike func()) {
	if len(c.script) > 0 {
		f := c.script[0]
		at, strike = c.born.Add(f.At), func() {
			c.script = c.script[1:]
			c.struck++
			c.strike(f)
		}
	}
	if len(c.ends) > 0 && (strike == nil || c.ends[0].at.Before(at)) {
		e := c.ends[0]
		at, strike = e.at, func() {
			c.ends = c.ends[1:]
			e.over()
		}
	}
	return at, strike
}

// true rate is c.rate millionths, PPM added.
func (c *Card) speed() uint64 { return uint64(c.rate) * uint64(1e6+c.PPM) }

// due is how many frames pass in d.
func (c *Card) due(d time.Duration) int64 {
	hi, lo := bits.Mul64(uint64(max(d, 0)), c.speed())
	q, _ := bits.Div64(hi, lo, 1e15)
	return int64(q)
}

// after is how long n frames take, rounded up, so that by then they are over.
func (c *Card) after(n int64) time.Duration {
	hi, lo := bits.Mul64(uint64(max(n, 0)), 1e15)
	q, r := bits.Div64(hi, lo, c.speed())
	if r > 0 {
		q++
	}
	return time.Duration(q)
}

// timeOf is when frame n begins, or has begun.
func (c *Card) timeOf(n int64) time.Time { return c.origin.Add(c.after(n - c.start)) }

func (c *Card) moves() bool {
	return (c.state == running || c.state == draining) && !c.hung && !c.asleep && !c.Stuck
}

// playable is how far what was written can be played.
func (c *Card) playable() int64 {
	if c.whole {
		return c.appl / c.period * c.period
	}
	return c.appl
}

func (c *Card) playUntil(t time.Time) {
	if !c.moves() {
		return
	}
	pos := c.start + c.due(t.Sub(c.origin))
	if !c.whole && c.state == running && c.sw.StopThreshold > uint(c.buffer) {
		c.hear(pos) // it never stops: what is in the buffer is played round and round
		return
	}
	limit := c.playable()
	c.hear(min(pos, limit))
	if pos > limit || pos == limit && c.state == draining {
		c.runDry()
	}
}

func (c *Card) runDry() {
	switch {
	case c.state == draining:
		c.state = setup
	case c.whole:
		c.state = prepared // OSS says nothing, and goes on with the next sound
	default:
		c.state = dry
	}
}

// hear plays up to frame pos.
func (c *Card) hear(pos int64) {
	for c.hw < pos {
		at := c.hw % c.buffer
		n := min(pos-c.hw, c.buffer-at)
		p := c.dma[at*int64(c.frame) : (at+n)*int64(c.frame)]
		if c.Stepped {
			p = c.fetch(p)
			n = int64(len(p) / c.frame)
		}
		if c.Ear != nil {
			c.Ear.hear(c, c.hw, p)
		}
		c.hw += n
	}
}

// fetch is hardware that reads a period when its first frame is due, as much of
// it as is there then. It gives what of p it has from there, or else some of p.
func (c *Card) fetch(p []byte) []byte {
	frame, at := int64(c.frame), c.hw%c.period
	if at == 0 {
		ready := max(min(c.period, c.appl-c.hw), 0)
		c.fifo = c.fifo[:0]
		for i := c.hw; i < c.hw+ready; i++ {
			j := i % c.buffer * frame
			c.fifo = append(c.fifo, c.dma[j:j+frame]...)
		}
	}
	if have := int64(len(c.fifo)) - at*frame; have > 0 {
		return c.fifo[at*frame:][:min(have, int64(len(p)))]
	}
	return p[:min((c.period-at)*frame, int64(len(p)))]
}

// run starts the clock, or starts it again.
func (c *Card) run(s state) {
	c.state, c.origin, c.start = s, time.Now(), c.hw
}

// known is what the driver knows of the position. When the machine goes to sleep
// it is read at last.
func (c *Card) known() int64 {
	if c.Stepped && !c.asleep && c.hw < c.playable() {
		return c.hw / c.period * c.period
	}
	return c.hw
}

func (c *Card) queued() int64 { return c.appl - c.known() }

// told is the delay that the driver tells, in frames.
func (c *Card) told() int {
	n := int(c.queued())
	if c.StuckTail && c.hw > 0 {
		n = max(n, int(c.period))
	}
	if c.DelayFactor > 0 {
		n *= c.DelayFactor
	}
	if c.DelayLie != nil {
		n = c.DelayLie(n)
	}
	return n
}

// put takes frames into the buffer.
func (c *Card) put(p []byte, frames int) int {
	n := min(int64(frames), c.buffer-c.queued())
	if c.short > 0 {
		n = min(n, int64(c.short))
	}
	n = max(n, 0)
	for i := int64(0); i < n; {
		at := c.appl % c.buffer
		k := min(n-i, c.buffer-at)
		copy(c.dma[at*int64(c.frame):], p[i*int64(c.frame):(i+k)*int64(c.frame)])
		c.appl += k
		i += k
	}
	return int(n)
}

func (c *Card) configure(format, frame int, rate, period, buffer int64) {
	c.format, c.frame, c.rate, c.period, c.buffer = format, frame, rate, max(period, 1), max(buffer, 1)
	c.dma = make([]byte, c.buffer*int64(frame))
	c.empty()
	c.state = setup
}

// empty forgets what is queued, and stops.
func (c *Card) empty() {
	c.cut()
	c.hw, c.appl, c.start = 0, 0, 0
	c.fifo = c.fifo[:0]
}

// cut tells the ear of a card that is stopped while it plays, hangs or sleeps. One
// that hangs in the middle of a step does not know where.
func (c *Card) cut() {
	if c.Ear == nil || c.state != running && c.state != draining || c.hw >= c.appl {
		return
	}
	c.Ear.cut()
	if c.hung && !c.asleep && c.known() < c.hw {
		c.Ear.torn(c.period)
	}
}

// wait sleeps until room frames are free, something of the script happens, or
// for d. Its caller holds the lock.
func (c *Card) wait(d time.Duration, room int64) {
	deadline := time.Now().Add(d)
	defer c.oversleep()
	if c.early {
		return
	}
	for {
		now := time.Now()
		if !now.Before(deadline) || !c.deaf && c.ready(room) {
			return
		}
		until := deadline
		if at, strike := c.next(); strike != nil && at.Before(until) {
			until = at
		}
		if c.moves() && !c.deaf {
			if at := c.timeOf(c.frees(room)); at.Before(until) {
				until = at
			}
		}
		c.mu.Unlock()
		time.Sleep(max(until.Sub(now), 1))
		c.mu.Lock()
		c.advance()
	}
}

// ready says whether poll has something to tell.
func (c *Card) ready(room int64) bool {
	return c.absent || c.asleep || c.state == dry || c.state == setup || c.state == unset || c.buffer-c.queued() >= room
}

// frees is the position at which so much room is known to be there.
func (c *Card) frees(room int64) int64 {
	pos := c.appl + room - c.buffer
	if c.Stepped {
		pos = (pos + c.period - 1) / c.period * c.period
	}
	return max(min(pos, c.playable()), c.hw+1)
}

// Nap sleeps as a program does that waits by the clock instead of by poll: a
// late wake-up is late for it, too.
func (c *Card) Nap(d time.Duration) {
	time.Sleep(d)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance()
	c.oversleep()
}

// oversleep is the fault Late.
func (c *Card) oversleep() {
	if d := time.Until(c.late); d > 0 {
		c.mu.Unlock()
		time.Sleep(d)
		c.mu.Lock()
		c.advance()
	}
}
