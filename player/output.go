package player

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

const (
	// period is the most that is handed to the device at once, and so how
	// long a command may wait for the device goroutine.
	period = 20 * time.Millisecond
	// prebuffer is what the ring must hold at first before the device is fed
	// after a start, a seek or a starvation; it grows with what goes wrong.
	prebuffer = 200 * time.Millisecond
	// history is how much played sound the ring keeps, so that what a pause
	// drops from the device can be played again. No device buffer is longer.
	history = time.Second
	// tail is what is left in the device when it is told to play out: until
	// then commands are heard.
	tail = 2 * period
	// maxRing bounds the ring and its history, in samples each: what is meant
	// for no ear, as 64 channels at 6 MHz, gets a shorter ring.
	maxRing = 8 << 20
)

// errStopped is returned to a feeder whose session is over.
var errStopped = errors.New("player: stopped")

// output owns the sound device: one goroutine, which alone touches the sink
// and does nothing else. Other goroutines reach it through do, write and
// reconfigure. Positions in it count frames from the start of the program
// ("absolute"), across flushes and format changes.
type output struct {
	open  OpenAudio
	size  time.Duration // of the ring
	cmds  chan func()
	wake  chan struct{} // capacity 1: the ring was written
	done  chan struct{} // closed when the device goroutine has ended
	event func(outputEvent)

	// The device goroutine's own.
	sink      AudioSink
	unheard   bool // it is a clock, as there is no device
	want      media.AudioFormat
	part      []int32 // taken from the ring, not yet by the sink
	buf       []int32
	paused    bool
	abrupt    bool // without fades: for tests that know a frame by its value
	cut       bool // sound was stopped by a pause, and comes back by a fade
	buffering bool // fill the ring before feeding the device
	finishing bool // nothing more comes for now: play the ring out, then drain
	finisher  any  // who said so
	reopen    *reopening
	quit      bool
	enough    int           // frames that end buffering
	left      time.Duration // in the device, when it was last looked at while playing out
	lookAt    time.Time     // and when to look again
	probeAt   time.Time     // when to look how the device moves, if at all
	fed       int64         // frames that the device was given since it was last made to stand still
	meter     meter
	watch     watch
	loss      loss
	closeErr  error // what the last sink said when the output ended
	gain      *pcm.Gain
	volume    int

	tap  tap
	hold hold
	low  atomic.Bool // the ring is not as full as it should be

	mu    sync.Mutex
	ring  *pcm.Ring // replaced when the format changes
	got   media.AudioFormat
	base  int64 // absolute position of the ring's frame 0
	stats Output
	heard heard
	even  even
}

// reopening asks the device goroutine for another format once everything
// before it was heard.
type reopening struct {
	want  media.AudioFormat
	clock OpenAudio // what goes on without a device; nil: nothing does
	reply chan reopened
}

type reopened struct {
	got     media.AudioFormat
	unheard bool // by clock
	err     error
}

// outputEvent tells control what happened at the device.
type outputEvent struct {
	drained any   // everything that this finisher had written was heard
	err     error // the device failed
	fatal   bool  // and is given up
	other   bool  // it came back with another format: what is to come must be fed anew
}

// newOutput starts the device goroutine; thread, if not nil, is called on it
// first.
func newOutput(open OpenAudio, size time.Duration, event func(outputEvent), thread func()) *output {
	o := &output{
		open: open, size: size, event: event, watch: watch{cushion: prebuffer},
		cmds: make(chan func()), wake: make(chan struct{}, 1), done: make(chan struct{}),
		buffering: true,
		volume:    pcm.MaxVolume,
		stats:     Output{Prebuffer: prebuffer},
	}
	go func() {
		if thread != nil {
			thread()
		}
		o.run()
	}()
	return o
}

// do runs f on the device goroutine and waits for it.
func (o *output) do(f func()) {
	ran := make(chan struct{})
	select {
	case o.cmds <- func() { f(); close(ran) }:
		<-ran
	case <-o.done:
	}
}

// run is the device goroutine.
func (o *output) run() {
	defer close(o.done)
	for !o.quit {
		select {
		case f := <-o.cmds:
			f()
			continue
		default:
		}
		if wait, timeout := o.idle(); wait {
			o.sleep(timeout)
			continue
		}
		o.step()
	}
	o.closeErr = o.closeSink()
}

