// Package pull is the buffer between the player, which writes when it can,
// and a sound library that calls for frames when it wants them.
//
// The library's thread takes what is there and never waits. Where too little
// is there it gets silence, which is an xrun, and then more silence until
// the buffer has filled again: one gap instead of many.
package pull

import (
	"errors"
	"sync"
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
)

// Feed is the buffer. Write and the methods after it belong to the player's
// goroutine, Pull to the library's thread.
type Feed struct {
	format media.AudioFormat
	period int // frames that Write waits for
	device int // frames that the library and the device keep, when full
	enough int // frames to start with
	bytes  int // bytes of a frame
	encode func([]byte, []int32) []byte
	ring   *pcm.Ring

	mu      sync.Mutex
	state   state
	drain   bool  // running dry is no xrun
	xrun    bool  // ran dry since the last Write
	given   int64 // frames given to the library since Start, silence too
	full    int64 // of given, what can be unheard at most
	chunk   int64 // given at once, the last time
	last    time.Time
	scratch []int32 // of Pull
}

type state uint8

const (
	idle     state = iota // silence, and no harm
	starting              // the next Pull is the first with music
	playing
	dry // silence until there is enough again
)

// New makes a Feed for frames of the format, 16 bits wide where Bits is 16
// or less, else 32, and a library that keeps device frames. The Feed itself
// takes two periods more, so that it can fill the library at once and still
// has something.
func New(format media.AudioFormat, period, device int) *Feed {
	f := &Feed{
		format: format, period: period, device: device,
		bytes: 2 * format.Channels, encode: pcm.AppendS16,
		ring:    pcm.NewRing(device+2*period, 0, format.Channels),
		scratch: make([]int32, period*format.Channels),
	}
	f.enough = device + period
	if format.Bits > 16 {
		f.bytes, f.encode = 4*format.Channels, pcm.AppendS32
	}
	return f
}

// Pull fills out, whole frames of little-endian samples, with what comes
// next.
func (f *Feed) Pull(out []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	want := len(out) / f.bytes
	if want == 0 {
		return
	}
	f.given += int64(want)
	f.chunk = int64(want)
	f.last = time.Now()
	if f.state == dry && (f.ring.Buffered() >= f.enough || f.drain && f.ring.Buffered() > 0) {
		f.state = starting
	}
	if f.state == starting {
		f.full = max(f.full, int64(want)) // it keeps more than was told
		// What is too little for the library comes last, so that no gap
		// follows it.
		if missing := want - f.ring.Buffered(); missing > 0 {
			clear(out[:missing*f.bytes])
			out = out[missing*f.bytes:]
		}
		f.state = playing
	}
	if f.state == playing {
		out = out[f.take(out)*f.bytes:]
		if len(out) >= f.bytes {
			f.state = dry
			f.xrun = f.xrun || !f.drain
		}
	}
	clear(out)
}

// take fills out with music as far as there is some.
func (f *Feed) take(out []byte) (frames int) {
	for room := len(out) / f.bytes; room > 0; {
		n := f.ring.Read(f.scratch[:min(room, f.period)*f.format.Channels])
		if n == 0 {
			break
		}
		f.encode(out[frames*f.bytes:frames*f.bytes], f.scratch[:n*f.format.Channels])
		frames += n
		room -= n
	}
	return frames
}

// fill is how many frames the device has left. It asks when it has room, so
// it was full when it last did, once it was given so much. By the time that what
// it was given then is played it asks again: one that does not stands still.
func (f *Feed) fill() int64 {
	if f.given == 0 {
		return 0
	}
	return max(0, min(f.given, f.full)-min(f.format.Frames(time.Since(f.last)), 2*f.chunk))
}

// Write puts frames into the buffer. When there is no room it waits for a
// period, and takes what fits then.
func (f *Feed) Write(frames []int32) (int, error) {
	want := len(frames) / f.format.Channels
	if want > 0 && f.ring.Free() == 0 {
		time.Sleep(f.format.Duration(int64(f.period)))
	}
	n := min(want, f.ring.Free())
	f.ring.Write(frames[:n*f.format.Channels], nil)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.xrun {
		f.xrun = false
		return n, media.ErrXrun
	}
	return n, nil
}

// Rewind takes back what the library has not called for, all but what it may call
// for next, and returns how many frames that is.
func (f *Feed) Rewind() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	keep := 0
	if f.state == playing {
		keep = int(f.chunk)
	}
	return f.ring.Unwrite(max(f.ring.Buffered()-keep, 0))
}

// Ready reports whether there is enough to start the device.
func (f *Feed) Ready() bool { return f.ring.Buffered() >= f.enough }

// Queued is the number of frames in the Feed itself.
func (f *Feed) Queued() int { return f.ring.Buffered() }

// Stalled is the time since the library last called for frames, or since
// Start.
func (f *Feed) Stalled() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return time.Since(f.last)
}

// Start lets Pull give music. The device has silent frames to play before.
func (f *Feed) Start(silent int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.state, f.drain, f.xrun = starting, false, false
	f.given, f.full, f.chunk = int64(silent), int64(f.device), int64(f.device)
	f.last = time.Now()
}

// Stop empties the Feed. Pull gives silence until Start.
func (f *Feed) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ring.Reset()
	f.state, f.given, f.drain, f.xrun = idle, 0, false, false
}

// Finish waits until the device has played what is queued. It calls alive
// once a period, and returns its error if there is one.
func (f *Feed) Finish(alive func() error) error {
	f.mu.Lock()
	f.drain = true
	f.mu.Unlock()
	for deadline := time.Now().Add(f.Delay() + patience); f.ring.Buffered() > 0; {
		if err := alive(); err != nil {
			return err
		}
		if time.Now().After(deadline) {
			return errStuck
		}
		time.Sleep(f.format.Duration(int64(f.period)))
	}
	time.Sleep(f.Delay())
	return nil
}

// patience is how much longer than the sound itself a device may take to
// play it.
const patience = 3 * time.Second

var errStuck = errors.New("the device does not play what it was given")

// Delay is the time until a frame written now is heard.
func (f *Feed) Delay() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.format.Duration(f.fill() + int64(f.ring.Buffered()))
}
