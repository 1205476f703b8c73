package mp3

// Spectral lines and subband samples have one as 1.0 in this package's
// fixed point: 26 bits after the point, so that sums may reach 32 times full
// scale on their way through the transforms.
const (
	fracBits = 26
	one      = 1 << fracBits
	maxLine  = 1<<30 - 1 // what dequantisation saturates at
)

// high is the upper half of a product.
func high(x, c int32) int32 { return int32(int64(x) * int64(c) >> 32) }

// high2 is the upper half of a sum of two products.
func high2(x, c, y, d int32) int32 { return int32((int64(x)*int64(c) + int64(y)*int64(d)) >> 32) }

// Coefficients from 1/2 to 5/2 have 32 fractional bits as signed numbers when
// they are kept without their whole part: times1 is x times 1+c/2^32, times2 x
// times 2+c/2^32.
func times1(x, c int32) int32 { return x + high(x, c) }
func times2(x, c int32) int32 { return x<<1 + high(x, c) }

// The rest are written so that the compiler needs one long multiplication on a
// 32-bit machine: the coefficient is never negative and has no upper half.

// mul32 is x times a constant with 32 fractional bits, below 1.
func mul32(x int32, c int64) int32 { return int32(int64(x) * c >> 32) }

// mul28 is x times a constant with 28 fractional bits, below 16.
func mul28(x int32, c int64) int32 { return int32(int64(x) * c >> 28) }

// mulTable is x times a coefficient from a table, divided by 2^32.
func mulTable(x int32, c uint32) int32 { return int32(int64(x) * int64(c) >> 32) }

// mulMagnitude is the upper half of an unsigned product.
func mulMagnitude(a, b uint32) uint32 { return uint32(uint64(a) * uint64(b) >> 32) }
