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
