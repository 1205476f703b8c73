//go:build !arm || purego

package runlevel

import "linnet/player/internal/bits"

func read(s *Scan, r *bits.Reader) Result { return s.readGeneric(r) }
