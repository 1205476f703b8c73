//go:build linux

package xvfb

import (
	"errors"
	"image"
	"strconv"
	"strings"
)

// The names of XDND, version 5 (freedesktop.org), in the order of atoms.
var dropNames = []string{"XdndEnter", "XdndPosition", "XdndStatus", "XdndLeave", "XdndDrop", "XdndFinished", "XdndSelection", "XdndActionCopy", "text/uri-list"}

// atoms are the numbers of dropNames.
type atoms struct{ enter, position, status, leave, drop, finished, selection, actionCopy, uris uint32 }

// Drop drags URIs over the window with this title, as another program of the desktop
// does, and lets go of them in its middle. It returns when the window has taken them.
func (s *Server) Drop(title string, uris ...string) {
	s.t.Helper()
	s.drag(title, func(d *dragging) error { return d.drop(strings.Join(uris, "\r\n") + "\r\n") })
}

// DragAway drags something over the window with this title, and away again.
func (s *Server) DragAway(title string) {
	s.t.Helper()
	s.drag(title, func(d *dragging) error {
		return d.message(d.target, d.atoms.leave, d.window)
	})
}

// drag drags over a window, to its middle, and then does what end does.
func (s *Server) drag(title string, end func(*dragging) error) {
	s.t.Helper()
	at := s.Window(title)
	id, err := strconv.ParseUint(strings.TrimSpace(s.xdotool("search", "--onlyvisible", "--limit", "1", "--name", title)), 10, 32)
	if err != nil {
		s.t.Fatalf("xvfb: the window %q: %v", title, err)
	}
	c, err := connect(s.Display)
	if err != nil {
		s.t.Fatalf("xvfb: %v", err)
	}
	defer c.conn.Close()
	d := &dragging{client: c, target: uint32(id)}
	if err := errors.Join(d.begin(), d.over(at.Min.Add(at.Size().Div(4))), d.over(at.Min.Add(at.Size().Div(2)))); err != nil {
		s.t.Fatalf("xvfb: dragging over %q: %v", title, err)
	}
	if err := end(d); err != nil {
		s.t.Fatalf("xvfb: dropping on %q: %v", title, err)
	}
}

// dragging is the program that something is dragged from.
type dragging struct {
	*client
	target uint32
	atoms  atoms
}

// begin takes the selection, and enters the window.
func (d *dragging) begin() error {
	a := &d.atoms
	for i, to := range []*uint32{&a.enter, &a.position, &a.status, &a.leave, &a.drop, &a.finished, &a.selection, &a.actionCopy, &a.uris} {
		n, err := d.atom(dropNames[i])
		if err != nil {
			return err
		}
		*to = n
	}
	const version = 5
	return errors.Join(d.request(reqSetSelectionOwner, 0, d.window, a.selection, 0),
		d.message(d.target, a.enter, d.window, version<<24, a.uris))
}

// over moves to a place on the screen, and waits for the window to agree.
func (d *dragging) over(p image.Point) error {
	if err := d.message(d.target, d.atoms.position, d.window, 0, uint32(p.X)<<16|uint32(p.Y), 0, d.atoms.actionCopy); err != nil {
		return err
	}
	e, err := d.event(eventClientMessage, func(e []byte) bool { return order.Uint32(e[8:]) == d.atoms.status })
	if err == nil && order.Uint32(e[16:])&1 == 0 {
		err = errors.New("it does not take it")
	}
	return err
}

// drop lets go, hands over the data when the window asks, and waits until it has them.
func (d *dragging) drop(data string) error {
	if err := d.message(d.target, d.atoms.drop, d.window); err != nil {
		return err
	}
	ask, err := d.event(eventSelectionRequest, func(e []byte) bool { return order.Uint32(e[16:]) == d.atoms.selection })
	if err != nil {
		return err
	}
	when, to, target, property := order.Uint32(ask[4:]), order.Uint32(ask[12:]), order.Uint32(ask[20:]), order.Uint32(ask[24:])
	words := append([]uint32{to, property, target, 8, uint32(len(data))}, padded(data)...)
	notify := []byte{eventSelectionNotify, 0, 0, 0}
	for _, w := range []uint32{when, to, d.atoms.selection, target, property, 0, 0} {
		notify = order.AppendUint32(notify, w)
	}
	if err := errors.Join(d.request(reqChangeProperty, 0, words...), d.send(to, notify)); err != nil {
		return err
	}
	_, err = d.event(eventClientMessage, func(e []byte) bool { return order.Uint32(e[8:]) == d.atoms.finished })
	return err
}
