//go:build linux

package fbdev

import "time"

// A panner pans on a goroutine of its own, shortly before the panel begins a frame,
// until which the call lasts. It does not call at once: a thread that waits in a
// call keeps a processor of Go's run-time, which looks at it thousands of times a
// second in order to take it away.
type panner struct {
	pan  func(page int) error
	ask  chan int
	done chan error // what came of it

	known bool          // frame is
	frame time.Duration // how long the panel shows one; 0 where the call does not wait
	begun time.Time     // when one began
}

const (
	// panEarly is how long before a frame begins the call is made.
	panEarly = 2 * time.Millisecond
	// frames of a panel last between these.
	shortestFrame, longestFrame = 4 * time.Millisecond, 50 * time.Millisecond
)

func newPanner(pan func(page int) error) *panner {
	p := &panner{pan: pan, ask: make(chan int), done: make(chan error, 1)}
	go p.run()
	return p
}

// run pans until ask is closed.
func (p *panner) run() {
	for page := range p.ask {
		p.await()
		err := p.pan(page)
		if err == nil {
			p.learn(page)
		}
		p.done <- err
	}
}

// await sleeps until a frame is about to begin.
func (p *panner) await() {
	if p.frame == 0 {
		return
	}
	since := time.Since(p.begun)
	if left := p.frame - since%p.frame; left > panEarly {
		time.Sleep(left - panEarly)
	}
}

// learn finds out how long frames are: the first time by panning to where the
// panel is.
func (p *panner) learn(page int) {
	now := time.Now()
	if !p.known {
		p.known = true
		if p.pan(page) != nil {
			return
		}
		if d := time.Since(now); d >= shortestFrame && d <= longestFrame {
			p.frame = d
		}
		p.begun = time.Now()
		return
	}
	if p.frame > 0 {
		d := now.Sub(p.begun)
		if n := (d + p.frame/2) / p.frame; n > 0 && n < 8 {
			p.frame += (d/n - p.frame) / 8
		}
	}
	p.begun = now
}
