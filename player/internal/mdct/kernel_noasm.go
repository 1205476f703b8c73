//go:build !arm || purego

package mdct

func rotateIn(z, x, rot []int32, place []uint16) { rotateInGeneric(z, x, rot, place) }

func rotateOut(z, rot []int32) { rotateOutGeneric(z, rot) }

func fourier(z []int32, plan []uint8) { fourierGeneric(z, plan) }

func overlap(dst []int32, lo, hi, stride int, prev, cur, window []int32) {
	overlapGeneric(dst, lo, hi, stride, prev, cur, window)
}