// idle says whether there is nothing to do but wait, and for how long at
// most (0: until something happens).
func (o *output) idle() (bool, time.Duration) {
	switch {
	case o.paused && o.vacant(): // what is to be heard after the pause is read meanwhile
		return false, 0
	case o.paused || o.loss.final:
		return true, 0
	case o.sink == nil && o.loss.tries > 0:
		return o.tryAgain()
	case o.sink == nil:
		return o.reopen == nil && !o.finishing, 0
	case len(o.part) > 0:
		return false, 0
	}
	have := o.ring.Buffered()
	switch {
	case o.finishing && have > 0:
		return false, 0
	case o.finishing:
		return o.playingOut()
	case o.buffering && have < o.enough:
		return true, 0
	case o.buffering && o.hold.left() > 0:
		return true, o.hold.left()
	}
	if have == 0 {
		o.starve()
		return true, 0
	}
	o.buffering = false
	return o.probing()
}

// vacant says whether the device is to be opened for another format, and has nothing
// that is yet to be heard.
func (o *output) vacant() bool {
	return o.reopen != nil && o.sink != nil && o.fed == 0 && len(o.part) == 0 && o.ring.Buffered() == 0
}

// probing says whether it is not yet time to look how the device moves.
func (o *output) probing() (wait bool, timeout time.Duration) {
	if o.probeAt.IsZero() {
		return false, 0
	}
	if early := time.Until(o.probeAt); early > 0 {
		return true, early
	}
	o.probeAt = time.Time{}
	o.look()
	return false, 0
}

// probe has a device looked at between two periods, when it is full and it is
// not known yet how it moves.
func (o *output) probe(waited time.Duration) {
	o.probeAt = time.Time{}
	if waited >= time.Millisecond && o.meter.unsure() {
		o.probeAt = time.Now().Add(o.watch.usual * 3 / 4)
	}
}

// playingOut says whether the device is still busy with the last of what it
// was given, so that a command can come in between. A device that stands
// still, since it got too little to start, has to be told to play.
func (o *output) playingOut() (wait bool, timeout time.Duration) {
	if early := time.Until(o.lookAt); o.left > 0 && early > 0 {
		return true, early
	}
	d, err := o.look()
	d = min(d, o.got.Duration(o.meter.left(time.Now()))) // of what it tells, as much as can be
	moving := o.left == 0 || d < o.left
	if err != nil || d <= tail || !moving {
		return false, 0
	}
	o.left, o.lookAt = d, time.Now().Add(min(d-tail, period))
	return true, min(d-tail, period)
}

// starve notes that the ring ran dry in the middle of playing. A device that
// keeps nothing, as a file, takes sound faster than any decoder makes it and
// loses nothing by waiting; nor does one that still has all that it was given,
// and so has not begun to play.
func (o *output) starve() {
	o.buffering = true
	if d, err := o.look(); err == nil && (d <= 0 || d >= o.got.Duration(o.fed)) {
		return
	}
	o.mu.Lock()
	o.stats.Starved++
	o.mu.Unlock()
	o.grow(2 * o.watch.cushion)
}

func (o *output) sleep(timeout time.Duration) {
	var expired <-chan time.Time
	before := time.Now()
	if timeout > 0 {
		t := time.NewTimer(timeout)
		defer t.Stop()
		expired = t.C
	}
	select {
	case f := <-o.cmds:
		f()
	case <-o.wake:
	case <-expired:
		o.noteLate(time.Since(before) - timeout)
	}
}

// step hands one period to the device, or ends what is to be ended.
func (o *output) step() {
	if len(o.part) == 0 && o.sink != nil {
		n := o.ring.Read(o.buf)
		o.part = o.buf[:n*o.got.Channels]
		o.gain.Apply(o.part)
	}
	if len(o.part) == 0 {
		o.playedOut()
		return
	}
	o.give()
}

// give hands the device what it takes of part, and says whether the device
// plays on.
func (o *output) give() bool {
	at, before := o.position(), time.Now()
	n, err := o.sink.Write(o.part)
	waited := time.Since(before)
	o.blocked(waited)
	o.left = 0
	o.loss.taken += int64(n)
	o.fed += int64(n)
	o.tap.put(at, o.part[:n*o.got.Channels], o.got.Channels)
	o.part = o.part[n*o.got.Channels:]
	switch {
	case err == nil:
		o.meter.feed(int64(n))
	case errors.Is(err, media.ErrXrun):
		o.xrun(err, int64(n))
	default:
		o.meter.feed(int64(n))
		o.lose(err)
		return false
	}
	o.publish(true)
	o.probe(waited)
	return err == nil
}

