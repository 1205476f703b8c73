//go:build !arm || purego

package celt

func rotateIn(buf []complex32, src []int32, stride int, rot []rotation, low, high int) {
	rotateInGeneric(buf, src, stride, rot, low, high)
}

func rotateOut(dst []int32, buf []complex32, rot []rotation) uint32 {
	return rotateOutGeneric(dst, buf, rot)
}

func mix(x []int32, slopes []twiddle) uint32 { return mixGeneric(x, slopes) }

func fours(x []complex32)                     { foursGeneric(x) }
func eights(x []complex32)                    { eightsGeneric(x) }
func radix4(x []complex32, factors []twiddle) { radix4Generic(x, factors) }
func radix3(x []complex32, factors []twiddle) { radix3Generic(x, factors) }
func radix5(x []complex32, factors []twiddle) { radix5Generic(x, factors) }

func combSteady(x []int32, delay int, gains *[3]int32) { combSteadyGeneric(x, delay, gains) }

func deemphasizeMono(pcm []int16, src []int32, memory int32) int32 {
	return deemphasizeGeneric(pcm, 1, src, memory)
}

func deemphasizeStereo(pcm []int16, src []int32, memory int32) int32 {
	return deemphasizeGeneric(pcm, 2, src, memory)
}
