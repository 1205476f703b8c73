//go:build !arm || purego

package idct

func putKernel(_ []byte, _ int, _ *Block, _ int) bool { return false }
func addKernel(_ []byte, _ int, _ *Block, _ int) bool { return false }
