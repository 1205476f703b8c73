// Package alsa is the sink of a board: the kernel's PCM device, by ioctl,
// without any library.
//
// It speaks version 2 of the kernel's PCM protocol (Linux 2.6.5 and later),
// of which it uses no call that carries a time, so that the width of time_t
// does not matter on 32-bit machines: where a newer protocol has a second
// layout, as for STATUS, the sink asks for DELAY instead.
//
// Files by stage: kernel.go has the calls, params.go the negotiation of rate,
// channels, period and buffer, poll.go the waiting for room, mmap.go the device's buffer mapped into the program,
// sink.go the playing. The calls are behind the interface asound.Device, so that a
// device that misbehaves can be put in the kernel's place.
//
// Drivers are not believed: what was negotiated is read back and checked, a
// buffer of fewer than two periods is refused, and the delay is kept within
// what the buffer can hold.
package alsa
