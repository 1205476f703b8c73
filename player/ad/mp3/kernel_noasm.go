//go:build !arm || purego

package mp3

func dct32(x *[32]int32, h *history, at int) { dct32Generic(x, h, at) }

func windowing(h *history, at int, out []int32, stride int) { windowingGeneric(h, at, out, stride) }
