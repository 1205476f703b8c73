//go:build cgo

package ao

import (
	"linnet/player/ao/malgo"
	"linnet/player/media"
)

var openMalgo = func(device string) (OpenFunc, error) {
	return adapt(func(want media.AudioFormat) (*malgo.Sink, media.AudioFormat, error) {
		return malgo.Open(device, want)
	}), nil
}
