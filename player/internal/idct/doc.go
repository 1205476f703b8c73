// Package idct is the inverse transform of 8x8 blocks that MPEG video and
// JPEG have in common.
//
// The standards leave its rounding open within the limits of IEEE 1180. This
// one is even-odd decomposition by rows and then columns, with 15-bit
// cosines and 11 and 20 bits taken off behind the two: the same samples as
// FFmpeg's "simple" transform gives, so that whole streams can be compared
// bit by bit. Coefficients are taken to be within -2048 and 2047, as the
// standards clip them; others give some samples, and no panic.
//
// Most blocks hold a few frequencies only. Who decodes one knows where: the
// places of its coefficients, ored together, tell how many rows and columns
// there are to transform. A row of nothing but its first coefficient costs
// next to nothing, and a block of nothing but its first coefficient is one
// value for all samples.
package idct
