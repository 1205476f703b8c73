//go:build !sdl || !cgo

package sdl

import (
	"errors"
	"image"
	"testing"
)

func TestOpenWithoutSDL(t *testing.T) {
	_, err := Open(Options{Size: image.Pt(320, 240)})
	if !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
}
