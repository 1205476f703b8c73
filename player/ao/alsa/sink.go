//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"fmt"
	"math"
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/internal/asound"
	"linnet/player/media"
)

// Sink is an open device. It meets the contract of the player's AudioSink.
type Sink struct {
	d      asound.Device
	g      geometry
	area   []byte // the device's buffer, where it is mapped
	buf    []byte // where not: one period, as the device wants it
	tail   int    // frames written since the last whole period
	stale  int    // frames of old sound behind what was written: they were taken back
	xruns  int
	lostN  int   // frames that an xrun took with it, to be told by Write
	asleep bool  // it was the machine that fell asleep
	err    error // why the sink is no more

	boundary int // where the kernel's pointers wrap
}

var errClosed = errors.New("alsa: the sink is closed")

// Open opens the device. The format returned is what the hardware takes: mostly
// stereo, at the rate nearest to the wanted one.
func (t Target) Open(want media.AudioFormat) (*Sink, media.AudioFormat, error) {
	if want.Rate < 1 || want.Channels < 1 {
		return nil, want, fmt.Errorf("alsa: cannot play %v", want)
	}
	k, err := openKernel(t.Device)
	if err != nil {
		return nil, want, err
	}
	return Start(k, want, t.Access)
}

// Start configures an open device, which it closes where that fails. Open is
// Start on the kernel's.
func Start(d asound.Device, want media.AudioFormat, access Access) (*Sink, media.AudioFormat, error) {
	var failures []error
	for _, way := range access.ways() {
		s, err := start(d, want, way)
		if err == nil {
			return s, s.g.format, nil
		}
		failures = append(failures, err)
	}
	d.Close()
	return nil, want, fmt.Errorf("alsa: the device cannot play %v: %w", want, errors.Join(failures...))
}

// start configures the device for one way of access.
func start(d asound.Device, want media.AudioFormat, way int) (*Sink, error) {
	g, err := negotiate(d, want, way)
	if err != nil {
		return nil, err
	}
	if err := d.Prepare(); err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	s := &Sink{d: d, g: g, boundary: boundary(g.buffer)}
	if way == asound.AccessMMapInterleaved {
		return s, s.mapBuffer()
	}
	s.buf = make([]byte, 0, g.period*s.frameBytes())
	return s, nil
}

// boundary is where the kernel's pointers wrap.
func boundary(buffer int) int {
	b := buffer
	for b <= (math.MaxInt-buffer)/2 {
		b *= 2
	}
	return b
}

// frameBytes is how long a frame is in the device.
func (s *Sink) frameBytes() int { return s.g.format.Channels * s.g.sample.bytes }

// Write queues frames a period at a time. When there is no room for any, it
// waits for a period to be played. After an xrun that took sound with it
// nothing more is queued, as that sound comes first: the error is a
// media.Xrun.
func (s *Sink) Write(frames []int32) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	before := s.xruns
	n, err := s.queue(frames)
	if n == 0 && err == nil && s.xruns == before && len(frames) >= s.g.format.Channels {
		n, err = s.wait(func() (int, error) { return s.queue(frames) })
	}
	if err == nil {
		err = s.xrun(before)
	}
	return n, err
}

// xrun is what is to be told of xruns, if there are more than before.
func (s *Sink) xrun(before int) error {
	switch unheard := s.lostN; {
	case unheard > 0:
		s.lostN = 0
		return media.Xrun{Unheard: unheard, Exact: s.asleep}
	case s.xruns != before:
		return media.ErrXrun
	}
	return nil
}

// wait sleeps until there is room for a period, or for as long as one takes, and
// then does what it is to do. A poll that ends early although nothing can be
// done is not asked again: a device that is polled in a loop takes the whole
// processor.
func (s *Sink) wait(do func() (int, error)) (int, error) {
	// Rounded up, so that the period is over by then.
	longest := s.periodTime() + time.Millisecond
	before := time.Now()
	if err := s.d.Poll(longest); err != nil && err != unix.EINTR {
		return 0, s.lost("poll", err)
	}
	xruns := s.xruns
	n, err := do()
	if early := longest - time.Since(before); early > 0 && n == 0 && err == nil && s.xruns == xruns {
		time.Sleep(early)
		n, err = do()
	}
	return n, err
}

func (s *Sink) periodTime() time.Duration { return s.g.format.Duration(int64(s.g.period)) }

// queue writes what fits.
func (s *Sink) queue(frames []int32) (done int, err error) {
	c := s.g.format.Channels
	for total := len(frames) / c; done < total; {
		n := min(s.g.period, total-done)
		k, err := s.put(frames[done*c:(done+n)*c], n)
		done += k
		if err != nil || k < n || s.lostN > 0 {
			return done, err
		}
	}
	return done, nil
}

