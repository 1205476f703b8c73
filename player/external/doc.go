// Package external opens what no decoder here takes through FFmpeg, where that is
// installed, as on a desktop: ffmpeg runs as a child and writes raw pictures and
// samples into pipes. A board has no ffmpeg, and then nothing changes.
//
// To the player it is a file like others: a demuxer whose packets are one picture, or
// a piece of sound, and decoders that have nothing left to do. Each stream for which
// a decoder is made has a child of its own, so that no stream waits for another one's
// pipe; a stream that nobody decodes costs nothing. Media.Via says who decodes, for
// all front ends to show.
//
// A seek starts the child anew at its place: sound begins with the frame asked for,
// pictures with the one that is shown then. The children write on a grid, the one of
// the file's rates from its start on: what is missing is silence or the last picture
// again, so that what was written says what time it is.
//
// A child ends with its file, and with the program, however that ends. One that gives
// nothing for some seconds is killed, which is an error of the file; Interrupt ends
// the wait at once.
package external
