//go:build !arm || purego

package opus

func widen(dst []int32, src []int16) { widenGeneric(dst, src) }
