// Package rgb565 draws on surfaces of 16-bit pixels, five bits of red, six of
// green, five of blue, as the board's panel shows them. Everything is integer
// arithmetic and clipped to the surface it is drawn on, so a caller narrows
// the drawing by drawing on a Sub. Nothing allocates but New, Sub, ToRGBA and
// Scale from image types that have no fast path.
//
// # Coordinates
//
// All coordinates are those of the screen: a sub-image keeps the coordinates
// of its parent. Rectangles that are empty or turned inside out draw nothing.
//
// # Blending
//
// Coverage and opacity come in as 0..255 and are reduced to 33 levels,
// level = (alpha+4)/8, which are all that channels of five and six bits
// can show. A channel becomes (f*level + b*(32-level) + 16) / 32, rounded
// down, where b was there and f is drawn: alpha 0 leaves a pixel as it is and alpha 255
// replaces it, exactly. All blending operations share this arithmetic, so
// the order in which two disjoint shapes are drawn never shows.
//
// # Eight bits and five
//
// A channel x of five bits means x<<3|x>>2 of eight, one of six bits x<<2|x>>4.
// ToRGBA uses this, and Scale and GradientV dither towards it: an 8-bit value
// that a pixel can show exactly is never dithered.
//
// # Kernels
//
// Operations clip, then call a kernel for each row, a plain function over
// slices. Those that the time goes into (filling, blending, masks, glyphs,
// weighing the samples of a scaled picture, turning) are ARMv4T assembly on the
// board, beside a twin in Go that gives the same bits and is used elsewhere and
// with the build tag purego. Copying is the run-time's, which has assembly of
// its own.
package rgb565
