// Package malgo is the sink of a desktop: miniaudio, by
// github.com/gen2brain/malgo, which finds PulseAudio (or PipeWire in its
// place), ALSA and what other systems have when the program runs.
//
// It needs cgo: without it this package is empty but for this comment.
//
// miniaudio calls for frames on a thread of its own, so a small buffer
// stands between: the library keeps 150 to 200 ms, and the sink has
// up to 50 ms ready for it. As miniaudio cannot take back what it was given, Drop
// closes the device, and the next Write that fills the buffer opens it again.
// Its own silent device, which plays nothing in real time, is never chosen:
// where there is no sound Open says so.
package malgo
