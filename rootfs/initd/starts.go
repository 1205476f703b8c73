//go:build linux

package initd

import (
	"fmt"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The boot loader counts the starts of a confirmed system in a register that outlives
// a reset, and starts the other one when there were three in a row of which nobody
// said that it runs: the kernel may be whole, and what lies in its root not.
const (
	runsAfter  = 30 * time.Second // that the player has to have run, or have been given the time to
	startFalls = 3                // of the player in that time, and the machine starts again
	// After so many starts both systems had theirs, and it is left at what runs.
	allStarts = 6
)

// startCounter is the loader's count.
type startCounter interface {
	count() (int, error) // starts since it was cleared, this one too
	clear() error
}

// register is a register of the chip, by its physical address.
type register int64

// word calls f with the register.
func (r register) word(f func(*uint32)) error {
	mem, err := os.OpenFile("/dev/mem", os.O_RDWR|os.O_SYNC, 0) // O_SYNC: past the cache
	if err != nil {
		return fmt.Errorf("initd: count of starts: %w", err)
	}
	defer mem.Close()
	page := int64(os.Getpagesize())
	b, err := unix.Mmap(int(mem.Fd()), int64(r)&^(page-1), int(page), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return fmt.Errorf("initd: count of starts: map %#x: %w", int64(r), err)
	}
	f((*uint32)(unsafe.Pointer(&b[int64(r)&(page-1)])))
	return unix.Munmap(b)
}

func (r register) count() (n int, err error) {
	err = r.word(func(w *uint32) { n = int(*w & 0xff) })
	return n, err
}

func (r register) clear() error { return r.word(func(w *uint32) { *w = 0 }) }

// watchStart clears the count once the system runs. Where its player falls over before,
// the machine starts again, if that can lead to another system.
func (m *machine) watchStart() {
	if m.starts == nil || m.params.trial {
		return
	}
	runs := time.After(runsAfter)
	for falls := 0; ; {
		select {
		case <-m.ending:
			return
		case <-runs:
			m.journal.check(m.starts.clear())
			return
		case <-m.fell:
			if falls++; falls < startFalls {
				continue
			}
		}
		n, err := m.starts.count()
		m.journal.check(err)
		if err != nil || n >= allStarts {
			return
		}
		m.journal.say("the player fell over %d times in start %d: starting again", falls, n)
		m.stuck.Store(true)
		m.ask(restart)
		return
	}
}

// startsAreOver is for a machine that ends as it should: what is started next was not
// started in vain before.
func (m *machine) startsAreOver() {
	if m.starts != nil && !m.params.trial && !m.stuck.Load() {
		m.journal.check(m.starts.clear())
	}
}
