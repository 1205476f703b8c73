//go:build !arm || purego

package mc

func copyUp(dst, src []byte, stride, width, height int, half Half) {
	copyUpGeneric(dst, src, stride, width, height, half)
}

func copyDown(dst, src []byte, stride, width, height int, half Half) {
	copyDownGeneric(dst, src, stride, width, height, half)
}

func average(dst, src []byte, stride, width, height int, half Half) {
	averageGeneric(dst, src, stride, width, height, half)
}
