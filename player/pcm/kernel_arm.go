//go:build !purego

package pcm

//go:noescape
func filter2(dst []int32, stride, n int, x, weights []int32, taps int, w *walk)

//go:noescape
func filter1(dst []int32, stride, n int, x, weights []int32, taps int, w *walk)

//go:noescape
func scale(p []int32, factor int32)

//go:noescape
func amplify(p []int32, factor int32)

//go:noescape
func ring(p []int32, stride int, c *resonance, s *resonator)

//go:noescape
func storeS16(out []byte, src []int32)

//go:noescape
func storeS32(out []byte, src []int32)
