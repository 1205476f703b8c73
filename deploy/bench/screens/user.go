//go:build linux

package main

import (
	"image"
	"io"
	"io/fs"
	"sync"

	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// user is a source of events: each is given when the one before was taken.
type user struct {
	events chan ial.Event
	taken  chan struct{}
	first  bool
	once   sync.Once
	done   chan struct{}
}

func newUser() *user {
	return &user{events: make(chan ial.Event), taken: make(chan struct{}), first: true, done: make(chan struct{})}
}

func (u *user) ReadEvent() (ial.Event, error) {
	if !u.first {
		select {
		case u.taken <- struct{}{}:
		case <-u.done:
			return ial.Event{}, io.EOF
		}
	}
	u.first = false
	select {
	case e := <-u.events:
		return e, nil
	case <-u.done:
		return ial.Event{}, io.EOF
	}
}

// do gives an event and returns when it is in the desktop's queue.
func (u *user) do(e ial.Event) {
	u.events <- e
	<-u.taken
}

func (u *user) Close() error {
	u.once.Do(func() { close(u.done) })
	return nil
}

// panel is a screen whose glass stands upright: what is flushed is turned, as
// on the board, into memory.
type panel struct {
	back, glass *rgb565.Image
	flushed     int64 // pixels
	closed      bool
}

func newPanel() *panel {
	return &panel{back: rgb565.New(image.Rect(0, 0, 320, 240)), glass: rgb565.New(image.Rect(0, 0, 240, 320))}
}

func (p *panel) Back() *rgb565.Image { return p.back }

func (p *panel) Flush(dirty []image.Rectangle) error {
	if p.closed {
		return fs.ErrClosed
	}
	for _, r := range dirty {
		p.glass.Rotate(p.back, r, 1)
		p.flushed += int64(r.Dx() * r.Dy())
	}
	return nil
}

func (p *panel) Close() error {
	p.closed = true
	return nil
}
