//go:build arm && !purego

package idct

// The kernels do nothing, and say so, where something does not begin at its
// border, or does not fit.

//go:noescape
func putKernel(dst []byte, stride int, b *Block, used int) (done bool)

//go:noescape
func addKernel(dst []byte, stride int, b *Block, used int) (done bool)
