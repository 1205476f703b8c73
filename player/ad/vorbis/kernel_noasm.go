//go:build !arm || purego

package vorbis

import "linnet/player/internal/vorbis"

func addWords(x, y []int32, stride int, b *book, r *vorbis.Bits) int {
	return addWordsGeneric(x, y, stride, b, r)
}

func scale(x []int32, l line, shift int) { scaleGeneric(x, l, shift) }

func decouple(m, a []int32) { decoupleGeneric(m, a) }
