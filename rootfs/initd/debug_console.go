//go:build linux && debug

package initd

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// playerSocket is where the player tells its state: whoever connects reads one
// JSON document.
const playerSocket = "/run/linnet.sock"

// mpdSocket is where the player lets MPD's clients in, if it is told to.
const mpdSocket = "/run/mpd.sock"

// console reads commands from the board's serial line, for ever.
func (m *machine) console() {
	if m.board.System.Console == "" {
		return
	}
	tty, err := os.OpenFile("/dev/"+m.board.System.Console, os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		m.journal.check(fmt.Errorf("initd: console: %w", err))
		return
	}
	defer tty.Close()
	if err := raw(tty); err != nil {
		m.journal.check(fmt.Errorf("initd: console: %w", err))
		return
	}
	m.journal.say("console on %s; help tells what can be said", m.board.System.Console)
	for {
		s := newShell(m, tty)
		if err := s.run(); err != io.EOF { // Ctrl-D only ends the line
			m.journal.check(fmt.Errorf("initd: console: %w", err))
			time.Sleep(time.Second)
		}
	}
}

// raw has a line give each key as it comes and take what is written as it is.
func raw(tty *os.File) error {
	c, err := tty.SyscallConn()
	if err != nil {
		return err
	}
	var bad error
	err = c.Control(func(fd uintptr) {
		var t *unix.Termios
		if t, bad = unix.IoctlGetTermios(int(fd), unix.TCGETS); bad != nil {
			return
		}
		t.Iflag &^= unix.ICRNL | unix.INLCR | unix.IXON
		t.Oflag &^= unix.OPOST
		t.Lflag &^= unix.ICANON | unix.ECHO | unix.ISIG | unix.IEXTEN
		t.Cc[unix.VMIN], t.Cc[unix.VTIME] = 1, 0
		bad = unix.IoctlSetTermios(int(fd), unix.TCSETS, t)
	})
	return errors.Join(err, bad)
}

// A shell is a conversation on the console.
type shell struct {
	m    *machine
	root string // of the files that ps, free and mount read: "/proc"
	term *term.Terminal
}

func newShell(m *machine, tty io.ReadWriter) *shell {
	return &shell{m: m, root: "/proc", term: term.NewTerminal(tty, "linnet# ")}
}

// run ends with the error of the line, io.EOF after Ctrl-D.
func (s *shell) run() error {
	for {
		line, err := s.term.ReadLine()
		if err != nil && !errors.Is(err, term.ErrPasteIndicator) {
			return err
		}
		if err := s.command(line); err != nil {
			fmt.Fprintln(s.term, err)
		}
	}
}

func (s *shell) command(line string) error {
	args, err := words(line)
	if err != nil || len(args) == 0 {
		return err
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(s, args[1:])
		}
	}
	return fmt.Errorf("%s: there is no such command; there are %s", args[0], strings.Join(names(), ", "))
}
