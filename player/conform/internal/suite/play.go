package suite

import (
	"errors"
	"io"

	"linnet/player"
	"linnet/player/formats"
)

// Play plays a file to its end, and gives its samples, interleaved, as they are heard.
// Damage is an error.
func Play(name string) (samples []int32, err error) {
	m, err := formats.Open(name)
	if err != nil {
		return nil, err
	}
	track, err := player.NewTrack(m, false)
	if err != nil {
		m.Close()
		return nil, err
	}
	defer track.Close()
	for err == nil {
		samples, err = track.Read(samples)
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	if d := track.Damage(); d.Count > 0 {
		return nil, d.First
	}
	return samples, nil
}
