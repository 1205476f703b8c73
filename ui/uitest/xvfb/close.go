//go:build linux

package xvfb

import (
	"strconv"
	"strings"
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
	c, err := connect(display)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	protocols, err := c.atom("WM_PROTOCOLS")
	if err != nil {
		return err
	}
	remove, err := c.atom("WM_DELETE_WINDOW")
	if err != nil {
		return err
	}
	if err := c.message(window, protocols, remove); err != nil { // its time is "now"
		return err
	}
	_, err = c.atom("WM_PROTOCOLS") // its answer says that the message was taken
	return err
}
