//go:build !arm || purego

package runlevel

import "linnet/player/internal/bits"

func (s *Scan) read(r *bits.Reader) Result { return s.readGeneric(r) }
