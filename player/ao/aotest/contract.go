package aotest

import (
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"linnet/player/media"
)

// Sink is the player's AudioSink.
type Sink interface {
	Write(frames []int32) (n int, err error)
	Delay() (time.Duration, error)
	Drop() error
	Drain() error
	io.Closer
}

// Play writes all of p, of so many channels, and returns how many xruns there were.
// No Write may take longer than most, of virtual time.
func Play(t *testing.T, s Sink, channels int, most time.Duration, p []int32) (xruns int) {
	t.Helper()
	for tries := 0; len(p) > 0; tries++ {
		start := time.Now()
		n, err := s.Write(p)
		if errors.Is(err, media.ErrXrun) {
			xruns++
		} else if err != nil {
			t.Fatal(err)
		}
		if d := time.Since(start); d > most {
			t.Fatalf("Write blocked for %v, at most %v are right", d, most)
		}
		if tries > 10_000 {
			t.Fatal("the sink takes no more")
		}
		p = p[n*channels:]
	}
	return xruns
}

// slack is what a machine with other things to do may add to a wait: half a second,
// and more where this one is seen to be busier.
func (c *contract) slack() time.Duration {
	looked := make(chan struct{})
	c.look <- looked // what was late just now is seen, too
	<-looked
	return 500*time.Millisecond + 4*time.Duration(c.late.Load())
}

// watch notes by how much the machine is late, until stop is closed.
func (c *contract) watch(stop <-chan struct{}) {
	const nap = 20 * time.Millisecond
	for {
		before := time.Now()
		var looked chan struct{}
		select {
		case <-stop:
			return
		case looked = <-c.look:
		case <-time.After(nap):
		}
		c.late.Store(max(c.late.Load(), int64(time.Since(before)-nap)))
		if looked != nil {
			close(looked)
		}
	}
}

// Contract holds the sinks that open returns against the contract of the
// player's AudioSink. It opens several, one after another, and plays about
// a second of quiet sound on each. It may run in a bubble of testing/synctest.
func Contract(t *testing.T, open func(want media.AudioFormat) (Sink, media.AudioFormat, error)) {
	for _, want := range []media.AudioFormat{
		{Rate: 44100, Channels: 2, Bits: 16},
		{Rate: 48000, Channels: 1, Bits: 24},
	} {
		s, got, err := open(want)
		if err != nil {
			t.Fatalf("open for %v: %v", want, err)
		}
		t.Logf("for %v: %v", want, got)
		c := &contract{t: t, s: s, format: got, look: make(chan chan struct{})}
		c.run()
	}
}

type contract struct {
	t      *testing.T
	s      Sink
	format media.AudioFormat
	late   atomic.Int64 // the machine, in nanoseconds, at worst
	look   chan chan struct{}
}

func (c *contract) run() {
	defer c.s.Close()
	stop := make(chan struct{})
	defer close(stop)
	go c.watch(stop)
	c.negotiated()
	c.delayCountsWhatIsWritten()
	c.rewinds()
	c.dropEmpties()
	c.takesFewerFramesThanGiven()
	c.drainWaitsForTheEnd()
	c.closes()
}

func (c *contract) negotiated() {
	f := c.format
	if f.Rate < 1 || f.Channels < 1 || f.Bits < 1 || f.Bits > 32 {
		c.t.Fatalf("negotiated %+v", f)
	}
}

// frames is n frames of a quiet ramp.
func (c *contract) frames(n int) []int32 {
	p := make([]int32, n*c.format.Channels)
	for i := range p {
		p[i] = int32(i%1000) << 12
	}
	return p
}

// play writes n frames, and holds each Write against its contract. It
// returns how long a Write blocked at most.
func (c *contract) play(n int) (longest time.Duration) {
	c.t.Helper()
	deadline := time.Now().Add(c.format.Duration(int64(n)) + startTime)
	for p := c.frames(n); len(p) > 0; {
		start := time.Now()
		k, err := c.s.Write(p)
		longest = max(longest, time.Since(start))
		if err != nil && !errors.Is(err, media.ErrXrun) {
			c.t.Fatalf("Write: %v", err)
		}
		if k < 0 || k > len(p)/c.format.Channels {
			c.t.Fatalf("Write took %d of %d frames", k, len(p)/c.format.Channels)
		}
		if time.Now().After(deadline) {
			c.t.Fatal("the sink takes no more frames")
		}
		p = p[k*c.format.Channels:]
	}
	return longest
}

func (c *contract) delay() time.Duration {
	c.t.Helper()
	d, err := c.s.Delay()
	if err != nil {
		c.t.Fatalf("Delay: %v", err)
	}
	if d < 0 {
		c.t.Fatalf("Delay is %v", d)
	}
	return d
}

func (c *contract) delayCountsWhatIsWritten() {
	const sound = 500 * time.Millisecond
	if longest := c.play(int(c.format.Frames(sound))); longest > 200*time.Millisecond+c.slack() {
		c.t.Errorf("a Write blocked for %v", longest)
	}
	if d := c.delay(); d > sound+c.slack() {
		c.t.Errorf("Delay is %v after %v of sound", d, sound)
	}
}

// rewinds holds a sink that takes back frames to what it says.
func (c *contract) rewinds() {
	r, ok := c.s.(interface{ Rewind() (int, error) })
	if !ok {
		return
	}
	before := c.delay()
	n, err := r.Rewind()
	if err != nil || n < 0 {
		c.t.Fatalf("Rewind: %d, %v", n, err)
	}
	back := c.format.Duration(int64(n))
	if after := c.delay(); back > before || after > before-back+c.slack()/10 {
		c.t.Errorf("Rewind took back %v of %v, and leaves %v", back, before, after)
	}
	c.play(c.format.Rate / 100)
}

func (c *contract) dropEmpties() {
	start := time.Now()
	if err := c.s.Drop(); err != nil {
		c.t.Fatalf("Drop: %v", err)
	}
	if d := time.Since(start); d > c.slack() {
		c.t.Errorf("Drop took %v", d)
	}
	if d := c.delay(); d > c.slack() {
		c.t.Errorf("Delay is %v after Drop", d)
	}
}

func (c *contract) takesFewerFramesThanGiven() {
	if n, err := c.s.Write(nil); n != 0 || err != nil && !errors.Is(err, media.ErrXrun) {
		c.t.Errorf("Write of nothing: %d, %v", n, err)
	}
	c.play(1)
	c.play(7)
}

// drainWaitsForTheEnd also drains a tail that is much shorter than any
// period, and drains twice.
func (c *contract) drainWaitsForTheEnd() {
	for _, n := range []int{c.format.Rate / 4, 5} {
		c.play(n)
		queued, start := c.delay(), time.Now()
		if err := c.s.Drain(); err != nil {
			c.t.Fatalf("Drain: %v", err)
		}
		took := time.Since(start)
		if took > queued+2*c.slack() || took < queued-c.slack() {
			c.t.Errorf("Drain of %v took %v", queued, took)
		}
		if d := c.delay(); d > c.slack() {
			c.t.Errorf("Delay is %v after Drain", d)
		}
	}
	if err := c.s.Drain(); err != nil {
		c.t.Errorf("Drain of nothing: %v", err)
	}
}

func (c *contract) closes() {
	if err := c.s.Close(); err != nil {
		c.t.Errorf("Close: %v", err)
	}
	if _, err := c.s.Write(c.frames(1)); err == nil || errors.Is(err, media.ErrXrun) {
		c.t.Errorf("Write after Close: %v", err)
	}
	if err := c.s.Close(); err != nil {
		c.t.Errorf("second Close: %v", err)
	}
}
