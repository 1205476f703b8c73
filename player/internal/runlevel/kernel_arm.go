//go:build arm && !purego

package runlevel

import "linnet/player/internal/bits"

// The kernels read no byte behind the data; zeros follow these, as in a Reader.

//go:noescape
func odd(s *Scan, r *bits.Reader) Result

//go:noescape
func even(s *Scan, r *bits.Reader) Result

//go:noescape
func linear(s *Scan, r *bits.Reader) Result

//go:noescape
func plain(s *Scan, r *bits.Reader) Result

func (s *Scan) read(r *bits.Reader) Result {
	switch s.Mode {
	case Odd:
		return odd(s, r)
	case Even:
		return even(s, r)
	case Linear:
		return linear(s, r)
	}
	return plain(s, r)
}
