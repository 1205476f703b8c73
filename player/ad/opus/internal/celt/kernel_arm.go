//go:build !purego

package celt

//go:noescape
func rotateIn(buf []complex32, src []int32, stride int, rot []rotation, low, high int)

//go:noescape
func rotateOut(dst []int32, buf []complex32, rot []rotation) uint32

//go:noescape
func mix(x []int32, slopes []twiddle) uint32

//go:noescape
func fours(x []complex32)

//go:noescape
func eights(x []complex32)

//go:noescape
func radix4(x []complex32, factors []twiddle)

//go:noescape
func radix3(x []complex32, factors []twiddle)

//go:noescape
func radix5(x []complex32, factors []twiddle)

//go:noescape
func combFade(x []int32, at int, f *fader)

//go:noescape
func combSteady(x []int32, delay int, gains *[3]int32)

//go:noescape
func deemphasizeAdding(pcm []int16, stride int, src []int32, memory int32) int32

//go:noescape
func deemphasizeMono(pcm []int16, src []int32, memory int32) int32

//go:noescape
func deemphasizeStereo(pcm []int16, src []int32, memory int32) int32

//go:noescape
func correlate(x, y []int16) (cross, side int32)

//go:noescape
func blend(x, y []int16, p *panorama)

//go:noescape
func scaleBand(dst []int32, x []int16, factor int32, n int)

//go:noescape
func attenuate(dst, x []int16, factor int32)

//go:noescape
func weigh(x []int16, y []int32, factor int32, n int)

//go:noescape
func amplify(x []int16, factor int32, n int)

//go:noescape
func rotatePairs(x []int16, distance int, c, s int32)

//go:noescape
func unrank(y []int32, k int, i uint32) int32

//go:noescape
func haar(x []int16, n, stride int)

//go:noescape
func gather(dst, x []int16, stride int)

//go:noescape
func scatter(dst, x []int16, stride int)
