package main

import (
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
