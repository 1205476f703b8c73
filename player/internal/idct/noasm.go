//go:build !arm || purego

package idct

func put(dst []byte, stride int, b *Block, _ int) { putGeneric(dst, stride, b) }
func add(dst []byte, stride int, b *Block, _ int) { addGeneric(dst, stride, b) }

func putDC(dst []byte, stride int, v int32) { putDCGeneric(dst, stride, v) }
func addDC(dst []byte, stride int, v int32) { addDCGeneric(dst, stride, v) }
