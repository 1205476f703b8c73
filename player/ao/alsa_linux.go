//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package ao

import (
	"linnet/player/ao/alsa"
	"linnet/player/media"
)

var openALSA = func(arg string) (OpenFunc, error) {
	target, err := alsa.Parse(arg)
	if err != nil {
		return nil, err
	}
	return adapt(func(want media.AudioFormat) (*alsa.Sink, media.AudioFormat, error) {
		return target.Open(want)
	}), nil
}
