package settings

import (
	"time"

	"linnet/player"
	"linnet/player/pcm"
)

// SoundSection is the section that has a Sound, and VolumeSection one that has an
// int, 0 to 100.
const (
	SoundSection  = "sound"
	VolumeSection = "volume"
)

// Sound is the player's Sound as it is kept. The equaliser that is off keeps its
// bands.
type Sound struct {
	Equalizer    bool           `json:"equalizer"`
	Bands        [pcm.Bands]int `json:"bands"` // tenths of a decibel
	Bass         int            `json:"bass"`  // likewise, as Treble
	Treble       int            `json:"treble"`
	Balance      int            `json:"balance"` // -100 is left only, 100 right only
	Mono         bool           `json:"mono"`
	ReplayGain   string         `json:"replaygain"`        // off, track or album
	Preamp       int            `json:"replaygain_preamp"` // hundredths of a decibel
	MayClip      bool           `json:"replaygain_clip"`
	CrossfadeMS  int64          `json:"crossfade_ms"`
	WithinAlbums bool           `json:"crossfade_albums"`
}

// Player is what the player is to be given, which takes values beyond their limits
// for these.
func (s Sound) Player() player.Sound {
	p := player.Sound{
		Settings:   pcm.Settings{Bands: s.Bands, Bass: s.Bass, Treble: s.Treble, Balance: s.Balance, Mono: s.Mono},
		ReplayGain: player.ReplayGain{Preamp: s.Preamp, MayClip: s.MayClip},
		Crossfade: player.Crossfade{
			Length: time.Duration(min(max(s.CrossfadeMS, 0), player.MaxCrossfade.Milliseconds())) * time.Millisecond, WithinAlbums: s.WithinAlbums,
		},
	}
	if !s.Equalizer {
		p.Bands = [pcm.Bands]int{}
	}
	for _, m := range []player.ReplayGainMode{player.ReplayGainTrack, player.ReplayGainAlbum} {
		if m.String() == s.ReplayGain {
			p.ReplayGain.Mode = m
		}
	}
	return p
}

// With is s after the player's Sound became p. Flat bands are an equaliser that is
// off.
func (s Sound) With(p player.Sound) Sound {
	n := Sound{
		Equalizer: p.Bands != [pcm.Bands]int{}, Bands: p.Bands, Bass: p.Bass, Treble: p.Treble, Balance: p.Balance, Mono: p.Mono,
		ReplayGain: p.ReplayGain.Mode.String(), Preamp: p.ReplayGain.Preamp, MayClip: p.ReplayGain.MayClip,
		CrossfadeMS: p.Crossfade.Length.Milliseconds(), WithinAlbums: p.Crossfade.WithinAlbums,
	}
	if !n.Equalizer {
		n.Bands = s.Bands
	}
	return n
}
