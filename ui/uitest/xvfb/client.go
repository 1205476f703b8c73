//go:build linux

package xvfb

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// client speaks the X protocol, as much of it as dragging and closing need (X Window System
// Protocol, version 11, appendix B).
type client struct {
	conn   net.Conn
	root   uint32
	window uint32 // its own, which is never shown
	events [][]byte
}

// The requests' and the events' numbers.
const (
	reqCreateWindow      = 1
	reqInternAtom        = 16
	reqChangeProperty    = 18
	reqSetSelectionOwner = 22
	reqSendEvent         = 25

	eventSelectionRequest = 30
	eventSelectionNotify  = 31
	eventClientMessage    = 33
)

var order = binary.LittleEndian

// connect opens a connection to a display such as ":99", and makes a window.
func connect(display string) (*client, error) {
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(patience))
	c := &client{conn: conn}
	if err := c.setup(); err != nil {
		conn.Close()
		return nil, err
	}
	return c, nil
}

func (c *client) setup() error {
	if _, err := c.conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(c.conn, head); err != nil {
		return err
	}
	body := make([]byte, 4*int(order.Uint16(head[6:])))
	if _, err := io.ReadFull(c.conn, body); err != nil {
		return err
	}
	if head[0] != 1 || len(body) < 32 {
		return fmt.Errorf("the server refuses: %q", body)
	}
	screens := 32 + (int(order.Uint16(body[16:]))+3)/4*4 + 8*int(body[21])
	if len(body) < screens+4 {
		return fmt.Errorf("the server's greeting is too short")
	}
	c.window, c.root = order.Uint32(body[4:]), order.Uint32(body[screens:])
	const copyDepth, size, copyClass = 0, 1<<16 | 1, 0
	return c.request(reqCreateWindow, copyDepth, c.window, c.root, 0, size, copyClass<<16, 0, 0)
}

// request sends one: its number, the byte behind that, and words.
func (c *client) request(number, detail byte, words ...uint32) error {
	b := []byte{number, detail, 0, 0}
	order.PutUint16(b[2:], uint16(1+len(words)))
	for _, w := range words {
		b = order.AppendUint32(b, w)
	}
	_, err := c.conn.Write(b)
	return err
}

// padded is text in words.
func padded(text string) (words []uint32) {
	b := append([]byte(text), 0, 0, 0)
	for ; len(b) >= 4; b = b[4:] {
		words = append(words, order.Uint32(b))
	}
	return words
}

// next reads what the server says next: an event, a reply, or an error.
func (c *client) next() ([]byte, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(c.conn, b); err != nil {
		return nil, err
	}
	switch b[0] {
	case 0:
		return nil, fmt.Errorf("the server says error %d to request %d", b[1], b[10])
	case 1:
		rest := make([]byte, 4*order.Uint32(b[4:]))
		_, err := io.ReadFull(c.conn, rest)
		return append(b, rest...), err
	}
	return b, nil
}

// event is the next one of a kind that ok takes.
func (c *client) event(kind byte, ok func(e []byte) bool) ([]byte, error) {
	for {
		var e []byte
		if len(c.events) > 0 {
			e, c.events = c.events[0], c.events[1:]
		} else {
			var err error
			if e, err = c.next(); err != nil {
				return nil, err
			}
		}
		if e[0]&0x7f == kind && ok(e) {
			return e, nil
		}
	}
}

// atom is the number of a name.
func (c *client) atom(name string) (uint32, error) {
	if err := c.request(reqInternAtom, 0, append([]uint32{uint32(len(name))}, padded(name)...)...); err != nil {
		return 0, err
	}
	for {
		b, err := c.next()
		if err != nil {
			return 0, err
		}
		if b[0] == 1 {
			return order.Uint32(b[8:]), nil
		}
		c.events = append(c.events, b)
	}
}

// send sends an event to a window.
func (c *client) send(to uint32, event []byte) error {
	words := []uint32{to, 0}
	for ; len(event) >= 4; event = event[4:] {
		words = append(words, order.Uint32(event))
	}
	return c.request(reqSendEvent, 0, words...)
}

// message sends a client message of five words.
func (c *client) message(to, kind uint32, words ...uint32) error {
	b := []byte{eventClientMessage, 32, 0, 0}
	b = order.AppendUint32(order.AppendUint32(b, to), kind)
	for _, w := range words {
		b = order.AppendUint32(b, w)
	}
	return c.send(to, append(b, make([]byte, 32-len(b))...))
}
