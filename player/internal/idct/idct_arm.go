//go:build arm && !purego

package idct

import "unsafe"

//go:noescape
func putKernel(dst *byte, stride int, b *Block, used int)

//go:noescape
func addKernel(dst *byte, stride int, b *Block, used int)

//go:noescape
func putUpright(dst *byte, stride int, b *Block)

//go:noescape
func addUpright(dst *byte, stride int, b *Block)

//go:noescape
func putFlat(dst *byte, stride int, v int)

//go:noescape
func addFlat(dst *byte, stride int, v int)

// aligned says whether samples begin where the kernels want them to: at one of
// eight bytes, by which the last column is told.
func aligned(dst []byte, stride int) bool {
	return (uintptr(unsafe.Pointer(&dst[0]))|uintptr(stride))&7 == 0
}

func put(dst []byte, stride int, b *Block, used int) {
	switch {
	case !aligned(dst, stride) || uintptr(unsafe.Pointer(b))&3 != 0:
		putGeneric(dst, stride, b)
	case used&7 == 0:
		putUpright(&dst[0], stride, b)
	default:
		putKernel(&dst[0], stride, b, used)
	}
}

func add(dst []byte, stride int, b *Block, used int) {
	switch {
	case !aligned(dst, stride) || uintptr(unsafe.Pointer(b))&3 != 0:
		addGeneric(dst, stride, b)
	case used&7 == 0:
		addUpright(&dst[0], stride, b)
	default:
		addKernel(&dst[0], stride, b, used)
	}
}

func putDC(dst []byte, stride int, v int32) {
	if !aligned(dst, stride) {
		putDCGeneric(dst, stride, v)
		return
	}
	putFlat(&dst[0], stride, int(v))
}

func addDC(dst []byte, stride int, v int32) {
	if v != 0 {
		addFlat(&dst[0], stride, int(v))
	}
}
