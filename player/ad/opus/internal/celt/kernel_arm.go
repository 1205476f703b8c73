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
func combSteady(x []int32, delay int, gains *[3]int32)

//go:noescape
func deemphasizeMono(pcm []int16, src []int32, memory int32) int32

//go:noescape
func deemphasizeStereo(pcm []int16, src []int32, memory int32) int32
