package ao

import (
	"errors"
	"fmt"

	"linnet/player/ao/null"
	"linnet/player/ao/wav"
	"linnet/player/media"
)

// table lists the sinks. Its order is the one in which auto tries them: a
// desktop's sound server has the device to itself, so what can talk to it
// comes before ALSA's bare device, which is all that a board has.
var table = []sinkType{
	{name: "malgo", help: "the desktop's sound (PulseAudio, PipeWire, ALSA); malgo:DEVICE chooses by name", auto: true,
		open: openMalgo, missing: "it needs cgo; build with a C compiler and CGO_ENABLED=1, as make build does"},
	{name: "oto", help: "the default device, by Ebitengine's oto", auto: true,
		open: openOto, missing: "build with -tags oto (on Linux that needs cgo and ALSA's headers: apt-get install libasound2-dev)"},
	{name: "alsa", help: "the kernel's sound device; alsa:hw:CARD,DEVICE chooses one, alsa:access=writei,hw:CARD,DEVICE how it is fed, too", auto: true,
		open: openALSA, missing: "it is for Linux; use malgo here"},
	{name: "oss", help: "/dev/dsp, the sound device of old kernels; oss:FILE chooses another", auto: true,
		open: openOSS, missing: "it is for Linux; use malgo here"},
	{name: "wav", help: "wav:FILE writes a WAV file", open: openWAV},
	{name: "pipe", help: "pipe:COMMAND or pipe:FIFO gets the samples; pipe:wav,rate=48000,bits=16,COMMAND a WAV of that kind", open: openPipe,
		missing: "it is for Unix"},
	{name: "null", help: "no device, in real time; null:fast does not wait", open: openNull},
}

func openWAV(path string) (OpenFunc, error) {
	if path == "" {
		return nil, errors.New("ao: wav needs a file name, as in wav:out.wav")
	}
	return adapt(wav.New(path).Open), nil
}

func openNull(arg string) (OpenFunc, error) {
	if arg != "" && arg != "fast" {
		return nil, fmt.Errorf("ao: null takes fast or nothing, not %q", arg)
	}
	opt := null.Options{Fast: arg == "fast"}
	return adapt(func(want media.AudioFormat) (*null.Sink, media.AudioFormat, error) {
		return null.Open(want, opt)
	}), nil
}
