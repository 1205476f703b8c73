//go:build !arm || purego

package mc

func copyKernel(_, _ []byte, _, _, _ int, _ Half, _ bool) bool { return false }
func averageKernel(_, _ []byte, _, _, _ int, _ Half) bool      { return false }
func extendKernel(_ []byte, _, _, _, _ int) bool               { return false }
