//go:build !purego

package flac

import "unsafe"

//go:noescape
func divide(q *[16]uint32, b []byte)

//go:noescape
func findSync(b []byte) int

// toBorder is how many bytes are in front of the first whole word of b.
func toBorder(b []byte) int { return -int(uintptr(unsafe.Pointer(unsafe.SliceData(b)))) & 3 }
