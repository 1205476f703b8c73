package ao

import (
	"linnet/player/ao/oss"
	"linnet/player/media"
)

var openOSS = func(device string) (OpenFunc, error) {
	return adapt(func(want media.AudioFormat) (*oss.Sink, media.AudioFormat, error) {
		return oss.Open(device, want)
	}), nil
}
