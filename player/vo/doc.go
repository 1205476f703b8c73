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
// The dither has four levels. Two are those of a chequerboard of pixels: the
// tables hold two levels for each value, and every other pixel takes the second,
// which is that of a value about half a step of its channel further on. Two
// are those of a chequerboard of hues: on every other one chroma is read one
// place further in its tables, which moves each channel by a quarter of a step,
// and costs nothing.
//
// # What it costs
//
// On an ARM a block of 2x2 pixels of 4:2:0 takes 31.8 instructions, of which 12
// are look-ups of levels, 10 put them into two words, 6 make places of luma and
// 2 store, and 8.6 more make its hue: 20.0 million for a second of 320x240 at 25
// pictures. To add all three channels in one word with guard bits would cost less
// where nothing is limited, and more where something is, as in every second block
// of pure colours; tables that know two channels at once would not stay in a cache
// of 16 KB. To see the profile:
//
//	make bench WORKS=mpeg1-rgb565 TOP=20
package vo
