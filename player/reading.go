package player

import "sync"

// reading is a demuxer that one goroutine reads, and another may have to end.
type reading struct {
	mu    sync.Mutex
	of    Demuxer
	ended bool
}

// begin is called before d is read, and is forgotten by the next.
func (r *reading) begin(d Demuxer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of = d
	r.interrupt()
}

// end has the reading end, at once where it can be interrupted.
func (r *reading) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	r.interrupt()
}

// interrupt does so if the end has come. r.mu is held.
func (r *reading) interrupt() {
	if i, ok := r.of.(Interrupter); ok && r.ended {
		i.Interrupt()
	}
}
