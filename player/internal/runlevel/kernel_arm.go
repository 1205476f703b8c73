//go:build arm && !purego

package runlevel

import "linnet/player/internal/bits"

// The kernels read no byte behind the data; zeros follow these, as in a Reader.

// read reads by the mode's kernel.
//
//go:noescape
func read(s *Scan, r *bits.Reader) Result
