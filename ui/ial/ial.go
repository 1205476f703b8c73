// Package ial is the input abstraction layer: events of pointer and keys,
// whatever they come from. Its back ends are in the folders below it.
package ial

import (
	"image"
	"io"
	"time"
)

// Key is a key by what it means to the player.
type Key uint8

// The keys.
const (
	KeyNone Key = iota
	KeyUp
	KeyDown
	KeyLeft
	KeyRight
	KeyEnter
	KeyBack
	KeyHome
	KeyPlayPause
	KeyNext
	KeyPrevious
	KeyVolumeUp
	KeyVolumeDown
	KeyMute
	KeyPageUp
	KeyPageDown
	// Of films.
	KeyStep // the next picture
	KeyStepBack
	KeySlower
	KeyFaster
	KeySubtitlesEarlier
	KeySubtitlesLater
	KeySubtitles  // the next ones, or none
	KeySoundTrack // the next one
)

// Type says what happened.
type Type uint8

// The types of event.
const (
	PointerDown Type = iota + 1
	PointerMove      // only between PointerDown and PointerUp
	PointerUp
	KeyPress // Repeat says whether it is held
	KeyRelease
	Wheel  // Delta lines, positive is down
	Quit   // the window was closed
	Expose // the screen must be shown again as a whole
)

// Event is one thing that the user did.
type Event struct {
	Type   Type
	When   time.Duration // on a monotonic clock of the source's
	At     image.Point   // pointer position in screen coordinates
	Key    Key
	Repeat bool
	Delta  int
}

// Source is where events come from. ReadEvent blocks until there is one; it
// returns io.EOF when there will be no more. Close unblocks it.
type Source interface {
	ReadEvent() (Event, error)
	io.Closer
}

// A Clock is a Source that tells the time on the clock of its events' When, on any
// goroutine.
type Clock interface {
	Now() time.Duration
}
