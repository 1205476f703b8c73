package player

import (
	"errors"
	"io"
	"slices"
	"time"

	"linnet/player/media"
)

// quiet is the sound of a film that has none, or none that anybody decodes: silence for as long as its
// pictures last, so that all that goes by the sound, as pausing and seeking,
// goes by it there, too.
type quiet struct {
	frame time.Duration // how long a picture is shown
	until int64         // silence is due up to this frame
	ended bool
}

// quietFormat is the format of that silence.
var quietFormat = media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}

// beginQuiet takes up the first stream of pictures, if there is one.
func (t *Track) beginQuiet() bool {
	for _, s := range t.media.Demuxer.Streams() {
		if s.Kind != media.Video || t.media.NewVideo == nil {
			continue
		}
		t.quiet = &quiet{frame: s.Video.Duration(1)}
		frames := int64(-1)
		if s.Length > 0 {
			frames = quietFormat.Frames(s.Length)
		}
		t.source = media.Stream{ID: s.ID, Kind: media.Audio, Codec: s.Codec, Audio: quietFormat, Frames: frames, Estimated: true}
		t.stream = t.source
		t.first, t.end, t.pos = 0, -1, 0
		return true
	}
	return false
}

// shows says whether there are pictures that somebody decodes.
func (t *Track) shows() bool {
	return slices.ContainsFunc(t.media.Demuxer.Streams(), func(s media.Stream) bool {
		if s.Kind != media.Video || t.media.NewVideo == nil {
			return false
		}
		_, err := t.media.NewVideo(s)
		return err == nil
	})
}

// read appends silence for the next packet.
func (q *quiet) read(t *Track, dst []int32) ([]int32, error) {
	if t.pos >= q.until {
		if q.ended {
			return dst, io.EOF
		}
		if err := q.packet(t); err != nil {
			return dst, err
		}
	}
	n := min(q.until-t.pos, silenceFrames)
	if t.end >= 0 {
		n = min(n, t.end-t.pos)
	}
	if n <= 0 {
		return dst, nil
	}
	was := len(dst)
	dst = slices.Grow(dst, int(n)*quietFormat.Channels)[:was+int(n)*quietFormat.Channels]
	clear(dst[was:])
	t.pos += n
	return dst, nil
}

// packet finds out how long the film is shown with the next packet.
func (q *quiet) packet(t *Track) error {
	err := t.media.Demuxer.ReadPacket(&t.pkt)
	switch {
	case err == io.EOF, errors.Is(err, media.ErrNewStreams):
		q.ended = true
		return nil
	case err != nil:
		return t.note(err, 0)
	case t.pkt.Stream != t.stream.ID:
		return nil
	}
	to := quietFormat.Frames(time.Duration(t.pkt.PTS) + q.frame)
	if gap := to - q.until; gap > 0 && gap <= maxGap*int64(quietFormat.Rate) {
		q.until = to
	}
	return nil
}

// seek goes to a frame; the file is there already.
func (q *quiet) seek(t *Track, frame int64) {
	t.pos, q.until, q.ended = frame, frame, false
}
