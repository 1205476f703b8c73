//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package asound

import "time"

// A Device is the kernel's side of an open PCM device. Errors are those of
// the system calls, as unix.Errno.
type Device interface {
	Refine(*HWParams) error
	SetHW(*HWParams) error
	FreeHW() error
	SetSW(*SWParams) error
	Prepare() error
	Drop() error
	Drain() error
	Resume() error
	Delay() (frames int, err error)
	// Pointers is how far the hardware was known to be and the program is. It
	// answers in every state but a removed device's.
	Pointers() (Pointers, error)
	// Sync is Pointers by a fresh look at the hardware, with the errors of Write.
	Sync() (Pointers, error)
	// Map is the buffer's memory, bytes long, of a device that is configured
	// for that; Unmap comes before it is configured anew. Commit is how far the
	// program has filled the buffer, and Start is for when that is enough.
	Map(bytes int) ([]byte, error)
	Unmap() error
	Commit(appl uint) error
	Start() error
	// Write queues up to frames frames of p without waiting.
	Write(p []byte, frames int) (int, error)
	// Rewind takes back up to frames of the frames written last that the
	// hardware has not read, and tells how many.
	Rewind(frames int) (int, error)
	// Poll waits until AvailMin frames are free.
	Poll(time.Duration) error
	Close() error
}

// Pointers are how far the hardware has read and the program has written, in
// frames since Prepare, which both wrap at the same place, and the device's state.
type Pointers struct {
	HW, Appl uint
	State    int
}

// Anything is the set of all configurations.
func Anything() HWParams {
	p := HWParams{Rmask: ^uint32(0)}
	for i := range p.Masks {
		for j := range p.Masks[i] {
			p.Masks[i][j] = ^uint32(0)
		}
	}
	for i := range p.Intervals {
		p.Intervals[i].Max = ^uint32(0)
	}
	return p
}

// Has reports whether a number is in the set.
func (m *Mask) Has(value int) bool { return m[value/32]>>(value%32)&1 == 1 }

// Lowest and Highest are the ends of an Interval that belong to it.
func (i Interval) Lowest() uint32 {
	if i.Flags&OpenMin != 0 {
		return i.Min + 1
	}
	return i.Min
}

// Highest is described at Lowest.
func (i Interval) Highest() uint32 {
	if i.Flags&OpenMax != 0 {
		return i.Max - 1
	}
	return i.Max
}

// Single reports whether one value is left.
func (i Interval) Single() bool {
	return i.Flags&Empty == 0 && i.Lowest() == i.Highest()
}
