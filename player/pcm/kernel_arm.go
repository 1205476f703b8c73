//go:build !purego

package pcm

//go:noescape
func filter2(dst []int32, stride, n int, x, weights []int32, taps int, w *walk)

//go:noescape
func filter1(dst []int32, stride, n int, x, weights []int32, taps int, w *walk)
