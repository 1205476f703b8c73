// Package mpegps takes MPEG program streams apart: ISO/IEC 11172-1, and 13818-1
// clause 2.5, as .mpg, .mpeg and .vob have them, with MPEG-1 or MPEG-2 video
// and MPEG audio.
//
//	cdxa.go    the sectors of a video CD
//	pack.go    packs, and the headers of packets (PES)
//	video.go   access units, and their times
//	audio.go   frames of sound, and their places
//	foreign.go sound that nobody here decodes, as DVDs have it
//	demux.go   the file
//	join.go    streams behind one another, each with a clock of its own
//	seek.go    places by time
//
// Times count from where the sound begins, or without any from the first one, so that a file which was
// cut out of another begins at 0. Where the clock becomes another one, as in files
// that were joined, they go on from what came before.
package mpegps
