package mp4

import (
	"linnet/player/internal/tags"
	"linnet/player/media"
)

// A span is the length of a track's sound, in frames.
type span struct {
	decoded int64 // what the decoder gives
	exact   int64 // up to where the last packet's duration says that it goes
}

// trim sets the stream's Frames, Delay and Padding.
func (d *Demuxer) trim(s *media.Stream, gapless tags.Gapless) {
	length := d.length
	first, end := d.span(s.Audio.Rate)
	if g := gapless; g.Valid && g.Delay+g.Frames <= length.decoded && d.entry.frame > 0 {
		first, end = g.Delay, g.Delay+g.Frames
	}
	end = min(end, length.decoded)
	first = min(first, end)
	s.Delay, s.Frames, s.Padding = first, end-first, length.decoded-end
}

// span is from where to where the edit list plays the track, or all of it.
func (d *Demuxer) span(rate int) (first, end int64) {
	end = d.length.exact
	t := &d.track
	start, ticks, ok := onePiece(t.edits, d.movieScale, t.timescale)
	if !ok {
		return d.entry.preskip, end
	}
	first = scale(start, t.timescale, int64(rate))
	if ticks <= 0 || d.movieScale <= 0 { // to the end
		return first, end
	}
	// The film's clock is often coarser than the track's. Where both say the
	// same as far as that can be told, the track is exact.
	cut := first + scale(ticks, d.movieScale, int64(rate))
	if tolerance := 1 + int64(rate)/d.movieScale; cut < end-tolerance {
		end = cut
	}
	return first, end
}

// onePiece is the stretch of a track that an edit list plays: where it starts,
// in ticks of the track, and how long it is, in ticks of the film, 0 for up to
// the end. ok is false for a list that plays nothing, or several pieces that do
// not follow one another in the track.
func onePiece(edits []edit, movieScale, timescale int64) (start, length int64, ok bool) {
	for _, e := range edits {
		if e.start < 0 { // silence
			continue
		}
		if e.start > maxTime || e.length < 0 || e.length > maxTime {
			return 0, 0, false
		}
		if !ok {
			start, length, ok = e.start, e.length, true
			continue
		}
		next := start + scale(length, movieScale, timescale)
		if tolerance := 1 + timescale/max(movieScale, 1); e.start < next-tolerance || e.start > next+tolerance {
			return 0, 0, false
		}
		length += e.length
	}
	return start, length, ok
}

// scale converts a time between units, rounded to the nearest.
func scale(t, from, to int64) int64 {
	if from == to || from <= 0 {
		return t
	}
	return t/from*to + (t%from*to+from/2)/from
}
