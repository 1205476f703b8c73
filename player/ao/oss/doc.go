// Package oss is the sink for the sound device of old: /dev/dsp, of a kernel
// before ALSA or of ALSA's emulation of it.
//
// What drivers of its time do wrong is expected. The fragments are set before
// anything else, as drivers fix their buffers with the first of all other
// calls; format, channels and rate are what the driver answers, not what it
// was asked; a buffer of nothing is no answer, and the sink goes by what it
// asked for until the driver says better; a driver without GETODELAY is asked
// for its space; and as whole fragments only are ever played, a tail is filled
// up with silence.
//
// OSS does not tell of an xrun. The sink sees one in a device that has nothing
// left.
package oss
