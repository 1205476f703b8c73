// Package sdl is the desktop's screen: a window that shows the panel's pixels
// enlarged by a whole factor, and the mouse and keyboard over it.
//
// SDL is called from one goroutine alone, which Open starts and locks to an
// operating system thread. It waits for events; Flush copies the pixels that changed
// into a second surface and wakes it, so whoever draws never waits for the
// display's refresh, and pictures that come faster than the display shows
// them are merged. Events are translated there too and wait in a queue, in which
// pointer moves, held keys and exposures that nobody has read yet are merged.
//
// The window needs cgo and the build tag sdl; without them Open fails with
// errors.ErrUnsupported.
package sdl
