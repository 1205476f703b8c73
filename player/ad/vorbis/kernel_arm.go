//go:build !purego

package vorbis

import "linnet/player/internal/vorbis"

//go:noescape
func addWords(x, y []int32, stride int, b *book, r *vorbis.Bits) int

//go:noescape
func scale(x []int32, l line, shift int)

func decouple(m, a []int32) {
	n := len(m) &^ 3
	decoupleFours(m[:n], a[:n])
	decoupleGeneric(m[n:], a[n:])
}

// decoupleFours is decouple for a multiple of four values.
//
//go:noescape
func decoupleFours(m, a []int32)
