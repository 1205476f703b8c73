package player

import "time"

// watch is what the device goroutine knows of its own delays.
type watch struct {
	cushion time.Duration // what the ring is to hold before the device is fed
	usual   time.Duration // how long a Write waits for room
	filled  bool          // the ring has been full since base: its level counts
	base    int64         // of the ring when its level was noted last
	known   bool          // a level was noted
}

// maxUsual is the longest period of a device that is taken for one.
const maxUsual = 5 * period

// blocked notes how long a Write took. What it takes as a rule is the device's
// period; more than that and one of ours is a late wake-up.
func (o *output) blocked(d time.Duration) {
	w := &o.watch
	switch {
	case d < time.Millisecond: // there was room
	case w.usual == 0 && d <= maxUsual:
		w.usual = d
	case d > max(w.usual, period)+period:
		o.noteLate(d - w.usual)
	default:
		w.usual += (d - w.usual) / 16
	}
}

// noteLate counts a wake-up that came late, if it did, and has the ring hold
// more from now on before the device is fed.
func (o *output) noteLate(by time.Duration) {
	if by <= period {
		return
	}
	o.mu.Lock()
	o.stats.Late++
	o.stats.Latest = max(o.stats.Latest, by)
	o.mu.Unlock()
	o.grow(prebuffer + by)
}

// grow makes the cushion longer, for what has proved to happen.
func (o *output) grow(to time.Duration) {
	if to <= o.watch.cushion {
		return
	}
	o.watch.cushion = min(to, o.size)
	o.mu.Lock()
	o.stats.Prebuffer = o.watch.cushion
	o.mu.Unlock()
	if o.ring != nil {
		o.enough = o.cushion()
	}
}

// cushion is the ring's part that is to be full before the device is fed, in
// frames: never more than three quarters.
func (o *output) cushion() int {
	ahead := o.ringFrames(o.got, o.size)
	n := int(o.got.Frames(o.watch.cushion))
	if o.watch.cushion <= prebuffer {
		return min(n, ahead/2)
	}
	return min(n, ahead*3/4)
}

// level notes how full the ring is now that the device was fed. The least counts
// from when the ring was first filled after a start or a seek, and not at the
// end of the sound, when it must run empty. Its caller holds mu.
func (o *output) level() {
	if o.ring == nil || o.finishing || o.sink == nil {
		o.low.Store(false)
		return
	}
	have, ahead := o.ring.Buffered(), o.ringFrames(o.got, o.size)
	o.low.Store(8*have < 7*ahead)
	o.stats.Levels[min(have*len(o.stats.Levels)/ahead, len(o.stats.Levels)-1)]++
	w := &o.watch
	w.filled = w.filled && w.base == o.base || 10*have >= 9*ahead
	w.base = o.base
	if d := o.got.Duration(int64(have)); w.filled && (!w.known || d < o.stats.Least) {
		o.stats.Least, w.known = d, true
	}
}

// ahead says whether half of the ring is full.
func (o *output) ahead() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.ring != nil && 2*o.ring.Buffered() > o.ringFrames(o.got, o.size)
}
