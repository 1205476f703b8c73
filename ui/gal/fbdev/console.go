//go:build linux

package fbdev

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// console is the kernel's text console, which draws on the same screen.
type console interface {
	setMode(int) error
	close() error
}

// tty is the real one.
type tty struct{ fd int }

// openConsole opens the console that is in front, if the kernel has any.
func openConsole(path string) (console, error) {
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("fbdev: open %s: %w", path, err)
	}
	return &tty{fd}, nil
}

func (t *tty) setMode(m int) error { return unix.IoctlSetInt(t.fd, ioctlSetMode, m) }
func (t *tty) close() error        { return unix.Close(t.fd) }

// silence puts a console into graphics mode.
func silence(c console) error {
	if err := c.setMode(modeGraphics); err != nil {
		c.close()
		return fmt.Errorf("fbdev: take the console: %w", err)
	}
	return nil
}

// restore gives a console back. It is put into text mode whatever it was in:
// a program that was killed leaves it in graphics mode.
func restore(c console) error {
	if c == nil {
		return nil
	}
	err := c.setMode(modeText)
	if cerr := c.close(); err == nil {
		err = cerr
	}
	return err
}
