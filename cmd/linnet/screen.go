package main

import (
	"image/png"
	"io"
	"os"
	"path/filepath"
	"sync"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
)

// writePNG writes what is on the screen, whole or not at all.
func writePNG(path string, s gal.Screen) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".shot-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = png.Encode(f, rgb565.ToRGBA(s.Back()))
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
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
