package evdev

import (
	"errors"
	"image"
	"sync"
	"sync/atomic"
)

// calibrating is what the touch panels of a Source share: the calibration that
// holds, and while another is made, where they were touched.
type calibrating struct {
	holds atomic.Pointer[Calibration] // nil: each panel's own, from its ranges
	off   atomic.Bool                 // no calibration holds but that

	mu      sync.Mutex
	touched [32]lifted // the latest, in turn
	n       int
}

// lifted is where a touch ended: what the panel said, and the event.
type lifted struct{ raw, at image.Point }

// note keeps the end of a touch.
func (c *calibrating) note(raw, at image.Point) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.touched[c.n%len(c.touched)] = lifted{raw, at}
	c.n++
}

// errNotTouched is for places that no touch ended at.
var errNotTouched = errors.New("evdev: calibrate: nobody touched there")

// find returns what the panel said when touches ended at some places, the last
// of which was the last; others may have ended elsewhere between them.
func (c *calibrating) find(places []image.Point) ([]image.Point, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	raw := make([]image.Point, len(places))
	i := len(places) - 1
	for k := c.n - 1; k >= max(0, c.n-len(c.touched)) && i >= 0; k-- {
		if l := c.touched[k%len(c.touched)]; l.at == places[i] {
			raw[i] = l.raw
			i--
		}
	}
	if i >= 0 {
		return nil, errNotTouched
	}
	return raw, nil
}
