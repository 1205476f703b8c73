//go:build !purego

package pcm

func unpackS16LE(dst []int32, src []byte) {
	n := words16(dst, src)
	unpackS16LEGeneric(dst[n:], src[2*n:])
}

func unpackS24LE(dst []int32, src []byte) {
	n := words24(dst, src)
	unpackS24LEGeneric(dst[n:], src[3*n:])
}

//go:noescape
func words16(dst []int32, src []byte) (done int)

//go:noescape
func words24(dst []int32, src []byte) (done int)
