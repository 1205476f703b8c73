package ui

import (
	"errors"
	"sync"

	"linnet/ui/ial"
)

// ErrStopped is returned to a goroutine that waits for a loop that has ended.
var ErrStopped = errors.New("ui: the loop has ended")

// message is a posted message: an event or a function.
type message struct {
	e ial.Event
	f func()
}

// queue holds what other goroutines have for the loop.
type queue struct {
	mu      sync.Mutex
	wake    chan struct{} // of one: something was put in
	stopped chan struct{} // closed when the loop has ended
	quit    bool
	err     error // why the source ended, if not io.EOF
	sync    []*call
	notices []*Notice
	posted  []message
	settle  []*call
}

// call is a function that another goroutine waits for.
type call struct {
	f    func()
	done chan struct{}
}

func (q *queue) init() {
	q.wake = make(chan struct{}, 1)
	q.stopped = make(chan struct{})
}

func (q *queue) rouse() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// event posts an input event. One that only repeats or continues what waits
// at the end of the queue is folded into it.
func (q *queue) event(e ial.Event) {
	q.mu.Lock()
	if n := len(q.posted); n == 0 || q.posted[n-1].f != nil || !fold(&q.posted[n-1].e, e) {
		q.posted = append(q.posted, message{e: e})
	}
	q.mu.Unlock()
	q.rouse()
}

func fold(last *ial.Event, e ial.Event) bool {
	if last.Type != e.Type {
		return false
	}
	switch e.Type {
	case ial.PointerMove:
		*last = e
		return true
	case ial.Wheel:
		e.Delta += last.Delta
		*last = e
		return true
	case ial.KeyPress:
		return e.Repeat && last.Key == e.Key && last.Repeat
	case ial.Expose:
		return true
	}
	return false
}

// Post has f called on the desktop's goroutine, in the order of posting. It
// may be called on any goroutine and does not wait. After the loop has ended
// it does nothing.
func (d *Desktop) Post(f func()) {
	d.q.mu.Lock()
	d.q.posted = append(d.q.posted, message{f: f})
	d.q.mu.Unlock()
	d.q.rouse()
}

// Call has f called on the desktop's goroutine before anything posted, and
// waits for it. It must not be called on that goroutine.
func (d *Desktop) Call(f func()) error {
	return d.wait(&d.q.sync, f)
}

// Settle has f called on the desktop's goroutine when everything that was
// posted before is handled and painted, and waits for it. It must not be
// called on that goroutine.
func (d *Desktop) Settle(f func()) error {
	return d.wait(&d.q.settle, f)
}

func (d *Desktop) wait(list *[]*call, f func()) error {
	c := &call{f, make(chan struct{})}
	d.q.mu.Lock()
	*list = append(*list, c)
	d.q.mu.Unlock()
	d.q.rouse()
	select {
	case <-c.done:
		return nil
	case <-d.q.stopped:
		select {
		case <-c.done:
			return nil
		default:
			return ErrStopped
		}
	}
}

// Quit ends the loop. It may be called on any goroutine.
func (d *Desktop) Quit() {
	d.q.mu.Lock()
	d.q.quit = true
	d.q.mu.Unlock()
	d.q.rouse()
}

// A Notice tells the desktop's goroutine that something changed. However
// often it is raised before it is told, it is told once.
type Notice struct {
	desk    *Desktop
	f       func()
	pending bool // guarded by the queue's mutex
}

// NewNotice makes a notice that calls f on the desktop's goroutine.
func (d *Desktop) NewNotice(f func()) *Notice { return &Notice{desk: d, f: f} }

// Raise has the notice told. It may be called on any goroutine and does not
// wait.
func (n *Notice) Raise() {
	q := &n.desk.q
	q.mu.Lock()
	if !n.pending {
		n.pending = true
		q.notices = append(q.notices, n)
	}
	q.mu.Unlock()
	q.rouse()
}
