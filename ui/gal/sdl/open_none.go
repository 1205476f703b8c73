//go:build !sdl || !cgo

package sdl

import (
	"errors"
	"fmt"
)

// open says that there is no window in this program.
func (d *Display) open(Options) error {
	return fmt.Errorf("built without it, needs cgo and the build tag sdl: %w", errors.ErrUnsupported)
}
