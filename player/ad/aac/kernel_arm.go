//go:build !purego

package aac

import "linnet/player/internal/bits"

// readWords reads words of a codebook into x, as many as there is room for. It
// leaves over, for the caller to read: words with an escape, and what is near
// the end of the data. It says how many lines it has read.
//
//go:noescape
func readWords(x []int32, r *bits.Reader, book []uint32, kind int) int

//go:noescape
func requantizeSmall(x []int32, k *requantizer) int

//go:noescape
func scaleBands(x *[frameLength]int32, bands []uint16, book []uint8, factor []int16) (done, at int)

//go:noescape
func midSide(l, r []int32)
