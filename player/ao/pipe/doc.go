// Package pipe is the sink that gives the sound to another program: to the
// standard input of a command, or to a FIFO that a program reads, as a Snapcast
// server does.
//
// What is written is samples alone, or a WAV stream of unknown length. The
// reader sets the pace: a pipe that is full has the sink wait. What the reader
// has taken counts as heard; a reader that goes away is a device that was
// removed, and may come back.
package pipe
