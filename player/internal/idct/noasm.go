//go:build !arm || purego

package idct

func put(dst []byte, stride int, b *Block) { putGeneric(dst, stride, b) }
func add(dst []byte, stride int, b *Block) { addGeneric(dst, stride, b) }
