package player

import "time"

// heard is what the device goroutine last knew of the device.
type heard struct {
	pos     int64 // absolute position of the next frame for the device
	delay   time.Duration
	at      time.Time
	running bool
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

// publish tells the other goroutines how far the device is.
func (o *output) publish(running bool) {
	var delay time.Duration
	if o.sink != nil && running {
		delay = o.got.Duration(o.ask())
	}
	o.mu.Lock()
	o.heard = heard{pos: o.position(), delay: delay, at: time.Now(), running: running}
	o.stats.Delay = delay
	if d := o.meter.span(); d > 0 { // else the last one holds
		o.stats.PPM, o.stats.Measured = o.meter.ppm(), d
	}
	if running {
		o.level()
	} else {
		o.low.Store(false)
	}
	o.mu.Unlock()
}

// ask is how many frames that the device took are not heard, by what it says
// and by the clock.
func (o *output) ask() int64 {
	o.look()
	return o.meter.left(time.Now())
}

// look asks the device how much it has, and has the meter know.
func (o *output) look() (time.Duration, error) {
	d, err := o.sink.Delay()
	if err == nil {
		o.meter.usual = max(o.watch.usual, period)
		o.meter.look(time.Now(), max(d, 0))
	}
	return d, err
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

// evenly is now, but moves as the machine's clock does: for pictures. moving says
// whether it does.
func (o *output) evenly() (pos int64, moving bool) {
	told := o.now()
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.even.look(told, time.Now(), o.heard.running, o.got), o.heard.running
}

// report is a copy of the device's counters.
func (o *output) report() Output {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.stats
	if o.ring != nil && o.got.Rate > 0 {
		s.Buffered = o.got.Duration(int64(o.ring.Buffered()))
		s.Capacity = o.got.Duration(int64(o.ringFrames(o.got, o.size)))
	}
	return s
}
