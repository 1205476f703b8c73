//go:build linux

package initd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

const (
	clockFile  = stateDir + "/clock" // when it was last changed is what it says
	clockEvery = 15 * time.Minute
)

// rightTime is what the clock should be set to, or the zero time where it may
// be right: the hardware clock's if that is possible, else the last that is
// known. No time before earliest is possible.
func rightTime(now, hardware, saved, earliest time.Time) time.Time {
	if saved.After(earliest) {
		earliest = saved
	}
	switch {
	case !now.Before(earliest):
		return time.Time{}
	case !hardware.Before(earliest):
		return hardware
	}
	return earliest
}

// setClock sets a clock that can't be right. The kernel has set it from the
// hardware clock already, where its driver was there in time.
func (m *machine) setClock() error {
	t := rightTime(time.Now(), hardwareTime("/dev/rtc0"), savedTime(clockFile), m.Built)
	if t.IsZero() {
		return nil
	}
	if err := m.sys.settime(t); err != nil {
		return fmt.Errorf("initd: set the clock: %w", err)
	}
	m.journal.say("the clock was wrong and was set to %s", t.UTC().Format(time.DateTime))
	return nil
}

func hardwareTime(device string) time.Time {
	f, err := os.Open(device)
	if err != nil {
		return time.Time{}
	}
	defer f.Close()
	t, err := unix.IoctlGetRTCTime(int(f.Fd()))
	if err != nil {
		return time.Time{}
	}
	return time.Date(int(t.Year)+1900, time.Month(t.Mon+1), int(t.Mday), int(t.Hour), int(t.Min), int(t.Sec), 0, time.UTC)
}

func savedTime(file string) time.Time {
	st, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return st.ModTime()
}

// saveTime keeps the time for a start without a hardware clock. Only the
// file's own data are written, an inode's worth of flash.
func saveTime(file string) error {
	now := time.Now()
	err := os.Chtimes(file, now, now)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.WriteFile(file, nil, 0o644)
	}
	if err != nil {
		return fmt.Errorf("initd: save the time: %w", err)
	}
	return nil
}

// saveTimes does so for ever.
func (m *machine) saveTimes() {
	for {
		time.Sleep(clockEvery)
		m.journal.check(saveTime(clockFile))
	}
}
