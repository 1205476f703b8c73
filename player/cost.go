package player

import "time"

// cost measures what decoding takes of a processor: by the clock of the thread
// that does it, as others may compute in between. A goroutine that was moved to
// another thread while it decoded is not measured.
type cost struct {
	clock  func() (thread int, used time.Duration)
	thread int
	used   time.Duration
}

func (c *cost) begin(clock func() (int, time.Duration)) {
	if c.clock = clock; clock != nil {
		c.thread, c.used = clock()
	}
}

// end is what was used since begin.
func (c *cost) end() (used time.Duration, ok bool) {
	if c.clock == nil {
		return 0, false
	}
	thread, now := c.clock()
	return now - c.used, thread == c.thread && thread != 0 && now >= c.used
}

// noteCost adds what decoding some sound took.
func (o *output) noteCost(sound, used time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stats.Decoded += sound
	o.stats.Decoding += used
}
