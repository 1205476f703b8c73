// Package ao is sound output: the table of sinks, by name.
//
// A sink is named by a spec, "name" or "name:argument":
//
//	auto          the first of malgo, oto, alsa and oss that opens
//	malgo[:DEV]   the desktop's sound server or ALSA, by miniaudio (needs cgo)
//	oto           by Ebitengine's oto (needs the build tag oto)
//	alsa[:hw:C,D] the kernel's sound device, without any library; options, as
//	              in alsa:access=writei,hw:0,0, come first
//	oss[:FILE]    /dev/dsp, the device of old kernels
//	pipe:TARGET   another program, by its standard input or a FIFO
//	wav:FILE      a WAV file
//	null[:fast]   no device, in real time or as fast as can be
//
// Open turns a spec into a function that opens the sink, again and again as
// formats change. The words of the Sink interface are ALSA's; the packages
// below this one hold one sink each, and aotest holds them all against the
// same contract.
package ao
