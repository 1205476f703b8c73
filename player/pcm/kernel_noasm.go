//go:build !arm || purego

package pcm

func filter2(dst []int32, stride, n int, x, weights []int32, taps int, w *walk) {
	filter2Generic(dst, stride, n, x, weights, taps, w)
}

func filter1(dst []int32, stride, n int, x, weights []int32, taps int, w *walk) {
	filter1Generic(dst, stride, n, x, weights, taps, w)
}
