package wav

import (
	"fmt"
	"io"

	"linnet/player/media"
)

// inFrames is MPEG audio, whose frames stand in the data chunk as in a file of their
// own; what fmt says of them is not needed.
type inFrames struct {
	Sound
	end     int64
	missing int64 // bytes that the header promises behind end; said once
}

// ReadPacket gives the next frame.
func (s *inFrames) ReadPacket(p *media.Packet) error {
	err := s.Sound.ReadPacket(p)
	if err == io.EOF && s.missing > 0 {
		n := s.missing
		s.missing = 0
		return formatError(s.end, fmt.Sprintf("the file is cut off: %d bytes of sound are missing", n))
	}
	return err
}
