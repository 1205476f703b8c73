package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"linnet/player"
	"linnet/player/pcm"
)

// effectFlags are the flags about what is done to the sound.
type effectFlags struct {
	ReplayGain       string        `name:"replaygain" enum:"off,track,album" default:"off" help:"Bring tracks to one loudness by what their tags say: off, track or album."`
	ReplayGainPreamp float64       `name:"replaygain-preamp" placeholder:"DB" default:"0" help:"What ReplayGain adds to that, -15 to 15."`
	ReplayGainClip   bool          `name:"replaygain-clip" negatable:"" help:"Let ReplayGain cut off peaks rather than be softer."`
	EQ               string        `name:"eq" default:"flat" placeholder:"PRESET" help:"The equaliser: ${presets}; or ten numbers with commas between, in decibels, -12 to 12, for 31 Hz to 16 kHz."`
	Bass             float64       `placeholder:"DB" default:"0" help:"Bass, -12 to 12."`
	Treble           float64       `placeholder:"DB" default:"0" help:"Treble, -12 to 12."`
	Balance          int           `placeholder:"N" default:"0" help:"-100 is left only, 100 right only."`
	Mono             bool          `negatable:"" help:"Both channels give the same."`
	Crossfade        time.Duration `default:"0s" help:"How long tracks fade into each other, up to 12s; with 0s they are joined without a gap."`
	CrossfadeAlbums  bool          `name:"crossfade-albums" negatable:"" help:"Fade between the tracks of an album, too."`
	Resample         string        `enum:"standard,economy" default:"standard" help:"How well to resample where the device lacks a rate: standard or, at half the work, economy."`

	bands [pcm.Bands]int  // what EQ says
	given map[string]bool // the flags of the command line, by name
}

// presetHelp lists the presets.
func presetHelp() string {
	var names []string
	for _, p := range pcm.Presets() {
		names = append(names, strconv.Quote(p.Name))
	}
	return strings.Join(names, ", ")
}

// validate is called by the commands that have the flags.
func (f *effectFlags) validate() (err error) {
	const db = pcm.MaxBand / 10
	switch {
	case !(math.Abs(f.ReplayGainPreamp) <= 15):
		return fmt.Errorf("--replaygain-preamp=%v: say -15 to 15", f.ReplayGainPreamp)
	case !(math.Abs(f.Bass) <= db):
		return fmt.Errorf("--bass=%v: say -%d to %d", f.Bass, db, db)
	case !(math.Abs(f.Treble) <= db):
		return fmt.Errorf("--treble=%v: say -%d to %d", f.Treble, db, db)
	case f.Balance < -100 || f.Balance > 100:
		return fmt.Errorf("--balance=%d: say -100 to 100", f.Balance)
	case f.Crossfade < 0 || f.Crossfade > player.MaxCrossfade:
		return fmt.Errorf("--crossfade=%v: say 0s to %v", f.Crossfade, player.MaxCrossfade)
	}
	f.bands, err = equaliser(f.EQ)
	return err
}

// equaliser is the bands of a preset or of ten numbers.
func equaliser(s string) (bands [pcm.Bands]int, err error) {
	presets := pcm.Presets()
	if i := slices.IndexFunc(presets, func(p pcm.Preset) bool { return strings.EqualFold(p.Name, s) }); i >= 0 {
		return presets[i].Bands, nil
	}
	words := strings.Split(s, ",")
	for i, w := range words {
		db, err := strconv.ParseFloat(strings.TrimSpace(w), 64)
		if err != nil || len(words) != pcm.Bands || !(math.Abs(db) <= pcm.MaxBand/10) {
			return bands, fmt.Errorf("--eq=%s: say one of %s, or ten numbers from -12 to 12 with commas between", s, presetHelp())
		}
		bands[i] = tenths(db)
	}
	return bands, nil
}

func tenths(db float64) int { return int(math.Round(db * 10)) }

// sound is what the flags say.
func (f *effectFlags) sound() player.Sound {
	modes := map[string]player.ReplayGainMode{"track": player.ReplayGainTrack, "album": player.ReplayGainAlbum}
	return player.Sound{
		Settings: pcm.Settings{Bands: f.bands, Bass: tenths(f.Bass), Treble: tenths(f.Treble), Balance: f.Balance, Mono: f.Mono},
		ReplayGain: player.ReplayGain{
			Mode: modes[f.ReplayGain], Preamp: int(math.Round(f.ReplayGainPreamp * 100)), MayClip: f.ReplayGainClip,
		},
		Crossfade: player.Crossfade{Length: f.Crossfade, WithinAlbums: f.CrossfadeAlbums},
	}
}

// over is s but for what flags were given.
func (f *effectFlags) over(s player.Sound) player.Sound {
	said := f.sound()
	for name, take := range map[string]func(){
		"eq":                func() { s.Bands = said.Bands },
		"bass":              func() { s.Bass = said.Bass },
		"treble":            func() { s.Treble = said.Treble },
		"balance":           func() { s.Balance = said.Balance },
		"mono":              func() { s.Mono = said.Mono },
		"replaygain":        func() { s.ReplayGain.Mode = said.ReplayGain.Mode },
		"replaygain-preamp": func() { s.ReplayGain.Preamp = said.ReplayGain.Preamp },
		"replaygain-clip":   func() { s.ReplayGain.MayClip = said.ReplayGain.MayClip },
		"crossfade":         func() { s.Crossfade.Length = said.Crossfade.Length },
		"crossfade-albums":  func() { s.Crossfade.WithinAlbums = said.Crossfade.WithinAlbums },
	} {
		if f.given[name] {
			take()
		}
	}
	return s
}

// quality is how to resample.
func (f *effectFlags) quality() pcm.Quality {
	if f.Resample == "economy" {
		return pcm.Economy
	}
	return pcm.Standard
}
