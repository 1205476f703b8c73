package player

import (
	"errors"
	"fmt"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

// The opening, losing and closing of the device, all on its goroutine.

const (
	// reopenPause is the time between two attempts to open a lost device.
	reopenPause = 500 * time.Millisecond
	// awayTries is how many attempts are made: for a minute, in which a plug
	// can be put back.
	awayTries = 120
	// reopenTries is how often a device may open only to fail again.
	reopenTries = 10
)

// playedOut is reached when the feeder has ended and the ring is empty.
func (o *output) playedOut() {
	if o.sink != nil {
		if again := o.drain(); again {
			return
		}
	}
	o.finishing, o.buffering, o.left, o.fed = false, true, 0, 0
	o.meter.restart()
	o.publish(false)
	if r := o.reopen; r != nil {
		o.reopen = nil
		r.reply <- o.openSink(r)
		return
	}
	o.event(outputEvent{drained: o.finisher})
}

// drain has the device play out. It says whether there is more to do, as the
// device stopped before its end.
func (o *output) drain() (again bool) {
	err := o.sink.Drain()
	var x media.Xrun
	var stuck media.Stuck
	switch {
	case err == nil:
	case errors.As(err, &x):
		o.xrun(err, 0)
		return x.Unheard > 0
	case errors.Is(err, media.ErrXrun):
	case errors.As(err, &stuck), o.meter.left(time.Now()) > 0, o.reopen != nil: // a device that is away now could not be opened either
		o.lose(fmt.Errorf("drain: %w", err))
		return true
	default:
		o.event(outputEvent{err: fmt.Errorf("sound output: drain: %w", err)})
	}
	return false
}

// openSink opens the device for another format.
func (o *output) openSink(r *reopening) reopened {
	if err := o.closeSink(); err != nil {
		o.event(outputEvent{err: err})
	}
	sink, got, err := o.tryOpen(o.open, r.want)
	o.unheard = err != nil && r.clock != nil
	if o.unheard {
		o.event(outputEvent{err: err})
		sink, got, err = o.tryOpen(r.clock, r.want)
	}
	if err != nil {
		return reopened{err: err}
	}
	o.loss = loss{}
	o.install(sink, r.want, got)
	return reopened{got: got, unheard: o.unheard}
}

func (o *output) tryOpen(open OpenAudio, want media.AudioFormat) (AudioSink, media.AudioFormat, error) {
	sink, got, err := open(want)
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
	o.loss.taken, o.fed = 0, 0
	o.meter.open(got)
	volume := o.share()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ring == nil || o.got != got {
		o.base += o.ringRead()
		ahead := o.ringFrames(got, o.size)
		o.ring = pcm.NewRing(ahead, o.ringFrames(got, history), got.Channels)
		o.buf = make([]int32, max(min(int(got.Frames(period)), ahead/4), 1)*got.Channels)
		o.part = nil
		o.gain = pcm.NewGain(got, volume)
	}
	o.gain.SetVolume(volume)
	o.got = got
	o.enough = o.cushion()
	o.stats.Format = got
	o.stats.Opened++
	o.stats.PPM, o.stats.Measured = 0, 0
	o.heard = heard{pos: o.position(), at: time.Now()}
}

// closeSink closes the device, if it is open.
func (o *output) closeSink() error {
	if o.sink == nil {
		return nil
	}
	err := o.sink.Close()
	o.sink = nil
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stats.Format = media.AudioFormat{}
	o.stats.Delay = 0
	if h := &o.heard; h.running {
		h.delay, h.running = max(h.delay-time.Since(h.at), 0), false
	}
	if err != nil {
		return fmt.Errorf("sound output: close: %w", err)
	}
	return nil
}

// loss is what became of a device that failed.
type loss struct {
	tries   int // above 0: it is closed, and this is the next opening of it
	retryAt time.Time
	again   int   // failures in a row with hardly any sound between them
	taken   int64 // frames that it took since it was opened
	final   bool  // it was given up, and control was told
}

// lose is reached when the device fails while playing. One that comes back
// only to fail again, as a file on a full disk, is tried again some
// times and then given up.
func (o *output) lose(err error) {
	var stuck media.Stuck
	if errors.As(err, &stuck) { // for a while, which the clock knows nothing of
		o.unread(o.meter.told(int64(stuck.Queued), int64(stuck.Silent)))
	} else {
		o.unread(o.meter.left(time.Now()))
	}
	o.meter.restart()
	o.publish(false)
	o.closeSink()
	o.mu.Lock()
	o.stats.Lost++
	o.mu.Unlock()
	err = fmt.Errorf("sound output: %w", err)
	if o.loss.taken >= o.got.Frames(reopenPause) {
		o.loss.again = 0
	}
	switch o.loss.again++; {
	case o.loss.again > reopenTries:
		o.giveUp(err)
		return
	case o.loss.again > 1:
		o.loss.retryAt = time.Now().Add(reopenPause)
	default:
		o.event(outputEvent{err: err})
	}
	o.loss.tries = 1
}

// giveUp leaves it to control what to do without the device.
func (o *output) giveUp(err error) {
	o.loss.tries, o.loss.final = 0, true
	o.event(outputEvent{err: fmt.Errorf("%w; %w", err, ErrNoOutput), fatal: true})
}

// lost says whether the device was given up, and not opened since.
func (o *output) lost() (final bool) {
	o.do(func() { final = o.loss.final })
	return final
}

// tryAgain opens a lost device again, for what is in the ring, when it is
// time to. Until it succeeds there is nothing to do but wait.
func (o *output) tryAgain() (wait bool, timeout time.Duration) {
	if d := time.Until(o.loss.retryAt); d > 0 {
		return true, d
	}
	sink, got, err := o.tryOpen(o.open, o.want)
	if err == nil && got == o.got {
		o.install(sink, o.want, got)
		o.loss.tries = 0
		return false, 0
	}
	if err == nil {
		// Control has everything fed again, in the new format, from what was
		// heard last.
		sink.Close()
		o.loss = loss{}
		o.event(outputEvent{other: true})
		return true, 0
	}
	o.loss.retryAt = time.Now().Add(reopenPause)
	if o.loss.tries++; o.loss.tries > awayTries {
		o.giveUp(err)
	}
	return true, reopenPause
}
