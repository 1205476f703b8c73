//go:build !arm || purego

package pcm

func filter2(dst []int32, stride, n int, x, weights []int32, taps int, w *walk) {
	filter2Generic(dst, stride, n, x, weights, taps, w)
}

func filter1(dst []int32, stride, n int, x, weights []int32, taps int, w *walk) {
	filter1Generic(dst, stride, n, x, weights, taps, w)
}

func scale(p []int32, factor int32) { scaleGeneric(p, factor) }

func amplify(p []int32, factor int32) { amplifyGeneric(p, factor) }

func ring(p []int32, stride int, c *resonance, s *resonator) { ringGeneric(p, stride, c, s) }

func storeS16(out []byte, src []int32) { storeS16Generic(out, src) }

func storeS32(out []byte, src []int32) { storeS32Generic(out, src) }
