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

func combFade(x []int32, at int, f *fader) { combFadeGeneric(x, at, f) }

func combSteady(x []int32, delay int, gains *[3]int32) { combSteadyGeneric(x, delay, gains) }

func deemphasizeAdding(pcm []int16, stride int, src []int32, memory int32) int32 {
	return deemphasizeAddingGeneric(pcm, stride, src, memory)
}

func deemphasizeMono(pcm []int16, src []int32, memory int32) int32 {
	return deemphasizeGeneric(pcm, 1, src, memory)
}

func deemphasizeStereo(pcm []int16, src []int32, memory int32) int32 {
	return deemphasizeGeneric(pcm, 2, src, memory)
}

func correlate(x, y []int16) (cross, side int32) { return correlateGeneric(x, y) }

func blend(x, y []int16, p *panorama) { blendGeneric(x, y, p) }

func scaleBand(dst []int32, x []int16, factor int32, n int) { scaleBandGeneric(dst, x, factor, n) }

func attenuate(dst, x []int16, factor int32) { attenuateGeneric(dst, x, factor) }

func weigh(x []int16, y []int32, factor int32, n int) { weighGeneric(x, y, factor, n) }

func amplify(x []int16, factor int32, n int) { amplifyGeneric(x, factor, n) }

func rotatePairs(x []int16, distance int, c, s int32) { rotatePairsGeneric(x, distance, c, s) }

func unrank(y []int32, k int, i uint32) int32 { return unrankGeneric(y, k, i) }

func haar(x []int16, n, stride int) { haarGeneric(x, n, stride) }

func gather(dst, x []int16, stride int) { gatherGeneric(dst, x, stride) }

func scatter(dst, x []int16, stride int) { scatterGeneric(dst, x, stride) }
