//go:build linux

package initd

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

const watchdogSeconds = 30 // asked for; the driver may know only less

// A dog is a watchdog that was opened and so is running.
type dog interface {
	timeout() time.Duration
	feed() error
}

// openWatchdog starts a watchdog of the kernel.
func openWatchdog(device string) (dog, error) {
	f, err := os.OpenFile(device, os.O_WRONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("initd: watchdog: %w", err)
	}
	// One that can't be told has a time of its own.
	unix.IoctlSetPointerInt(int(f.Fd()), unix.WDIOC_SETTIMEOUT, watchdogSeconds)
	return kernelDog{f}, nil
}

type kernelDog struct{ f *os.File }

func (d kernelDog) timeout() time.Duration {
	s, err := unix.IoctlGetInt(int(d.f.Fd()), unix.WDIOC_GETTIMEOUT)
	if err != nil || s <= 0 {
		s = 10
	}
	return time.Duration(s) * time.Second
}

func (d kernelDog) feed() error {
	_, err := d.f.Write([]byte{0}) // anything but 'V', which means that it may stop
	return err
}

// watch feeds the dog as long as all is well, and goes on asking: what
// recovers in time is not bitten. It returns when stop is closed, fed for the
// last time: the end of the machine is watched, too.
func watch(d dog, healthy func() error, say func(string, ...any), stop <-chan struct{}) {
	every := time.NewTicker(d.timeout() / 3)
	defer every.Stop()
	var last string
	for {
		now := ""
		if err := healthy(); err != nil {
			now = err.Error()
		} else if err := d.feed(); err != nil {
			now = err.Error()
		}
		if now != last && now != "" {
			say("watchdog: %s", now)
		}
		last = now
		select {
		case <-every.C:
		case <-stop:
			d.feed()
			return
		}
	}
}

// healthy says what is wrong with the player: it runs, or waits to be started.
func (m *machine) healthy() error {
	pid, ok := m.player.pid()
	if !ok {
		return fmt.Errorf("the supervisor does not answer")
	}
	if pid == 0 {
		return nil
	}
	if err := m.sys.kill(pid, 0); err != nil {
		return fmt.Errorf("the player, process %d: %w", pid, err)
	}
	return nil
}

// feedWatchdog does so for ever, where the board has a watchdog.
func (m *machine) feedWatchdog() {
	if m.board.System.Watchdog == "" {
		return
	}
	d, err := openWatchdog(m.board.System.Watchdog)
	if err != nil {
		m.journal.check(err)
		return
	}
	m.journal.say("watchdog: %v", d.timeout())
	watch(d, m.healthy, m.journal.say, m.ending)
}
