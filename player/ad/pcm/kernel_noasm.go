//go:build !arm || purego

package pcm

func unpackS16LE(dst []int32, src []byte) { unpackS16LEGeneric(dst, src) }

func unpackS24LE(dst []int32, src []byte) { unpackS24LEGeneric(dst, src) }
