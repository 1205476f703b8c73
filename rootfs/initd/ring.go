package initd

import "sync"

// A ring keeps the last bytes of a stream. Who follows the stream asks by
// offset from its beginning, and learns how much went by unseen. It is safe
// for concurrent use and never makes the writer wait.
type ring struct {
	mu    sync.Mutex
	buf   []byte
	end   int64         // bytes written since the beginning
	grown chan struct{} // closed, and made anew, by the next write
}

func newRing(size int) *ring {
	return &ring{buf: make([]byte, size), grown: make(chan struct{})}
}

// Write never fails.
func (r *ring) Write(p []byte) (int, error) {
	n := len(p)
	r.mu.Lock()
	defer r.mu.Unlock()
	if over := len(p) - len(r.buf); over > 0 {
		r.end += int64(over)
		p = p[over:]
	}
	for len(p) > 0 {
		c := copy(r.buf[r.end%int64(len(r.buf)):], p)
		r.end += int64(c)
		p = p[c:]
	}
	if n > 0 {
		close(r.grown)
		r.grown = make(chan struct{})
	}
	return n, nil
}

// start is the offset of the oldest byte that is kept.
func (r *ring) start() int64 { return max(0, r.end-int64(len(r.buf))) }

// read copies what stands at offset at into dst. Lost is how many bytes from
// there on are no longer kept; what is copied begins behind them. Where n is
// 0, more closes when there is something.
func (r *ring) read(at int64, dst []byte) (n int, lost int64, more <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	lost = max(0, r.start()-at)
	at += lost
	for at < r.end && n < len(dst) {
		from := int(at % int64(len(r.buf)))
		to := min(len(r.buf), from+int(r.end-at))
		c := copy(dst[n:], r.buf[from:to])
		n, at = n+c, at+int64(c)
	}
	return n, lost, r.grown
}

// bytes are all that is kept.
func (r *ring) bytes() []byte {
	r.mu.Lock()
	at, size := r.start(), r.end-r.start()
	r.mu.Unlock()
	all := make([]byte, size)
	n, _, _ := r.read(at, all)
	return all[:n]
}
