//go:build linux

package xvfb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// CloseWindow asks the program to close the window with this title, as a window
// manager does when its button is pressed.
func (s *Server) CloseWindow(title string) {
	s.t.Helper()
	out := s.xdotool("search", "--sync", "--onlyvisible", "--limit", "1", "--name", title)
	id, err := strconv.ParseUint(strings.TrimSpace(out), 10, 32)
	if err == nil {
		err = askToClose(s.Display, uint32(id))
	}
	if err != nil {
		s.t.Fatalf("xvfb: close window %q: %v", title, err)
	}
}

// askToClose sends the client message WM_DELETE_WINDOW (ICCCM 4.2.8.1),
// which no usual tool does without a window manager.
func askToClose(display string, window uint32) error {
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	if err := greet(conn); err != nil {
		return err
	}
	protocols, err := atom(conn, "WM_PROTOCOLS")
	if err != nil {
		return err
	}
	remove, err := atom(conn, "WM_DELETE_WINDOW")
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	m := []byte{25, 0, 11, 0} // SendEvent, 11 words
	m = le.AppendUint32(m, window)
	m = le.AppendUint32(m, 0)      // no event mask: to the window's owner
	m = append(m, 33, 32, 0, 0)    // ClientMessage of 32-bit words
	m = le.AppendUint32(m, window) // about
	m = le.AppendUint32(m, protocols)
	m = le.AppendUint32(m, remove)
	m = append(m, make([]byte, 16)...) // the time is "now", the rest is unused
	if _, err := conn.Write(m); err != nil {
		return err
	}
	_, err = atom(conn, "WM_PROTOCOLS") // its answer says that the message was taken
	return err
}

// greet sets up a connection, little-endian, without authorisation.
func greet(conn net.Conn) error {
	if _, err := conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	var head [8]byte
	if _, err := io.ReadFull(conn, head[:]); err != nil {
		return err
	}
	if head[0] != 1 {
		return errors.New("the server refuses the connection")
	}
	_, err := io.CopyN(io.Discard, conn, 4*int64(binary.LittleEndian.Uint16(head[6:])))
	return err
}

// atom is the server's number for a name that it knows.
func atom(conn net.Conn, name string) (uint32, error) {
	padded := (len(name) + 3) &^ 3
	m := []byte{16, 1, byte(2 + padded/4), 0, byte(len(name)), 0, 0, 0} // InternAtom, only if it exists
	m = append(m, make([]byte, padded)...)
	copy(m[8:], name)
	if _, err := conn.Write(m); err != nil {
		return 0, err
	}
	var reply [32]byte
	if _, err := io.ReadFull(conn, reply[:]); err != nil {
		return 0, err
	}
	n := binary.LittleEndian.Uint32(reply[8:])
	if reply[0] != 1 || n == 0 {
		return 0, fmt.Errorf("no atom %s", name)
	}
	return n, nil
}
