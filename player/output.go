package player

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

const (
	// period is the most that is handed to the device at once, and so how
	// long a command may wait for the device goroutine.
	period = 20 * time.Millisecond
	// prebuffer is what the ring must hold before the device is fed after a
	// start, a seek or a starvation.
	prebuffer = 200 * time.Millisecond
	// history is how much played sound the ring keeps, so that what a pause
	// drops from the device can be played again. No device buffer is longer.
	history = time.Second
	// A device that fails is opened again this often, this far apart.
	reopenTries = 10
	reopenPause = 500 * time.Millisecond
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
	want      media.AudioFormat
	part      []int32 // taken from the ring, not yet by the sink
	buf       []int32
	paused    bool
	buffering bool // fill the ring before feeding the device
	finishing bool // nothing more comes for now: play the ring out, then drain
	finisher  any  // who said so
	reopen    *reopening
	quit      bool
	tries     int // above 0: the device was lost, and this is the next opening of it
	retryAt   time.Time
	gain      *pcm.Gain
	volume    int

	tap tap

	mu    sync.Mutex
	ring  *pcm.Ring // replaced when the format changes
	got   media.AudioFormat
	base  int64 // absolute position of the ring's frame 0
	stats Output
	heard heard
}

// heard is what the device goroutine last knew of the device.
type heard struct {
	pos     int64 // absolute position of the next frame for the device
	delay   time.Duration
	at      time.Time
	running bool
}

// reopening asks the device goroutine for another format once everything
// before it was heard.
type reopening struct {
	want  media.AudioFormat
	reply chan reopened
}

type reopened struct {
	got media.AudioFormat
	err error
}

// outputEvent tells control what happened at the device.
type outputEvent struct {
	drained any   // everything that this finisher had written was heard
	err     error // the device failed
	fatal   bool  // and could not be opened again
}

func newOutput(open OpenAudio, size time.Duration, event func(outputEvent)) *output {
	o := &output{
		open: open, size: size, event: event,
		cmds: make(chan func()), wake: make(chan struct{}, 1), done: make(chan struct{}),
		buffering: true,
		volume:    pcm.MaxVolume,
	}
	go o.run()
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
	o.closeSink()
}

// idle says whether there is nothing to do but wait, and for how long at
// most (0: until something happens).
func (o *output) idle() (bool, time.Duration) {
	switch {
	case o.paused:
		return true, 0
	case o.sink == nil && o.tries > 0:
		return o.tryAgain()
	case o.sink == nil:
		return o.reopen == nil && !o.finishing, 0
	case len(o.part) > 0 || o.finishing:
		return false, 0
	}
	have := o.ring.Buffered()
	if o.buffering && int64(have) < o.got.Frames(min(prebuffer, o.size/2)) {
		return true, 0
	}
	if have == 0 {
		o.starve()
		return true, 0
	}
	o.buffering = false
	return false, 0
}

// starve notes that the ring ran dry in the middle of playing. A device that
// keeps nothing, as a file, takes sound faster than any decoder makes it and
// loses nothing by waiting.
func (o *output) starve() {
	o.buffering = true
	if d, err := o.sink.Delay(); err == nil && d <= 0 {
		return
	}
	o.mu.Lock()
	o.stats.Starved++
	o.mu.Unlock()
}

func (o *output) sleep(timeout time.Duration) {
	var expired <-chan time.Time
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
	at := o.position()
	n, err := o.sink.Write(o.part)
	o.tap.put(at, o.part[:n*o.got.Channels], o.got.Channels)
	o.part = o.part[n*o.got.Channels:]
	switch {
	case err == nil:
	case errors.Is(err, media.ErrXrun):
		o.mu.Lock()
		o.stats.Xruns++
		o.mu.Unlock()
	default:
		o.lose(err)
		return
	}
	o.publish(true)
}

// playedOut is reached when the feeder has ended and the ring is empty.
func (o *output) playedOut() {
	if o.sink != nil {
		if err := o.sink.Drain(); err != nil && !errors.Is(err, media.ErrXrun) {
			o.event(outputEvent{err: fmt.Errorf("sound output: drain: %w", err)})
		}
	}
	o.finishing, o.buffering = false, true
	o.publish(false)
	if r := o.reopen; r != nil {
		o.reopen = nil
		r.reply <- o.openSink(r.want)
		return
	}
	o.event(outputEvent{drained: o.finisher})
}

// openSink opens the device for another format.
func (o *output) openSink(want media.AudioFormat) reopened {
	o.closeSink()
	sink, got, err := o.tryOpen(want)
	if err != nil {
		return reopened{err: err}
	}
	o.install(sink, want, got)
	return reopened{got: got}
}

func (o *output) tryOpen(want media.AudioFormat) (AudioSink, media.AudioFormat, error) {
	sink, got, err := o.open(want)
	if err != nil {
		return nil, got, fmt.Errorf("sound output: open for %v: %w", want, err)
	}
	if got.Rate < 1 || got.Channels < 1 {
		sink.Close()
		return nil, got, fmt.Errorf("sound output: the device answered with an impossible format, %v", got)
	}
	return sink, got, nil
}

