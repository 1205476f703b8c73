//go:build oto

package ao

import (
	"linnet/player/ao/oto"
	"linnet/player/media"
)

var openOto = func(arg string) (OpenFunc, error) {
	return adapt(func(want media.AudioFormat) (*oto.Sink, media.AudioFormat, error) {
		return oto.Open(want)
	}), nil
}
