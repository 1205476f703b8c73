//go:build linux

package initd

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestRightTime(t *testing.T) {
	day := func(n int) time.Time { return time.Unix(int64(n)*86400, 0) }
	none := time.Time{}
	for _, c := range []struct {
		name                                 string
		now, hardware, saved, earliest, want time.Time
	}{
		{"all is well", day(30), day(30), day(20), day(10), none},
		{"as early as can be", day(20), none, day(20), day(10), none},
		{"no hardware clock, never ran", day(0), none, none, day(10), day(10)},
		{"no hardware clock, ran", day(0), none, day(20), day(10), day(20)},
		{"the kernel's driver came late", day(0), day(30), day(20), day(10), day(30)},
		{"a hardware clock without a battery", day(0), day(0), day(20), day(10), day(20)},
		{"saved when the clock was wrong", day(0), day(0), day(1), day(10), day(10)},
		{"an unknown time of build", day(0), none, none, none, none},
	} {
		if got := rightTime(c.now, c.hardware, c.saved, c.earliest); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSaveTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clock")
	if !savedTime(file).IsZero() {
		t.Error("a time although none was saved")
	}
	for range 2 { // a new file, and an old one
		before := time.Now().Add(-2 * time.Second)
		if err := saveTime(file); err != nil {
			t.Fatal(err)
		}
		if got := savedTime(file); got.Before(before) || got.After(time.Now().Add(2*time.Second)) {
			t.Errorf("saved %v", got)
		}
	}
	if err := saveTime(filepath.Join(file, "x")); err == nil {
		t.Error("a folder that is none: no error")
	}
}

func TestSetClock(t *testing.T) {
	var log said
	sys := &record{}
	m := newMachine(Config{Built: time.Now().Add(100 * 24 * time.Hour)}, sys)
	m.journal = testJournal(t, &log)
	if err := m.setClock(); err != nil || len(sys.lines) != 1 || !strings.HasPrefix(sys.lines[0], "time ") {
		t.Errorf("%v, done %q", err, sys.lines)
	}
	sys.fail = map[string]error{"time": unix.EPERM}
	if err := m.setClock(); err == nil {
		t.Error("no error although the kernel refused")
	}
	m.Built, sys.lines = time.Unix(0, 0), nil
	if err := m.setClock(); err != nil || len(sys.lines) != 0 {
		t.Errorf("a clock that may be right: %v, done %q", err, sys.lines)
	}
}
