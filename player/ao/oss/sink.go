//go:build linux

package oss

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/internal/osspcm"
	"linnet/player/media"
	"linnet/player/pcm"
)

// Sink is an open device. It meets the contract of the player's AudioSink.
type Sink struct {
	d        osspcm.Device
	g        geometry
	buf      []byte
	held     []byte // what remains of a frame that the device took in part
	written  int64  // bytes since the device last stood still and empty
	noODelay bool
	err      error // why the sink is no more
}

var errClosed = errors.New("oss: the sink is closed")

// Open opens a device file, /dev/dsp for "". The format returned is what the
// driver answers.
func Open(path string, want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	if want.Rate < 1 || want.Channels < 1 {
		return nil, want, fmt.Errorf("oss: cannot play %v", want)
	}
	k, err := openKernel(path)
	if err != nil {
		return nil, want, err
	}
	return Start(k, want)
}

// Start configures an open device, which it closes where that fails. Open is
// Start on the kernel's.
func Start(d osspcm.Device, want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	g, err := negotiate(d, want)
	if err != nil {
		d.Close()
		return nil, want, fmt.Errorf("oss: the device cannot play %v: %w", want, err)
	}
	return &Sink{d: d, g: g, buf: make([]byte, 0, g.buffer+g.frame), held: make([]byte, 0, g.frame)}, g.format, nil
}

// Write queues frames. When there is no room for any, it waits for a fragment
// to be played.
func (s *Sink) Write(frames []int32) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	var xrun error
	if left, dry := s.ranDry(); dry {
		xrun = media.ErrXrun
		s.written = left
	}
	n, err := s.queue(frames)
	if n == 0 && err == nil && len(frames) >= s.g.format.Channels {
		n, err = s.wait(func() (int, error) { return s.queue(frames) })
	}
	if err == nil {
		err = xrun
	}
	return n, err
}

// ranDry says whether the device has played all that it was given, but for the
// part of a fragment that waits for the rest of it.
func (s *Sink) ranDry() (left int64, dry bool) {
	fragment := int64(s.g.fragment)
	if s.written < fragment {
		return 0, false
	}
	left, err := s.left()
	return left, err == nil && left <= s.written%fragment
}

// wait sleeps until there is room for a fragment, or for as long as one takes,
// and then does what it is to do. The clock has the last word: drivers are known
// whose poll looks at the first fragment only, and one that is polled in a loop
// takes the whole processor.
func (s *Sink) wait(do func() (int, error)) (int, error) {
	longest := s.fragmentTime() + time.Millisecond
	before := time.Now()
	s.d.Poll(longest) // what is wrong the write tells
	n, err := do()
	if early := longest - time.Since(before); early > 0 && n == 0 && err == nil {
		time.Sleep(early)
		n, err = do()
	}
	return n, err
}

func (s *Sink) fragmentTime() time.Duration {
	return s.g.format.Duration(int64(s.g.fragment / s.g.frame))
}

// queue writes what fits, whole frames: of one that the device took in part,
// the rest goes first the next time.
func (s *Sink) queue(frames []int32) (int, error) {
	if len(s.held) > 0 {
		k, err := s.put(s.held)
		s.held = s.held[:copy(s.held, s.held[k:])]
		if err != nil || len(s.held) > 0 {
			return 0, err
		}
	}
	c := s.g.format.Channels
	n := min(len(frames)/c, s.g.buffer/s.g.frame)
	s.buf = pcm.AppendS16(s.buf[:0], frames[:n*c])
	k, err := s.put(s.buf)
	if part := k % s.g.frame; part > 0 {
		s.held = append(s.held[:0], s.buf[k:k+s.g.frame-part]...)
		k += s.g.frame - part
	}
	return k / s.g.frame, err
}

// put hands bytes to the kernel.
func (s *Sink) put(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	k, err := s.d.Write(p)
	for again := 0; err == unix.EINTR && again < patient; again++ {
		k, err = s.d.Write(p)
	}
	switch err {
	case nil:
		k = min(max(k, 0), len(p))
		s.written += int64(k)
		if !s.g.told && k > 0 { // now it has buffers
			if err := s.g.measure(s.d); err != nil {
				return k, s.lost("write", err) // opened again, it may have better ones
			}
		}
		return k, nil
	case unix.EAGAIN, unix.EINTR:
		return 0, nil
	}
	return 0, s.lost("write", err)
}

// patient is how often a call that was interrupted is repeated at once.
const patient = 100

