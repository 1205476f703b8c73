// Package vo is the picture path: decoded pictures become pixels of a screen.
//
// A Painter converts YCbCr (ITU-R BT.601, 4:2:0, 4:2:2, 4:4:4 or gray, of
// limited or full range) to RGB565 with an ordered dither, scales, turns by
// quarters and stores, all in one pass over the lines: nothing of the size of
// a picture is kept between.
//
// # How a pixel is made
//
// Each channel is a sum of luma and of something that only chroma decides, is
// limited, quantised and dithered. The sum, its limits and the quantiser are
// one look-up: the table five (red and blue) and the table six (green) are
// read at luma plus an offset, and a chroma sample is turned into three such
// places in the tables, a hue, once for all pixels that share it. So a pixel
// costs four loads and no comparison, whatever its colour.
//
// The dither has four levels. Two are those of a chequerboard of pixels: on
// every other one each hue is moved on by about half a step of its channel. Two
// are those of a chequerboard of hues: on every other one chroma is read one
// place further in its tables, which moves each channel by a quarter of a step,
// and costs nothing.
package vo
