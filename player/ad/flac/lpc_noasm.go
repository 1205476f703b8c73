//go:build !arm || purego

package flac

func restoreLPC(s, coefs []int32, shift uint) { restoreLPCGeneric(s, coefs, shift) }
