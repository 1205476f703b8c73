//go:build arm && !purego

package idct

import "unsafe"

//go:noescape
func putKernel(dst *byte, stride int, b *Block)

//go:noescape
func addKernel(dst *byte, stride int, b *Block)

// aligned says whether a block and its samples begin where the kernels want
// them to: coefficients at a word's border, samples at one of eight bytes, by
// which the last column is told.
func aligned(dst []byte, b *Block) bool {
	return uintptr(unsafe.Pointer(&dst[0]))&7|uintptr(unsafe.Pointer(b))&3 == 0
}

func put(dst []byte, stride int, b *Block) {
	if !aligned(dst, b) {
		putGeneric(dst, stride, b)
		return
	}
	putKernel(&dst[0], stride, b)
}

func add(dst []byte, stride int, b *Block) {
	if !aligned(dst, b) {
		addGeneric(dst, stride, b)
		return
	}
	addKernel(&dst[0], stride, b)
}
