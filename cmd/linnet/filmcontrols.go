package main

import (
	"sync/atomic"
	"time"

	"linnet/player"
	"linnet/ui/app"
)

// filmControls are what the screens tell films: the player, and the subtitles, which
// are those of whoever shows the pictures.
type filmControls struct {
	player    *player.Player           // set before a screen is there
	delay     atomic.Int64             // of subtitles
	subtitle  atomic.Int64             // which of them are shown; below 0: none
	subtitles atomic.Pointer[[]string] // their languages
}

var _ app.FilmControls = (*filmControls)(nil)

// FilmState and the others are of app.FilmControls.
func (c *filmControls) FilmState() app.FilmState {
	s := c.player.Status()
	f := app.FilmState{
		Speed: s.Speed, Subtitle: int(c.subtitle.Load()), SubtitleDelay: time.Duration(c.delay.Load()),
		Sound: s.SoundTrack, Sounds: len(s.Sounds), Language: s.Stream.Language,
	}
	if l := c.subtitles.Load(); l != nil {
		f.Subtitles = len(*l)
		if f.Subtitle >= 0 && f.Subtitle < len(*l) {
			f.SubtitleLanguage = (*l)[f.Subtitle]
		}
	}
	return f
}

func (c *filmControls) Step(n int)                       { c.player.Step(n) }
func (c *filmControls) SeekKey(to time.Duration)         { c.player.SeekKey(to) }
func (c *filmControls) SetSpeed(percent int)             { c.player.SetSpeed(percent) }
func (c *filmControls) SetSubtitles(n int)               { c.subtitle.Store(int64(n)) }
func (c *filmControls) SetSubtitleDelay(d time.Duration) { c.delay.Store(int64(d)) }
func (c *filmControls) SetSoundTrack(n int)              { c.player.SetSoundTrack(n) }
