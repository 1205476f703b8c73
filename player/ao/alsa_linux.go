//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package ao

import (
	"linnet/player/ao/alsa"
	"linnet/player/media"
)

var openALSA = func(device string) (OpenFunc, error) {
	return adapt(func(want media.AudioFormat) (*alsa.Sink, media.AudioFormat, error) {
		return alsa.Open(device, want)
	}), nil
}