// put hands n frames to the kernel, silence where there are none, and recovers
// when the device ran dry or the machine was asleep in the meantime.
func (s *Sink) put(frames []int32, n int) (int, error) {
	for range recoveries {
		k, err := s.transfer(frames, n)
		for again := 0; err == unix.EINTR && again < patient; again++ {
			k, err = s.transfer(frames, n)
		}
		if err == nil {
			k = min(max(k, 0), n)
			s.tail = (s.tail + k) % s.g.period
			s.stale = max(s.stale-k, 0)
			return k, nil
		}
		if err == unix.EAGAIN || err == unix.EINTR {
			return 0, nil
		}
		if err := s.revive(err); err != nil || s.lostN > 0 {
			return 0, err
		}
	}
	return 0, s.lost("write", errors.New("it runs dry again at once, whatever is written"))
}

// transfer hands over n frames once, or as many of them as there is room for, and
// one at least.
func (s *Sink) transfer(frames []int32, n int) (int, error) {
	if s.area != nil {
		return s.copyIn(frames, n)
	}
	s.buf = s.fill(s.buf[:0], frames, n)
	return s.d.Write(s.buf, n)
}

// fill appends n frames to dst, which has room for them.
func (s *Sink) fill(dst []byte, frames []int32, n int) []byte {
	if frames != nil {
		return s.g.sample.encode(dst, frames)
	}
	dst = dst[:n*s.frameBytes()]
	clear(dst)
	return dst
}

// patient is how often a call that was interrupted is repeated at once.
const patient = 100

// recoveries are enough for one write: waking up from sleep may show a
// device that ran dry before.
const recoveries = 3

// revive makes the device ready again after an error.
func (s *Sink) revive(err error) error {
	switch err {
	case unix.EPIPE: // ran dry
	case unix.ESTRPIPE: // was suspended with the machine
		if s.resume() {
			return nil
		}
	case unix.EBADFD: // in a state that it should not be in
	default:
		return s.lost("write", err)
	}
	s.xruns++
	s.tail, s.stale = 0, 0
	s.lostN += s.unheard()
	s.asleep = err == unix.ESTRPIPE
	if err := s.d.Prepare(); err != nil {
		return s.lost("prepare after an xrun", err)
	}
	return nil
}

// unheard is how many frames are in a device that stopped, by its pointers: one
// that ran dry has none, whatever its delay would be.
func (s *Sink) unheard() int {
	at, err := s.d.Pointers()
	if err != nil {
		return 0
	}
	return s.queued(at)
}

// queued is how many frames are in the buffer.
func (s *Sink) queued(at asound.Pointers) int {
	n := int(at.Appl - at.HW)
	if n > s.boundary/2 {
		n -= s.boundary
	} else if n < -s.boundary/2 {
		n += s.boundary
	}
	return min(max(n, 0), s.g.buffer)
}

// started says whether the device has begun to play.
func (s *Sink) started() bool {
	at, err := s.d.Pointers()
	return err != nil || at.State != asound.StatePrepared
}

// resume goes on where a suspended device stopped, where the hardware can.
func (s *Sink) resume() bool {
	for range 50 {
		err := s.d.Resume()
		if err != unix.EAGAIN { // still waking up
			return err == nil
		}
		time.Sleep(s.periodTime())
	}
	return false
}

// lost ends the sink.
func (s *Sink) lost(what string, err error) error {
	s.err = fmt.Errorf("alsa: %s: %w", what, err)
	if errors.Is(err, unix.ENODEV) {
		s.err = fmt.Errorf("alsa: the sound device was removed: %w", err)
	}
	return s.err
}

// Xruns is how often the device ran dry since it was opened.
func (s *Sink) Xruns() int { return s.xruns }

// Delay is what the driver says, within what its buffer can hold and another
// second on the way behind it.
func (s *Sink) Delay() (time.Duration, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.d.Delay()
	switch err {
	case nil:
		n = min(max(n, 0), s.g.buffer+s.g.format.Rate)
		return s.g.format.Duration(int64(n)), nil
	case unix.EPIPE, unix.ESTRPIPE: // it stands still; the next Write recovers
		return s.g.format.Duration(int64(s.unheard())), nil
	case unix.EBADFD:
		return 0, nil
	}
	return 0, s.lost("delay", err)
}

// Drop discards what is queued.
func (s *Sink) Drop() error {
	if s.err != nil {
		return s.err
	}
	s.tail, s.stale = 0, 0
	if err := s.d.Drop(); err != nil && err != unix.EBADFD {
		return s.lost("drop", err)
	}
	if err := s.d.Prepare(); err != nil {
		return s.lost("prepare", err)
	}
	return nil
}

