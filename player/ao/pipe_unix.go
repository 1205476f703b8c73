//go:build unix

package ao

import (
	"linnet/player/ao/pipe"
	"linnet/player/media"
)

var openPipe = func(arg string) (OpenFunc, error) {
	target, err := pipe.Parse(arg)
	if err != nil {
		return nil, err
	}
	return adapt(func(want media.AudioFormat) (*pipe.Sink, media.AudioFormat, error) {
		return target.Open(want)
	}), nil
}
