//go:build !arm || purego

package bits

func rice(r *Reader, dst []int32, k uint) { riceGeneric(r, dst, k) }
