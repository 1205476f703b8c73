package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pty opens a new terminal: what is written to keyboard is typed on it.
func pty(t *testing.T) (keyboard, terminal *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo terminals here:", err)
	}
	t.Cleanup(func() { keyboard.Close() })
	if err := unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprint("/dev/pts/", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo terminals here:", err)
	}
	t.Cleanup(func() { terminal.Close() })
	return keyboard, terminal
}

// Keys typed on a terminal, of this session or not, reach `play`, and the
// terminal is given back as it was.
func TestPlayByKeys(t *testing.T) {
	keyboard, terminal := pty(t)
	before, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.wav"), filepath.Join(dir, "b.wav")
	writeWAV(t, a, recording(44100*60))
	writeWAV(t, b, recording(44100*60))
	var out, errs bytes.Buffer
	ended := make(chan int, 1)
	go func() { ended <- run(terminal, &out, &errs, []string{"play", "--ao=null", "--repeat=all", a, b}) }()
	// Typed before it reads, they wait in the terminal.
	keyboard.WriteString("n-q")
	select {
	case code := <-ended:
		if code != 1 || !strings.Contains(out.String(), "stopped") {
			t.Errorf("status %d, said:\n%s%s", code, out.String(), errs.String())
		}
	case <-time.After(time.Minute):
		t.Fatal("q does not end it")
	}
	after, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil || *after != *before {
		t.Errorf("the terminal was left as %+v, was %+v (%v)", after, before, err)
	}
}
