//go:build !purego

package mdct

//go:noescape
func rotateIn(z, x, rot []int32, place []uint16)

//go:noescape
func rotateOut(z, rot []int32)

//go:noescape
func fourier(z []int32, plan []uint8)

//go:noescape
func overlap(dst []int32, lo, hi, stride int, prev, cur, window []int32)
