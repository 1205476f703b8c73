package main

import (
	"io"
	"sync"

	"linnet/board"
	"linnet/ui/ial"
)

// keyOf is what a key of a board means to the screens.
var keyOf = map[string]ial.Key{
	"up": ial.KeyUp, "down": ial.KeyDown, "left": ial.KeyLeft, "right": ial.KeyRight, "enter": ial.KeyEnter, "back": ial.KeyBack,
	"home": ial.KeyHome, "play": ial.KeyPlayPause, "next": ial.KeyNext, "previous": ial.KeyPrevious,
	"volume-up": ial.KeyVolumeUp, "volume-down": ial.KeyVolumeDown, "mute": ial.KeyMute,
}

// keyTable is a board's keys by the kernel's codes.
func keyTable(keys []board.Key) map[uint16]ial.Key {
	table := make(map[uint16]ial.Key, len(keys))
	for _, k := range keys {
		table[k.Code] = keyOf[k.Meaning]
	}
	return table
}

// silence is a source without events, for a screen that nobody touches.
type silence struct {
	once sync.Once
	done chan struct{}
}

func newSilence() *silence { return &silence{done: make(chan struct{})} }

func (s *silence) ReadEvent() (ial.Event, error) {
	<-s.done
	return ial.Event{}, io.EOF
}

func (s *silence) Close() error {
	s.once.Do(func() { close(s.done) })
	return nil
}
