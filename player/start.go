package player

import (
	"errors"
	"io"
	"time"

	"linnet/player/media"
)

// start is the place in a track where a session begins.
type start struct {
	at time.Duration
	// key has it be that of a picture that decoding can begin with: the last one at or
	// before at or, forward, the first beyond a place where that is not.
	key, forward bool
	beyond       time.Duration
}

// furthest is how much of a film is looked through for a key picture.
const furthest = 60 * time.Second

// find is the time of the place. It reads in the file, for key pictures.
func (s start) find(m *Media) (time.Duration, error) {
	video := -1
	for _, one := range m.Demuxer.Streams() {
		if one.Kind == media.Video && video < 0 && m.NewVideo != nil {
			video = one.ID
		}
	}
	if !s.key || video < 0 || s.at <= 0 {
		return s.at, nil
	}
	base := m.Range.From // what is found is in the range
	if err := m.Demuxer.Seek(base + s.at); err != nil {
		return 0, media.WithFile(err, m.Name)
	}
	var p media.Packet
	for {
		err := m.Demuxer.ReadPacket(&p)
		var damage *media.FormatError
		switch {
		case errors.As(err, &damage):
			continue
		case err == io.EOF, errors.Is(err, media.ErrNewStreams):
			return s.at, nil
		case err != nil:
			return 0, media.WithFile(err, m.Name)
		case p.Stream != video:
			continue
		}
		at := time.Duration(p.PTS) - base
		if p.Key && (!s.forward || at > s.beyond) {
			return max(at, 0), nil
		}
		if at > s.at+furthest {
			return s.at, nil
		}
	}
}
