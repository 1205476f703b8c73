//go:build !arm || purego

package mc

func blockKernel(_, _ []byte, _, _, _ int, _ Half, _ Way) bool  { return false }
func macroblockKernel(_, _ *View, _, _ *Move, _ int, _ Way) int { return 0 }
func extendKernel(_ []byte, _, _, _, _ int) bool                { return false }
