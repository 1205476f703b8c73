package player

import (
	"time"

	"linnet/player/stretch"
)

// A flipper shows what is drawn when its time comes, on a goroutine of its own,
// while the projector decodes: one picture that takes long keeps no other waiting.
type flipper struct {
	p    *Player
	ask  chan flip
	stop chan struct{}
	done chan flipped
	idle *time.Timer
}

// flip is what it is asked for: to have a sink show what is drawn at a time of a
// session.
type flip struct {
	sink    VideoSink
	due     time.Duration
	session int
}

// flipped is what came of it.
type flipped struct {
	shown bool
	late  time.Duration
	when  time.Time
	err   error
}

func newFlipper(p *Player) *flipper {
	f := &flipper{p: p, ask: make(chan flip), stop: make(chan struct{}), done: make(chan flipped, 1), idle: time.NewTimer(0)}
	go f.run()
	return f
}

// run ends when ask is closed.
func (f *flipper) run() {
	for q := range f.ask {
		f.done <- f.await(q)
	}
}

func (f *flipper) await(q flip) flipped {
	for {
		now := f.p.moment()
		wait := glance
		switch late := now.at - q.due; {
		case !now.known || now.session != q.session:
			return flipped{}
		case now.playing && late >= 0:
			err := q.sink.Flip()
			return flipped{true, late, time.Now(), err}
		case now.playing:
			wait = now.patience(q.due)
		}
		f.idle.Reset(wait)
		select {
		case <-f.stop:
			return flipped{}
		case <-f.idle.C:
		}
	}
}

// collect ends what was asked for, and says what came of it.
func (f *flipper) collect() flipped {
	select {
	case f.stop <- struct{}{}:
		return <-f.done
	case r := <-f.done:
		return r
	}
}

// patience is for how long not to look at the clock again while it is not a time of
// the track yet.
func (m moment) patience(at time.Duration) time.Duration {
	if !m.moving {
		return min(m.until(at), quick)
	}
	return min(m.until(at), glance)
}

// until is how long it takes until a time of the track is heard.
func (m moment) until(at time.Duration) time.Duration {
	return (at - m.at) * stretch.Normal / time.Duration(max(m.speed, 1))
}
