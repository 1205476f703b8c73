//go:build arm && !purego

package idct

import "unsafe"

//go:noescape
func putKernel(dst *byte, stride int, b *Block)

//go:noescape
func addKernel(dst *byte, stride int, b *Block)

// aligned says whether a block begins where the kernels want it to: they tell
// the last column by its address.
func aligned(dst []byte) bool { return uintptr(unsafe.Pointer(&dst[0]))&7 == 0 }

func put(dst []byte, stride int, b *Block) {
	if !aligned(dst) {
		putGeneric(dst, stride, b)
		return
	}
	putKernel(&dst[0], stride, b)
}

func add(dst []byte, stride int, b *Block) {
	if !aligned(dst) {
		addGeneric(dst, stride, b)
		return
	}
	addKernel(&dst[0], stride, b)
}
