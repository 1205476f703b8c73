package player

import (
	"slices"
	"time"

	"linnet/player/media"
)

// A Range is the part of a file that is played, as a track of a cue sheet is: from
// From up to To, counted as Seek does; To 0 is the file's end. The zero Range is the
// whole file. A nanosecond is finer than a frame: a count of frames that was made a
// time comes back, and one of sectors of 1/75 s comes to its nearest frame.
type Range struct{ From, To time.Duration }

// file is the name of the file that is read.
func (m *Media) file() string {
	if m.File != "" {
		return m.File
	}
	return m.Name
}

// bounds are a range's first frame and the one behind its last, -1 where that is the
// file's, untrimmed. ok is false for a range without frames.
func (t *Track) bounds(r Range) (first, end int64, ok bool) {
	a, delay := t.source.Audio, t.source.Delay
	first, end = delay+a.Frames(max(r.From-t.before, 0)), trimmedEnd(t.source)
	if r.To > 0 {
		if to := delay + a.Frames(r.To-t.before); end < 0 || to < end {
			end = to
		}
	}
	return first, end, end < 0 || first < end
}

// limit has Read give the media's range of the stream that was just taken up, as if
// there were nothing else.
func (t *Track) limit() error {
	if t.ranged = t.media.Range != (Range{}) && !t.raw; !t.ranged {
		return nil
	}
	first, end, ok := t.bounds(t.media.Range)
	if !ok {
		return &media.FormatError{Stage: "player", Offset: -1, Msg: "the part of it that is to be played is behind its end"}
	}
	t.be(first, end)
	return nil
}

// be makes these the bounds of the track, and has Stream speak of what is between.
func (t *Track) be(first, end int64) {
	t.origin, t.first, t.end = first-t.source.Delay, first, end
	s := &t.stream
	s.Frames, s.Estimated = t.source.Frames, t.source.Estimated
	switch {
	case end >= 0:
		s.Frames, s.Estimated = end-first, false
	case s.Frames >= 0:
		s.Frames = max(s.Frames-t.origin, 0)
	}
}

// follow makes t, which was read to the end of its range, the range of m, if that is
// of the same file and begins right there. It is then read on without a seek: every
// sample is what it is when the file is played through. t keeps its own file, and
// takes from m, which is to be closed, what that says of itself.
func (t *Track) follow(m *Media) bool {
	if !t.through() || m.file() != t.media.file() {
		return false
	}
	first, end, ok := t.bounds(m.Range)
	if !ok || first != t.end {
		return false
	}
	next := *t.media
	next.Name, next.Range, next.Tags, next.Chapters = m.Name, m.Range, m.Tags, m.Chapters
	t.media = &next
	t.damaged, t.damage, t.damageAt, t.lost = 0, nil, 0, 0
	t.be(first, end)
	return true
}

// through says whether all of the range was given.
func (t *Track) through() bool { return t.ranged && t.end >= 0 && t.given() >= t.end }

// given is the untrimmed position of the next frame that Read gives.
func (t *Track) given() int64 { return t.pos - int64(len(t.over)/t.stream.Audio.Channels) }

// spare cuts dst to n samples, and keeps the others for the range that follows.
func (t *Track) spare(dst []int32, n int) []int32 {
	if t.ranged {
		t.over = append(t.over, dst[n:]...)
	}
	return dst[:n]
}

// spared appends what was decoded beyond the range before, as far as it is in this one.
func (t *Track) spared(dst []int32) []int32 {
	n := len(t.over)
	if t.end >= 0 {
		n = int(min(int64(n), (t.end-t.given())*int64(t.stream.Audio.Channels)))
	}
	dst = append(dst, t.over[:n]...)
	t.over = slices.Delete(t.over, 0, n)
	return dst
}
