package sdl

import (
	"io"
	"sync"

	"linnet/ui/ial"
)

// queue holds events until they are read. It is an ial.Source.
type queue struct {
	mu     sync.Mutex
	more   sync.Cond
	events []ial.Event
	closed bool
}

// maxEvents is how many events wait for a reader that has stopped reading;
// a person does not make as many, so what is then lost is noise.
const maxEvents = 1024

func (q *queue) init() { q.more.L = &q.mu }

// put adds an event, or merges it into the last one.
func (q *queue) put(e ial.Event) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return
	}
	n := len(q.events)
	switch {
	case n > 0 && merge(&q.events[n-1], e):
	case n < maxEvents || e.Type == ial.Quit:
		q.events = append(q.events, e)
	}
	q.more.Signal()
}

// merge makes last stand for e too, where the two say no more than one.
func merge(last *ial.Event, e ial.Event) bool {
	if last.Type != e.Type {
		return false
	}
	switch e.Type {
	case ial.PointerMove, ial.Expose:
		*last = e
		return true
	case ial.KeyPress:
		return e.Repeat && last.Key == e.Key
	case ial.Wheel:
		if last.At != e.At {
			return false
		}
		last.Delta += e.Delta
		last.When = e.When
		return true
	}
	return false
}

// ReadEvent waits for an event; after Close it is io.EOF.
func (q *queue) ReadEvent() (ial.Event, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.events) == 0 && !q.closed {
		q.more.Wait()
	}
	if q.closed {
		return ial.Event{}, io.EOF
	}
	e := q.events[0]
	q.events = q.events[:copy(q.events, q.events[1:])]
	return e, nil
}

// Close ends the events.
func (q *queue) Close() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.more.Broadcast()
	return nil
}