// install takes an opened sink into use, with a new ring where the format is
// another one.
func (o *output) install(sink AudioSink, want, got media.AudioFormat) {
	o.sink, o.want = sink, want
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ring == nil || o.got != got {
		o.base += o.ringRead()
		o.ring = pcm.NewRing(int(got.Frames(o.size)), int(got.Frames(history)), got.Channels)
		o.buf = make([]int32, max(int(got.Frames(period)), 1)*got.Channels)
		o.part = nil
		o.gain = pcm.NewGain(got, o.volume)
	}
	o.got = got
	o.stats.Format = got
	o.stats.Opened++
	o.heard = heard{pos: o.position(), at: time.Now()}
}

func (o *output) ringRead() int64 {
	if o.ring == nil {
		return 0
	}
	return o.ring.ReadPos()
}

// position is the absolute position of the next frame for the device.
func (o *output) position() int64 {
	p := o.base + o.ringRead()
	if o.got.Channels > 0 {
		p -= int64(len(o.part) / o.got.Channels)
	}
	return p
}

func (o *output) closeSink() {
	if o.sink == nil {
		return
	}
	o.sink.Close()
	o.sink = nil
	o.mu.Lock()
	o.stats.Format = media.AudioFormat{}
	o.stats.Delay = 0
	o.heard.running = false
	o.mu.Unlock()
}

// lose is reached when the device fails while playing.
func (o *output) lose(err error) {
	o.closeSink()
	o.mu.Lock()
	o.stats.Lost++
	o.mu.Unlock()
	o.tries = 1
	o.event(outputEvent{err: fmt.Errorf("sound output: %w", err)})
}

// tryAgain opens a lost device again, for what is in the ring, when it is
// time to. Until it succeeds there is nothing to do but wait.
func (o *output) tryAgain() (wait bool, timeout time.Duration) {
	if d := time.Until(o.retryAt); d > 0 {
		return true, d
	}
	sink, got, err := o.tryOpen(o.want)
	if err == nil && got == o.got {
		o.install(sink, o.want, got)
		o.tries = 0
		return false, 0
	}
	if err == nil {
		sink.Close()
		err = fmt.Errorf("sound output: came back as %v instead of %v", got, o.got)
	}
	o.retryAt = time.Now().Add(reopenPause)
	if o.tries++; o.tries > reopenTries {
		o.tries, o.paused = 0, true
		o.event(outputEvent{err: err, fatal: true})
	}
	return true, reopenPause
}

// publish tells the other goroutines how far the device is.
func (o *output) publish(running bool) {
	var delay time.Duration
	if o.sink != nil && running {
		if d, err := o.sink.Delay(); err == nil && d > 0 {
			delay = d
		}
	}
	o.mu.Lock()
	o.heard = heard{pos: o.position(), delay: delay, at: time.Now(), running: running}
	o.stats.Delay = delay
	o.mu.Unlock()
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
// untouched; otherwise everything written before is played out first.
func (o *output) reconfigure(want media.AudioFormat, stop <-chan struct{}) (media.AudioFormat, error) {
	r := &reopening{want: want, reply: make(chan reopened, 1)}
	o.do(func() {
		switch {
		case o.sink != nil && o.want == want:
			r.reply <- reopened{got: o.got}
		case o.sink == nil && o.tries == 0:
			r.reply <- o.openSink(want)
		default:
			o.reopen, o.finishing = r, true
		}
	})
	select {
	case a := <-r.reply:
		return a.got, a.err
	case <-stop:
		o.do(func() {
			if o.reopen == r {
				o.reopen, o.finishing = nil, false
			}
		})
		return media.AudioFormat{}, errStopped
	case <-o.done:
		return media.AudioFormat{}, errStopped
	}
}

// finish says that nothing more will be written: the rest is played out and
// then reported as drained, with the name given.
func (o *output) finish(by any) { o.do(func() { o.finishing, o.finisher = true, by }) }

// pause stops the sound at once. What the device had not played yet is kept
// and comes again on resume.
func (o *output) pause() {
	o.do(func() {
		if o.paused {
			return
		}
		o.paused = true
		o.rewind()
	})
}

// rewind drops what is in the device and steps the ring back by as much.
func (o *output) rewind() {
	if o.sink == nil {
		return
	}
	delay, err := o.sink.Delay()
	if err != nil {
		delay = 0
	}
	o.sink.Drop()
	frames := int(o.got.Frames(delay)) + len(o.part)/o.got.Channels
	o.ring.Unread(frames)
	o.part = nil
	o.publish(false)
}

func (o *output) resume() { o.do(func() { o.paused = false }) }

// flush throws away everything that was written and not heard. No feeder may
// be writing.
func (o *output) flush() {
	o.do(func() {
		if o.sink != nil {
			o.sink.Drop()
		}
		o.part = nil
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

// release closes the device; the next reconfigure opens it again.
func (o *output) release() {
	o.flush()
	o.do(func() { o.closeSink(); o.tries, o.paused = 0, false })
}

func (o *output) setVolume(v int) {
	o.do(func() {
		o.volume = v
		if o.gain != nil {
			o.gain.SetVolume(v)
		}
	})
}

func (o *output) close() {
	o.do(func() { o.quit = true })
	<-o.done
}

// position now: the absolute position of what is heard.
func (o *output) now() int64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.heard
	if h.running {
		h.delay -= time.Since(h.at)
	}
	return h.pos - o.got.Frames(max(h.delay, 0))
}

// report is a copy of the device's counters.
func (o *output) report() Output {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.stats
	if o.ring != nil && o.got.Rate > 0 {
		s.Buffered = o.got.Duration(int64(o.ring.Buffered()))
		s.Capacity = o.size
	}
	return s
}
