//go:build !purego

package opus

//go:noescape
func widen(dst []int32, src []int16)
