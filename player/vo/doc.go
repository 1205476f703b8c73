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
// On an ARM a block of 2x2 pixels of 4:2:0 takes 40.3 instructions, of which 31.8
// paint it and 8.5 make its hue:
//
//	12    look-ups of levels
//	10    joining six of them to a word of two pixels, twice
//	 4    loads of luma
//	 2    luma of the dark fields, one place further
//	 2    stores
//	 1    load of the hue
//	 0.8  the loop
//
//	 2    loads of chroma
//	 4    places in the tables of chroma, and loads of two words from each
//	 1    green, of both
//	 1    store of the hue
//	 0.5  the loop
//
// That is 20.0 million instructions, and 24.8 million cycles, for a second of
// 320x240 at 25 pictures. Fewer than 15 million would be 31 a block; the first three
// rows and the stores are 28, and to make a hue without storing it takes 7. What was
// tried or counted out, and is no way there:
//
//   - All three channels added in one word with guard bits: 36 a block where nothing
//     is limited, as the check is 5 and to part and join the fields 12; more where
//     something is, as in every second block of pure colours.
//   - Two pixels of a channel in a word: 44 a block, for the same reasons.
//   - Hues made within the painting: two fewer, and one more to come to the other
//     field of their chequerboard, as there is no register left.
//   - Levels of both dithers in one word, for one addition less a pixel: parting them
//     is as much, and the tables are four times as large.
//   - What repeats, painted without look-ups: in the films of the bench 11 of 100
//     areas of 4x2 pixels are what is left of them, and the hues of 22; to look
//     costs more.
//   - Tables that know two channels at once do not stay in a cache of 16 KB.
//
// To see the profile:
//
//	make bench WORKS=mpeg1-rgb565 TOP=20
package vo