// lost ends the sink.
func (s *Sink) lost(what string, err error) error {
	s.err = fmt.Errorf("oss: %s: %w", what, err)
	if errors.Is(err, unix.ENODEV) {
		s.err = fmt.Errorf("oss: the sound device was removed: %w", err)
	}
	return s.err
}

// left is how many bytes are queued, within what the sink knows to be possible.
func (s *Sink) left() (int64, error) {
	if !s.noODelay {
		n, err := s.d.Set(osspcm.GetODelay, 0)
		if err == nil {
			return min(max(int64(n), 0), s.written+s.behind()), nil
		}
		if err == unix.ENODEV {
			return 0, s.lost("delay", err)
		}
		s.noODelay = true
	}
	sp, err := s.d.Space()
	if err != nil {
		return 0, s.lost("space", err)
	}
	if sp.Total < 1 || sp.Size < 1 {
		return min(s.written, int64(s.g.buffer)), nil // it has no buffers yet, and plays nothing
	}
	return min(max(int64(sp.Total)*int64(sp.Size)-int64(sp.Bytes), 0), s.written), nil
}

// behind is what a driver may count that is on the way behind its buffer: a
// second.
func (s *Sink) behind() int64 { return int64(s.g.format.Rate * s.g.frame) }

// Delay is what the driver says.
func (s *Sink) Delay() (time.Duration, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.left()
	return s.g.format.Duration(n / int64(s.g.frame)), err
}

// Drop discards what is queued.
func (s *Sink) Drop() error {
	if s.err != nil {
		return s.err
	}
	s.written, s.held = 0, s.held[:0]
	if _, err := s.d.Set(osspcm.Reset, 0); err != nil {
		return s.lost("reset", err)
	}
	return nil
}

// Drain plays what is queued and silence up to a whole fragment and one more.
// The driver's own way, SYNC, waits for as long as the driver likes.
func (s *Sink) Drain() error {
	if s.err != nil {
		return s.err
	}
	if s.written == 0 {
		return nil
	}
	silent, err := s.pad()
	if err != nil {
		return err
	}
	s.d.Set(osspcm.Post, 0) // a driver that waits for more plays what it has; most need no telling
	if err := s.playOut(silent); err != nil {
		return err
	}
	return s.Drop()
}

// pad writes the silence, and returns how much of it was taken, in bytes.
func (s *Sink) pad() (silent int64, err error) {
	fragment := int64(s.g.fragment)
	missing := int64(len(s.held)) + (fragment-(s.written+int64(len(s.held)))%fragment)%fragment + fragment
	s.buf = append(s.buf[:0], s.held...)
	s.held = s.held[:0]
	s.buf = append(s.buf, make([]byte, missing-int64(len(s.buf)))...)
	for attempt := 0; len(s.buf) > 0 && attempt < 2+2*s.g.buffer/s.g.fragment; attempt++ {
		k, err := s.put(s.buf)
		if k == 0 && err == nil {
			k, err = s.wait(func() (int, error) { return s.put(s.buf) })
		}
		if err != nil {
			return silent, err
		}
		silent += int64(k)
		s.buf = s.buf[k:]
	}
	return silent, nil
}

// playOut waits until the device has played what it has. One that says for ever
// that the silence at the end is yet to come has played the sound, too.
func (s *Sink) playOut(silent int64) error {
	moved, before := time.Now(), s.written+s.behind()
	for {
		left, err := s.left()
		if err != nil {
			return err
		}
		if left < before {
			moved = time.Now()
		}
		still := time.Since(moved)
		switch before = left; {
		case left == 0:
			return nil
		case left <= silent && still > 2*s.fragmentTime():
			return nil
		case still > patience:
			return s.lost("drain", media.Stuck{Queued: int(left) / s.g.frame, Silent: int(silent) / s.g.frame})
		}
		// Short naps: when a device was pulled out tells how much was heard.
		time.Sleep(min(s.g.format.Duration(left/int64(s.g.frame))+time.Microsecond, time.Millisecond))
	}
}

// patience is how long a device may stand still while it plays its last.
const patience = 2 * time.Second

// Close drops what is queued and closes the device.
func (s *Sink) Close() error {
	if s.err == errClosed {
		return nil
	}
	s.err = errClosed
	s.d.Set(osspcm.Reset, 0)
	if err := s.d.Close(); err != nil {
		return fmt.Errorf("oss: close: %w", err)
	}
	return nil
}