// Rewind takes back what was written last, all but two periods, and returns how
// many frames that is: hardware may have read the whole period that it plays, and
// where it is in it not every driver knows. A device that has not begun gives back
// all. A driver that cannot do it answers
// with errors.ErrUnsupported; errors of a device that stopped are those of Write.
func (s *Sink) Rewind() (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	before := s.xruns
	_, err := s.d.Delay() // has the kernel look where the hardware is
	if err != nil && err != unix.EBADFD {
		if err := s.revive(err); err != nil {
			return 0, err
		}
	}
	if err := s.xrun(before); err != nil {
		return 0, err
	}
	n := s.unheard()
	if s.started() {
		n -= 2 * s.g.period
	}
	if n <= 0 {
		return 0, nil
	}
	k, err := s.d.Rewind(n)
	if err != nil || k <= 0 {
		return 0, fmt.Errorf("alsa: rewind: %w", errors.ErrUnsupported)
	}
	k = min(k, n)
	s.tail = ((s.tail-k)%s.g.period + s.g.period) % s.g.period
	s.stale += k
	return k, nil
}

// Drain plays what is queued, and some silence behind it, as the hardware plays
// whole periods, old sound and all. The error is a media.Xrun where the device
// stopped before the end of the sound.
func (s *Sink) Drain() error {
	if s.err != nil {
		return s.err
	}
	silent, spare, err := s.pad()
	if err != nil {
		return err
	}
	left, err := s.Delay()
	if err != nil {
		return err
	}
	if left > 0 {
		if err := s.playOut(left, silent, spare); err != nil {
			return err
		}
	}
	unheard := max(s.lostN-silent, 0)
	s.lostN = 0
	if err := s.Drop(); err != nil || unheard == 0 {
		return err
	}
	return media.Xrun{Unheard: unheard, Exact: s.asleep}
}

// pad writes silence up to a whole period, and a period more, and returns how
// many frames. What the hardware holds behind the buffer is in no Delay and is
// lost when the device is stopped, and a device that is stopped late plays old
// sound: with this, either is silence. Where sound was taken back, silence goes
// over all of that, and what is more than would be needed otherwise is spare: it
// need not be played.
func (s *Sink) pad() (silent, spare int, err error) {
	if left, err := s.Delay(); err != nil || left == 0 && s.tail == 0 {
		return 0, 0, err
	}
	silence := s.g.period + (s.g.period-s.tail)%s.g.period
	for silence < s.stale {
		silence += s.g.period
		spare += s.g.period
	}
	for attempt := 0; silence > 0 && attempt < 2+2*s.g.buffer/s.g.period; attempt++ {
		n := min(silence, s.g.period)
		k, err := s.put(nil, n)
		if k == 0 && err == nil && s.lostN == 0 {
			k, err = s.wait(func() (int, error) { return s.put(nil, n) })
		}
		silence -= k
		silent += k
		if err != nil || s.lostN > 0 {
			return silent, 0, err
		}
	}
	return silent, spare, nil
}

// playOut waits until the device has played what it has, all but what is spare:
// then it stands still, or says that nothing else is left. One that says for ever that the silence
// at the end is yet to come has played the sound, too.
func (s *Sink) playOut(left time.Duration, silent, spare int) error {
	// The call itself does not wait, as the device is open that way.
	if err := s.d.Drain(); err != nil && err != unix.EAGAIN && err != unix.EPIPE && err != unix.ESTRPIPE && err != unix.EBADFD {
		return s.lost("drain", err)
	}
	// From now on poll wakes when all is played, or the device is gone: when that
	// was tells how much of the sound was heard.
	s.d.SetSW(software(s.g, s.g.buffer))
	defer s.d.SetSW(software(s.g, s.g.period))
	quiet, enough := s.g.format.Duration(int64(silent)), s.g.format.Duration(int64(spare))
	moved := time.Now()
	for {
		now, err := s.Delay()
		if err != nil {
			return err
		}
		if now < left {
			moved = time.Now()
		}
		still := time.Since(moved)
		switch left = now; {
		case s.stopped(silent) || left <= enough:
			return nil
		case left <= quiet && still > 2*s.periodTime():
			return nil
		case still > patience:
			return s.lost("drain", media.Stuck{Queued: int(s.g.format.Frames(left)), Silent: silent})
		}
		before, nap := time.Now(), min(left, s.periodTime())
		s.d.Poll(max(nap, time.Millisecond))
		if _, err := s.d.Delay(); err == nil {
			time.Sleep(nap - time.Since(before)) // where poll came back for nothing
		}
	}
}

// stopped looks whether the device stopped in the middle of draining, and takes
// note of what it had.
func (s *Sink) stopped(silent int) bool {
	_, err := s.d.Delay()
	switch err {
	case unix.ESTRPIPE:
		if s.resume() {
			s.d.Drain()
			return false
		}
	case unix.EPIPE:
	default:
		return false
	}
	s.lostN, s.asleep = s.unheard(), err == unix.ESTRPIPE
	return true
}

// patience is how long a device may stand still while it plays its last.
const patience = 2 * time.Second

// Close drops what is queued and closes the device.
func (s *Sink) Close() error {
	if s.err == errClosed {
		return nil
	}
	s.err = errClosed
	s.d.Drop()
	if err := s.d.Close(); err != nil {
		return fmt.Errorf("alsa: close: %w", err)
	}
	return nil
}
