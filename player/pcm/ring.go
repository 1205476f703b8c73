package pcm

import (
	"errors"
	"sync"
)

// ErrStopped is returned by Ring.Write when its stop channel was closed, or
// the ring was Reset, before all frames were taken.
var ErrStopped = errors.New("pcm: stopped")

// A Ring holds decoded frames between one goroutine that writes and one that
// reads. Behind the reader it keeps a stretch of what was read, so that
// sound which a device dropped can be played again.
//
// Frames are numbered from 0 at the first one written after NewRing or
// Reset. All methods may be called from any goroutine, but there is one
// writer (Write) and one reader (Read, Unread, Wait, Readable) at a time.
type Ring struct {
	channels int
	ahead    int64 // frames that the writer may be in front of the reader
	history  int64 // frames that the reader can step back

	// readable and writable hold at most one token each: "look again". A
	// token may be stale, a missing one means that nothing changed.
	readable, writable chan struct{}

	mu      sync.Mutex
	buf     []int32
	written int64 // frames ever written
	read    int64 // the next frame that Read gives
	high    int64 // one past the last frame ever read
	epoch   int   // counts Resets, so that a blocked Write notices
}

// NewRing makes a ring that takes frames frames before Write blocks and
// keeps history frames for Unread. It panics when frames or channels is
// below 1 or history is negative.
func NewRing(frames, history, channels int) *Ring {
	if frames < 1 || history < 0 || channels < 1 {
		panic("pcm: NewRing: bad size")
	}
	return &Ring{
		channels: channels,
		ahead:    int64(frames),
		history:  int64(history),
		readable: make(chan struct{}, 1),
		writable: make(chan struct{}, 1),
		buf:      make([]int32, (frames+history)*channels),
	}
}

// Write copies p, whole interleaved frames, into the ring and blocks while
// it is full. It returns how many frames were taken: all of them with a nil
// error, or fewer with ErrStopped once stop is closed. A nil stop never
// stops.
func (r *Ring) Write(p []int32, stop <-chan struct{}) (frames int, err error) {
	total := len(p) / r.channels
	epoch := r.currentEpoch()
	for frames < total {
		n, ok := r.put(p[frames*r.channels:total*r.channels], epoch)
		if !ok {
			return frames, ErrStopped
		}
		frames += n
		if n > 0 {
			continue
		}
		select {
		case <-r.writable:
		case <-stop:
			return frames, ErrStopped
		}
	}
	return frames, nil
}

func (r *Ring) currentEpoch() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.epoch
}

// put copies as many frames of p as fit; ok is false after a Reset.
func (r *Ring) put(p []int32, epoch int) (frames int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.epoch != epoch {
		return 0, false
	}
	frames = min(r.free(), len(p)/r.channels)
	if frames == 0 {
		return 0, true
	}
	p = p[:frames*r.channels]
	n := copy(r.buf[r.index(r.written):], p)
	copy(r.buf, p[n:])
	r.written += int64(frames)
	signal(r.readable)
	return frames, true
}

// Read copies up to len(p) samples of whole frames into p and returns the
// number of frames, 0 when there are none. It does not block.
func (r *Ring) Read(p []int32) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	frames := min(int(r.written-r.read), len(p)/r.channels)
	if frames == 0 {
		return 0
	}
	p = p[:frames*r.channels]
	n := copy(p, r.buf[r.index(r.read):])
	copy(p[n:], r.buf)
	r.read += int64(frames)
	r.high = max(r.high, r.read)
	signal(r.writable)
	return frames
}

// Wait blocks until there is something to read, and returns true, or until
// stop is closed, and returns false.
func (r *Ring) Wait(stop <-chan struct{}) bool {
	for r.Buffered() == 0 {
		select {
		case <-r.readable:
		case <-stop:
			return false
		}
	}
	return true
}

// Readable gives a token whenever frames were written since the last token
// was taken, for a reader that waits for other things too. A token may come
// when there is nothing to read any more: look at Buffered.
func (r *Ring) Readable() <-chan struct{} { return r.readable }

// Unread steps the reader back over the frames read most recently, at most
// frames of them and never further than the ring's history behind the
// furthest frame ever read. It returns how many frames it stepped. Until
// they are read again the ring may hold more than its capacity.
func (r *Ring) Unread(frames int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	floor := max(0, r.high-r.history)
	n := max(0, min(int64(frames), r.read-floor))
	r.read -= n
	if n > 0 {
		signal(r.readable)
	}
	return int(n)
}

// Unwrite takes back the frames written most recently, at most frames of them and
// none that were ever read, and returns how many. No Write may be under way.
func (r *Ring) Unwrite(frames int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := max(0, min(int64(frames), r.written-r.high))
	r.written -= n
	if n > 0 {
		signal(r.writable)
	}
	return int(n)
}

// Buffered is the number of frames that can be read now.
func (r *Ring) Buffered() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return int(r.written - r.read)
}

// Free is the number of frames that Write would take without blocking.
func (r *Ring) Free() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.free()
}

// Written is the number of the next frame to be written.
func (r *Ring) Written() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.written
}

// ReadPos is the number of the next frame to be read.
func (r *Ring) ReadPos() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.read
}

// Reset forgets all frames, and numbers them from 0 again. A Write that is
// blocked meanwhile returns ErrStopped.
func (r *Ring) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.written, r.read, r.high = 0, 0, 0
	r.epoch++
	signal(r.writable)
}

func (r *Ring) free() int { return int(max(0, r.ahead-(r.written-r.read))) }

// index is where frame pos stands in buf.
func (r *Ring) index(pos int64) int {
	return int(pos%(r.ahead+r.history)) * r.channels
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
