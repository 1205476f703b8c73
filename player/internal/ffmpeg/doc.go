// Package ffmpeg runs FFmpeg's programs, where they are installed, as child
// processes: ffprobe to learn what a file is, ffmpeg to turn it into something
// else.
//
// A child is in a process group of its own, so that a key that interrupts this
// program does not reach it by another way than through this program, and it is
// killed together with all that it started. On Linux the kernel kills it when this
// program ends in any other way. What it says on its standard error is kept, the
// last of it, for the error that Wait returns.
//
// Input only says which file is read: no file can have a child read anything but
// files, as from an address in a playlist.
package ffmpeg
