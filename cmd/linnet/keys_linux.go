package main

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// rawOutput lets a newline return the carriage although the input is raw, so
// that ordinary printing stays readable.
func rawOutput(f *os.File) {
	if t, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS); err == nil {
		t.Oflag |= unix.OPOST | unix.ONLCR
		unix.IoctlSetTermios(int(f.Fd()), unix.TCSETS, t)
	}
}

// foreground says whether the terminal's keys are meant for this program: one
// that a shell runs in the background would be stopped for asking. A terminal
// that does not control this program's session stops nobody.
func foreground(f *os.File) bool {
	group, err := unix.IoctlGetInt(int(f.Fd()), unix.TIOCGPGRP)
	return errors.Is(err, unix.ENOTTY) || err == nil && group == unix.Getpgrp()
}
