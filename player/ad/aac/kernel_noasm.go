//go:build !arm || purego

package aac

import "linnet/player/internal/bits"

// readWords reads nothing: the caller does.
func readWords(x []int32, r *bits.Reader, book []uint32, kind int) int { return 0 }

func requantizeSmall(x []int32, k *requantizer) int { return requantizeSmallGeneric(x, k) }

func scaleBands(x *[frameLength]int32, bands []uint16, book []uint8, factor []int16) (done, at int) {
	return scaleBandsGeneric(x, bands, book, factor)
}

func midSide(l, r []int32) { midSideGeneric(l, r) }
