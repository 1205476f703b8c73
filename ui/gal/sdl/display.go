package sdl

import (
	"fmt"
	"image"
	"io/fs"
	"sync"

	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// Options says what window to open.
type Options struct {
	Title string
	Size  image.Point // of the screen in its own pixels
	Scale int         // window pixels to a screen pixel; 0 is 3, or less where the desktop is small
	Icon  image.Image // of the window; nil leaves the desktop's own
	// Drop is told, on a goroutine of its own, of the files and folders that were
	// dragged onto the window; nil takes none.
	Drop func(paths []string)
}

// defaultScale is how large a screen pixel is when nobody says.
const defaultScale = 3

// Display is an open window. It is a gal.Screen.
type Display struct {
	back   *rgb565.Image
	events queue
	wake   func() // makes the window's goroutine call take; callable from any goroutine
	done   chan struct{}

	mu      sync.Mutex
	stage   *rgb565.Image     // what was flushed
	pending []image.Rectangle // parts of stage that are not yet in the window
	closed  bool
	err     error // why the window's goroutine cannot show any more
}

// maxPending is how many rectangles are kept apart before their bounding box
// replaces them.
const maxPending = 64

// Open opens a window. The screen's top left corner is (0, 0). Only one can be
// open at a time, since SDL has one queue of events.
func Open(o Options) (*Display, error) {
	if o.Size.X <= 0 || o.Size.Y <= 0 || o.Scale < 0 {
		return nil, fmt.Errorf("sdl: open window: size %v, scale %d", o.Size, o.Scale)
	}
	d := newDisplay(o.Size)
	if err := d.open(o); err != nil {
		return nil, fmt.Errorf("sdl: open window: %w", err)
	}
	return d, nil
}

func newDisplay(size image.Point) *Display {
	r := image.Rectangle{Max: size}
	d := &Display{back: rgb565.New(r), stage: rgb565.New(r), done: make(chan struct{})}
	d.pending = make([]image.Rectangle, 0, maxPending+1)
	d.events.init()
	return d
}

// Back is the surface to draw on.
func (d *Display) Back() *rgb565.Image { return d.back }

// Events is where the window's events come from. Closing it does not close the
// window; closing the window ends it.
func (d *Display) Events() ial.Source { return &d.events }

// Flush shows the parts of Back that are named, soon: it does not wait for the
// display. An error that showing meets is returned by the next Flush; after
// Close it is fs.ErrClosed.
func (d *Display) Flush(dirty []image.Rectangle) error {
	d.mu.Lock()
	if err := d.state(); err != nil {
		d.mu.Unlock()
		return err
	}
	idle := len(d.pending) == 0
	for _, r := range dirty {
		if r = r.Intersect(d.back.Rect); !r.Empty() {
			d.stage.Blit(r, d.back, r.Min)
			d.add(r)
		}
	}
	wake := idle && len(d.pending) > 0
	d.mu.Unlock()
	if wake {
		d.wake()
	}
	return nil
}

// state is what forbids a Flush.
func (d *Display) state() error {
	switch {
	case d.closed:
		return fmt.Errorf("sdl: flush: %w", fs.ErrClosed)
	case d.err != nil:
		return fmt.Errorf("sdl: flush: %w", d.err)
	}
	return nil
}

// add notes a part of stage that must be shown.
func (d *Display) add(r image.Rectangle) {
	d.pending = append(d.pending, r)
	if len(d.pending) <= maxPending {
		return
	}
	for _, p := range d.pending {
		r = r.Union(p)
	}
	d.pending = append(d.pending[:0], r)
}

// take hands each pending part to upload, while nobody can change stage.
// It says how many there were and whether the window shall close.
func (d *Display) take(upload func(image.Rectangle) error) (n int, closed bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.pending {
		if err := upload(r); err != nil && d.err == nil {
			d.err = err
		}
	}
	n = len(d.pending)
	d.pending = d.pending[:0]
	return n, d.closed
}

// again marks the whole screen as not yet shown.
func (d *Display) again() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pending = append(d.pending[:0], d.stage.Rect)
}

// fail makes the next Flush return err.
func (d *Display) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err == nil {
		d.err = err
	}
}

// Close closes the window and ends its events. It returns when all is released.
func (d *Display) Close() error {
	d.mu.Lock()
	first := !d.closed
	d.closed = true
	d.mu.Unlock()
	if first {
		d.wake()
	}
	<-d.done
	return d.events.Close()
}
