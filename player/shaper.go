package player

import (
	"time"

	"linnet/player/media"
	"linnet/player/pcm"
	"linnet/player/stretch"
)

// Sound is what is done to the sound of all tracks. The zero Sound leaves
// every sample as it was decoded, as long as the device takes a track's
// format.
type Sound struct {
	pcm.Settings
	ReplayGain ReplayGain
	Crossfade  Crossfade
}

// ReplayGain brings tracks to one loudness by what their tags say.
type ReplayGain struct {
	Mode ReplayGainMode
	// Preamp is added to what the tags say, in hundredths of a decibel; without
	// tags nothing is changed.
	Preamp int
	// MayClip does not hold back where the tags say that peaks would be cut
	// off.
	MayClip bool
}

// ReplayGainMode says which of a track's two numbers counts.
type ReplayGainMode uint8

// The modes. Where a file has only one of the two numbers it counts in either.
const (
	ReplayGainOff ReplayGainMode = iota
	ReplayGainTrack
	ReplayGainAlbum
)

func (m ReplayGainMode) String() string {
	return [...]string{"off", "track", "album"}[m]
}

// MaxCrossfade is the longest crossfade.
const MaxCrossfade = 12 * time.Second

// Crossfade lets a track that ends by itself fade into the next, where both
// have one format.
type Crossfade struct {
	Length time.Duration // 0, which is gapless, to MaxCrossfade
	// WithinAlbums fades between tracks that follow each other on an album,
	// too. They may have been made to be joined without a gap.
	WithinAlbums bool
}

// limited is s within the limits of its values.
func (s Sound) limited() Sound {
	s.Settings = s.Settings.Limited()
	s.ReplayGain.Preamp = min(max(s.ReplayGain.Preamp, -maxPreamp), maxPreamp)
	s.Crossfade.Length = min(max(s.Crossfade.Length, 0), MaxCrossfade)
	return s
}

// maxPreamp is 15 dB either way.
const maxPreamp = 1500

// factor is what a file with such tags is to be multiplied by.
func (r ReplayGain) factor(t media.ReplayGain) pcm.Factor {
	l := t.Track
	if r.Mode == ReplayGainAlbum && t.Album.Known || !l.Known {
		l = t.Album
	}
	if r.Mode == ReplayGainOff || !l.Known {
		return pcm.Unity
	}
	f := pcm.Decibels(l.Gain + r.Preamp)
	if r.MayClip {
		return f
	}
	return f.Below(l.Peak)
}

// between says whether a track fades into the next.
func (c Crossfade) between(a, b media.Tags) bool {
	onAlbum := a.Album != "" && a.Album == b.Album && a.AlbumArtist == b.AlbumArtist && a.Disc == b.Disc && a.Track+1 == b.Track
	return c.WithinAlbums || !onAlbum
}

// shaper makes of the sound of tracks what the listener wants and the device
// takes. Where nothing is to be done it passes the samples on as they are.
type shaper struct {
	sound   Sound
	speed   int // percent
	quality pcm.Quality

	in, out media.AudioFormat  // in is zero before the first format
	factor  pcm.Factor         // of the present track
	stretch *stretch.Stretcher // nil at normal speed
	warped  []int32
	conv    *pcm.Converter
	chain   *pcm.Chain
	dither  *pcm.Dither // of what was changed
	fade    *pcm.Crossfader
	mixed   *pcm.Dither // of fades
	buf     []int32
	result  []int32
}

// open is for another format than before, once that was flushed.
func (s *shaper) open(in, out media.AudioFormat) {
	s.in, s.out, s.factor = in, out, pcm.Unity
	s.stretch = nil
	if s.speed != stretch.Normal {
		s.stretch = stretch.New(in, s.speed)
	}
	s.conv = pcm.NewConverter(in, out, s.quality)
	s.chain = pcm.NewChain(out, s.sound.Settings)
	s.dither, s.mixed = pcm.NewDither(out), pcm.NewDither(out)
	s.fade = pcm.NewCrossfader(int(out.Frames(s.sound.Crossfade.Length)), out.Channels)
}

// begin says that what comes now is a track with such tags, and returns how
// many frames of what came before are still to be written in front of it.
func (s *shaper) begin(tags media.Tags, fadeInto bool) (held int) {
	s.factor = s.sound.ReplayGain.factor(tags.ReplayGain)
	if fadeInto {
		s.fade.Join()
	}
	if s.fade.Fading() > 0 {
		return 0
	}
	return s.fade.Held()
}

// run takes frames, in which it works, and returns what is to be written. It
// is valid until the next call.
func (s *shaper) run(frames []int32) []int32 {
	s.factor.Apply(frames)
	if s.stretch != nil {
		s.warped = s.stretch.Push(s.warped[:0], frames)
		frames = s.warped
	}
	return s.finish(s.convert(frames))
}

// cut has all that was given to run until now come out, as where another track
// begins, and returns what was left of it.
func (s *shaper) cut() []int32 {
	if s.stretch == nil {
		return nil
	}
	s.warped = s.stretch.Flush(s.warped[:0])
	return s.finish(s.convert(s.warped))
}

func (s *shaper) convert(frames []int32) []int32 {
	if s.conv.Identity() {
		return frames
	}
	s.buf = s.conv.Convert(s.buf[:0], frames)
	return s.buf
}

// finish is what is done at the device's rate.
func (s *shaper) finish(frames []int32) []int32 {
	if !s.chain.Neutral() {
		s.chain.Apply(frames)
	}
	if s.factor != pcm.Unity || !s.conv.Exact() || !s.chain.Neutral() {
		s.dither.Apply(frames)
	}
	if s.sound.Crossfade.Length == 0 {
		return frames
	}
	n := min(s.fade.Fading()*s.out.Channels, len(frames))
	s.result = s.fade.Push(s.result[:0], frames[:n])
	s.mixed.Apply(s.result)
	s.result = s.fade.Push(s.result, frames[n:])
	return s.result
}

// flush ends the format: it returns what is left.
func (s *shaper) flush() []int32 {
	if s.in.Rate == 0 {
		return nil
	}
	s.buf = s.buf[:0]
	if s.stretch != nil {
		s.warped = s.stretch.Flush(s.warped[:0])
		s.buf = append(s.buf, s.convert(s.warped)...)
	}
	s.buf = s.conv.Flush(s.buf)
	rest := s.finish(s.buf)
	if s.sound.Crossfade.Length > 0 {
		s.result = s.fade.Flush(s.result)
		rest = s.result
	}
	s.in = media.AudioFormat{}
	return rest
}
