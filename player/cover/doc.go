// Package cover makes thumbnails of the pictures that music comes with, within
// memory that the thumbnail's size bounds, not the picture's.
//
//	cover.go    what a picture is, and how far it is reduced
//	jpeg.go     the segments of a JPEG file (ISO/IEC 10918-1, ITU-T T.81)
//	plane.go    what is kept of a component: of each 8x8 block the lowest
//	            coefficients, or of several blocks the sum of their means
//	scan.go     a scan's entropy-coded data: restarts, damage, order of blocks
//	block.go    a block's coefficients, sequential and progressive
//	bits.go     bits between markers
//	samples.go  coefficients to samples, by inverse transforms of 1, 2, 4 or 8 points
//	colour.go   samples to colours, the right way up
//	png.go      PNG: rows are added up as they are decompressed, interlaced ones too
//	sums.go     those sums
//	whole.go    GIF, BMP and WebP, which are decoded whole while they are small
//
// A progressive JPEG is spread over scans, each of which tells a little more about
// all of the picture. At an eighth of its size and below only the means of blocks
// count, so that most scans are passed over; and since each scan only adds to
// these, blocks share a sum where several of them make a pixel. At a quarter and at
// half, the lowest 2x2 or 4x4 coefficients of a block are kept, and of the others
// one bit each, whether they are 0: refinements (G.1.2.3) are read by it.
//
// A picture that is cut off or damaged shows what there is of it.
package cover
