//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/sys/unix"

	"linnet/player/ao/internal/asound"
)

// Target is a device and the way to it.
type Target struct {
	Device string // "" or "default": the first that plays; "hw:CARD,DEVICE" or a path
	Access Access
}

// Access is how samples get into the device's buffer.
type Access uint8

// The ways. MMap makes the samples in the buffer itself, which is mapped into the
// program: nothing is copied. WriteI has the kernel copy them there, which every
// driver can. Auto is MMap where the driver offers it and it proves good, and else
// WriteI.
const (
	Auto Access = iota
	MMap
	WriteI
)

var accesses = map[string]Access{"auto": Auto, "mmap": MMap, "writei": WriteI}

// Parse reads what follows "alsa:" in a spec.
//
//	[access=auto|mmap|writei[,]][DEVICE]
func Parse(arg string) (t Target, err error) {
	t.Device = arg
	if value, ok := strings.CutPrefix(arg, "access="); ok {
		value, t.Device, _ = strings.Cut(value, ",")
		if t.Access, ok = accesses[value]; !ok {
			return t, fmt.Errorf("alsa: there is no access %q; say auto, mmap or writei", value)
		}
	}
	return t, nil
}

// ways are the kernel's numbers for an Access, the best first.
func (a Access) ways() []int {
	switch a {
	case MMap:
		return []int{asound.AccessMMapInterleaved}
	case WriteI:
		return []int{asound.AccessRWInterleaved}
	}
	return []int{asound.AccessMMapInterleaved, asound.AccessRWInterleaved}
}

// mapBuffer maps the buffer of a device that is prepared, and tries it.
func (s *Sink) mapBuffer() error {
	area, err := s.d.Map(s.g.buffer * s.frameBytes())
	if err != nil {
		s.d.FreeHW()
		return fmt.Errorf("map its buffer: %w", err)
	}
	s.area = area
	if err := s.tryMapped(); err != nil {
		s.area = nil
		s.d.Unmap()
		s.d.FreeHW()
		return err
	}
	return nil
}

// tryMapped finds out whether what is mapped is memory, and whether the kernel
// takes the program's word for how much is in it: drivers and emulators are known
// that offer more than they do.
func (s *Sink) tryMapped() error {
	last := len(s.area) - 1
	s.area[0], s.area[last] = 0x5A, 0xA5
	if s.area[0] != 0x5A || s.area[last] != 0xA5 {
		return errors.New("what is mapped keeps nothing")
	}
	clear(s.area)
	at, err := s.d.Sync()
	if err == nil {
		err = s.d.Commit(at.Appl + 1)
	}
	if err != nil {
		return fmt.Errorf("use its mapped buffer: %w", err)
	}
	if next, err := s.d.Pointers(); err != nil || at.State != asound.StatePrepared || s.queued(at) != 0 || s.queued(next) != 1 {
		return fmt.Errorf("a frame in its mapped buffer is not counted: %+v, then %+v, %v", at, next, err)
	}
	return s.d.Prepare()
}

// copyIn makes samples in the mapped buffer, and starts the device when that is
// full, as the kernel does behind a write. An error means that none were taken.
func (s *Sink) copyIn(frames []int32, n int) (int, error) {
	at, err := s.d.Sync()
	if err != nil {
		return 0, err
	}
	queued := s.queued(at)
	n = min(n, s.g.buffer-queued)
	if n > 0 {
		s.lay(int(at.Appl%uint(s.g.buffer)), frames, n)
		if err := s.d.Commit(s.forward(at.Appl, n)); err != nil {
			return 0, err
		}
	}
	if at.State == asound.StatePrepared && queued+n >= s.g.buffer {
		if err := s.d.Start(); err != nil && n <= 0 {
			return 0, err
		}
	}
	if n <= 0 {
		return 0, unix.EAGAIN
	}
	return n, nil
}

// lay makes n frames from a place in the buffer on, around its end.
func (s *Sink) lay(at int, frames []int32, n int) {
	size, c := s.frameBytes(), s.g.format.Channels
	k := min(n, s.g.buffer-at)
	head, tail := frames, frames
	if frames != nil {
		head, tail = frames[:k*c], frames[k*c:n*c]
	}
	s.fill(s.area[at*size:at*size:(at+k)*size], head, k)
	if n > k {
		s.fill(s.area[:0:(n-k)*size], tail, n-k)
	}
}

// forward moves a pointer of the kernel's.
func (s *Sink) forward(p uint, n int) uint {
	p += uint(n)
	if b := uint(s.boundary); p >= b {
		p -= b
	}
	return p
}
