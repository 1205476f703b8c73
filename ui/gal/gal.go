// Package gal is the graphics abstraction layer: what the interface needs of
// a screen, and nothing else. Its back ends are in the folders below it.
package gal

import (
	"image"
	"io"

	"linnet/ui/gal/rgb565"
)

// Screen is a surface that people see.
//
// Back is the surface to draw on; it is the same for the life of the screen.
// Flush shows the parts of Back that are named, which are clipped to it and
// may overlap; nothing else needs to become visible. Both are called from
// one goroutine.
type Screen interface {
	Back() *rgb565.Image
	Flush(dirty []image.Rectangle) error
	io.Closer
}

// A Hastener is a Screen that has some flushes wait, so that motion looks even. Hasten
// has the next one seen as soon as can be, because somebody waits for it.
type Hastener interface {
	Screen
	Hasten()
}

// A Lender is a Screen that lends its own memory to whoever shows one picture
// after another on all of it, so that none goes by way of Back.
//
// From Lend to Return pictures are turned clockwise by so many quarters as Lend
// says. Pages are surfaces of the same size: next, to be painted on; last, which was
// shown last, as a whole; and what is seen. The first two are black at first. Show
// has next seen, which then is last, and the other one next; it does not wait for the
// panel. After Return, Back is to be flushed as a whole.
//
// Pictures are seen in the parts of Back that Clip names, at first in all of it,
// and what was drawn on Back in all others: Show leaves these alone, and Flush shows
// of what is dirty what is Back's from there and the rest from last.
//
// These methods may be called from any goroutine, one at a time.
type Lender interface {
	Screen
	Lend() (quarters int)
	Clip(open []image.Rectangle)
	Pages() (next, last, seen *rgb565.Image)
	Show() error
	Return()
}

// Subtract appends to dst what is left of the rectangles in src without hole.
func Subtract(dst, src []image.Rectangle, hole image.Rectangle) []image.Rectangle {
	for _, r := range src {
		h := r.Intersect(hole)
		if h.Empty() {
			dst = append(dst, r)
			continue
		}
		for _, p := range [4]image.Rectangle{
			{Min: r.Min, Max: image.Pt(r.Max.X, h.Min.Y)},
			{Min: image.Pt(r.Min.X, h.Min.Y), Max: image.Pt(h.Min.X, h.Max.Y)},
			{Min: image.Pt(h.Max.X, h.Min.Y), Max: image.Pt(r.Max.X, h.Max.Y)},
			{Min: image.Pt(r.Min.X, h.Max.Y), Max: r.Max},
		} {
			if !p.Empty() {
				dst = append(dst, p)
			}
		}
	}
	return dst
}
