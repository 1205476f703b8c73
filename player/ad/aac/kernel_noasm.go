//go:build !arm || purego

package aac

import "linnet/player/internal/bits"

// readWords reads nothing: the caller does.
func readWords(x []int32, r *bits.Reader, book []uint32, kind int) int { return 0 }

func requantizeSmall(x []int32, k *requantizer) int { return requantizeSmallGeneric(x, k) }

func midSide(l, r []int32) { midSideGeneric(l, r) }
