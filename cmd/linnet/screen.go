package main

import (
	"image/png"
	"os"
	"path/filepath"

	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
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
