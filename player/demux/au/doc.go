// Package au takes AU files apart, Sun's and NeXT's format of sound: a header of
// big-endian numbers, a note, and PCM, IEEE float, A-law or mu-law.
//
// A size that was never filled in, as programs that write to a pipe leave it,
// means that the sound goes on to the end of the file.
package au