// xrun notes that the device ran dry, and plays again what it took with it. n
// frames of the last Write were taken.
func (o *output) xrun(err error, n int64) {
	now := time.Now()
	silence := o.got.Frames(o.meter.dryFor(now))
	var x media.Xrun
	errors.As(err, &x)
	unheard := int64(x.Unheard)
	if !x.Exact {
		unheard = o.meter.bounded(unheard, n, now)
	}
	o.meter.restart()
	if x.Unheard > 0 {
		o.unread(unheard)
	} else {
		o.meter.feed(n)
	}
	o.mu.Lock()
	o.stats.Xruns++
	o.stats.Silence += silence
	o.mu.Unlock()
}

// unread steps back over frames that the device took and did not play, and over
// part.
func (o *output) unread(frames int64) {
	n := o.ring.Unread(int(frames) + len(o.part)/o.got.Channels)
	n -= len(o.part) / o.got.Channels
	o.part = nil
	o.mu.Lock()
	o.stats.Again += int64(max(n, 0))
	o.mu.Unlock()
}

// ringFrames is how many frames of a format a part of the ring has that is to
// last so long.
func (o *output) ringFrames(f media.AudioFormat, d time.Duration) int {
	return max(min(int(f.Frames(d)), maxRing/f.Channels), 1)
}

// write puts frames into the ring, waiting for room until stop is closed.
func (o *output) write(frames []int32, stop <-chan struct{}) error {
	for len(frames) > 0 {
		// In pieces, so that the device goroutine hears of the first of them.
		n := min(len(frames), len(o.buf))
		if _, err := o.ring.Write(frames[:n], stop); err != nil {
			return errStopped
		}
		frames = frames[n:]
		o.kick()
	}
	return nil
}

func (o *output) kick() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// written is the absolute position of the next frame that write puts.
func (o *output) written() int64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ring == nil {
		return o.base
	}
	return o.base + o.ring.Written()
}

// reconfigure makes the device ready for want and returns the format that
// write must be given. When it is open for the same format already, it stays
// untouched; otherwise everything written before is played out first. Where there is
// no device, clock, if not nil, is taken for one, and the next call tries the device
// again.
func (o *output) reconfigure(want media.AudioFormat, clock OpenAudio, stop <-chan struct{}) (got media.AudioFormat, unheard bool, err error) {
	r := &reopening{want: want, clock: clock, reply: make(chan reopened, 1)}
	o.do(func() {
		switch {
		case o.sink != nil && o.want == want && !o.unheard:
			r.reply <- reopened{got: o.got}
		case o.sink == nil && o.loss.tries == 0:
			r.reply <- o.openSink(r)
		default:
			o.reopen, o.finishing = r, true
		}
	})
	select {
	case a := <-r.reply:
		return a.got, a.unheard, a.err
	case <-stop:
		o.do(func() {
			if o.reopen == r {
				o.reopen, o.finishing = nil, false
			}
		})
		return media.AudioFormat{}, false, errStopped
	case <-o.done:
		return media.AudioFormat{}, false, errStopped
	}
}

// finish says that nothing more will be written: the rest is played out and
// then reported as drained, with the name given.
func (o *output) finish(by any) { o.do(func() { o.finishing, o.finisher = true, by }) }

// unfinish takes back what finish said, so that more can be written, and
// reports whether it came in time: before all was heard.
func (o *output) unfinish(by any) (inTime bool) {
	o.do(func() {
		if inTime = o.finishing && o.finisher == by; inTime {
			o.finishing = false
		}
	})
	return inTime
}

// flush throws away everything that was written and not heard. No feeder may
// be writing.
func (o *output) flush() {
	o.do(func() {
		if o.sink != nil {
			o.sink.Drop()
		}
		o.part, o.left, o.fed = nil, 0, 0
		o.meter.restart()
		o.finishing, o.buffering = false, true
		if o.ring != nil {
			o.mu.Lock()
			o.base += o.ring.Written()
			o.ring.Reset()
			o.mu.Unlock()
		}
		o.publish(false)
	})
}

// release closes the device; the next reconfigure opens it again. The error
// is the device's, when it was closed.
func (o *output) release() (err error) {
	o.flush()
	o.do(func() {
		err = o.closeSink()
		o.loss, o.paused = loss{}, false
		o.whole()
	})
	return err
}

func (o *output) setVolume(v int) {
	o.do(func() {
		o.volume = v
		if o.gain != nil {
			o.gain.SetVolume(o.share())
		}
	})
}

// share is what of the volume is left for the gain: all of it, or nothing
// where the device does it.
func (o *output) share() int {
	if s, ok := o.sink.(VolumeSink); ok && s.SetVolume(o.volume) == nil {
		return pcm.MaxVolume
	}
	return o.volume
}

func (o *output) close() error {
	o.do(func() { o.quit = true })
	<-o.done
	return o.closeErr
}
