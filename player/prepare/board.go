package prepare

import (
	"slices"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

// Board is what counts of a board.
type Board struct {
	Width, Height int   // of a picture on its panel
	Rates         []int // of sound that it plays without resampling; nil for any up to 48 kHz
}

// An action is what becomes of a file.
type action uint8

const (
	copied     action = iota + 1 // as it is
	rewritten                    // a playlist, with other names in it
	toAAC                        // sound
	toLossless                   // sound, kept without loss
	toFilm
)

// ending is that of the file that an action makes.
func (a action) ending() string {
	return [...]string{toAAC: ".m4a", toLossless: ".flac", toFilm: ".mp4"}[a]
}

// Costs in million cycles a second.
const (
	budget      = 120 // what a film may need in all
	pictureCost = 30  // of 320x240 pixels at 25 Hz to the panel
	mostRate    = 48000
	mostBits    = 1_300_000 // of pictures, a second: the costs are for half of it
	trackBits   = 200_000   // of a track of sound
)

// soundCosts are of stereo at 44.1 kHz.
var soundCosts = map[media.Codec]int{
	media.MP1: 15, media.MP2: 15, media.MP3: 20, media.AAC: 13, media.Vorbis: 15, media.Opus: 36, media.FLAC: 7, media.ALAC: 19,
}

// videoCosts are of 320x240 pixels at 25 Hz; what a stream of MPEG-4 uses is not
// seen from outside.
var videoCosts = map[media.Codec]int{
	media.MPEG1Video: 51, media.MPEG2Video: 60, media.MPEG4: 59, media.MJPEG: 99,
}

// plays says whether the board plays a file well as it is.
func (b Board) plays(m *player.Media, size int64) bool {
	cost, sounds, films := 0, 0, 0
	var length time.Duration
	for _, s := range m.Demuxer.Streams() {
		length = max(length, s.Duration())
		switch s.Kind {
		case media.Audio:
			if sounds++; sounds > 1 {
				continue // one is heard
			}
			if !playsSound(m, s) {
				return false
			}
			cost += soundCosts[s.Codec]
		case media.Video:
			films++
			if !b.playsPictures(m, s) {
				return false
			}
			cost += (videoCosts[s.Codec] + pictureCost) * load(s.Video) / load(media.VideoFormat{Width: 320, Height: 240, Rate: media.Rational{Num: 25, Den: 1}})
		}
	}
	bits := int64(0)
	if length > 0 {
		bits = size * 8 / int64(length/time.Millisecond+1) * 1000
	}
	tooDear := cost > budget || bits > int64(mostBits+trackBits*sounds)
	return sounds > 0 && films == 0 || films > 0 && !tooDear
}

// load is proportional to the pixels that are shown in a second.
func load(f media.VideoFormat) int {
	return int(int64(f.Width) * int64(f.Height) * int64(f.Rate.Num) / int64(max(f.Rate.Den, 1)))
}

func playsSound(m *player.Media, s media.Stream) bool {
	_, err := m.NewAudio(s)
	return err == nil && s.Audio.Rate <= mostRate && s.Audio.Channels <= 2
}

func (b Board) playsPictures(m *player.Media, s media.Stream) bool {
	if _, err := m.NewVideo(s); err != nil {
		return false
	}
	f := s.Video
	return f.Width <= b.Width && f.Height <= b.Height && (!f.Rate.Known() || f.Rate.Num <= 25*f.Rate.Den)
}

// choose says what to make of a file that the board does not play well; 0 where
// there is nothing in it to play.
func choose(info *ffmpeg.Info) action {
	sound := info.First(media.Audio)
	switch {
	case info.First(media.Video) != nil:
		return toFilm
	case sound == nil:
		return 0
	case lossless(sound.Codec):
		return toLossless
	}
	return toAAC
}

func lossless(codec string) bool {
	return strings.HasPrefix(codec, "pcm_") && codec != "pcm_alaw" && codec != "pcm_mulaw" || strings.HasPrefix(codec, "dsd_") ||
		slices.Contains([]string{"flac", "alac", "wavpack", "ape", "tta", "tak", "mlp", "truehd", "shorten", "wmalossless", "mp4als"}, codec)
}

// rate is that of the sound to make of one of a rate.
func (b Board) rate(from int) int {
	if len(b.Rates) > 0 {
		return slices.Max(b.Rates)
	}
	for _, family := range []int{48000, 44100} {
		if from > family && from%family == 0 {
			return family
		}
	}
	if from > mostRate || from <= 0 {
		return mostRate
	}
	return from
}

// mostPictures is how many a second are made of a film.
const mostPictures, fewestPictures = 25, 20

// pictures is how many a second to make of so many: every n-th, where that leaves
// enough of them.
func pictures(from media.Rational) media.Rational {
	if !from.Known() {
		return media.Rational{Num: mostPictures, Den: 1}
	}
	num, den := int64(from.Num), int64(from.Den)
	if num <= mostPictures*den {
		return from
	}
	n := (num + mostPictures*den - 1) / (mostPictures * den)
	if num < fewestPictures*den*n {
		return media.Rational{Num: mostPictures, Den: 1}
	}
	return media.Rational{Num: from.Num, Den: int(den * n)}
}
