package app

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// fakeControls note what they are told.
type fakeControls struct {
	s     FilmState
	calls []string
}

func (c *fakeControls) FilmState() FilmState { return c.s }

func (c *fakeControls) note(format string, args ...any) {
	c.calls = append(c.calls, fmt.Sprintf(format, args...))
}

func (c *fakeControls) Step(n int)               { c.note("step %d", n) }
func (c *fakeControls) SeekKey(to time.Duration) { c.note("key %v", to.Round(time.Minute)) }
func (c *fakeControls) SetSpeed(percent int)     { c.s.Speed = percent; c.note("speed %d", percent) }
func (c *fakeControls) SetSoundTrack(n int)      { c.s.Sound = n; c.note("sound %d", n) }
func (c *fakeControls) SetSubtitles(n int)       { c.s.Subtitle = n; c.note("subtitles %d", n) }
func (c *fakeControls) SetSubtitleDelay(d time.Duration) {
	c.s.SubtitleDelay = d
	c.note("delay %v", d)
}

// told checks what the controls were told since the last time.
func (c *fakeControls) told(s *stage, want string) {
	s.Helper()
	if got := strings.Join(c.calls, ", "); got != want {
		s.Errorf("told %q, want %q", got, want)
	}
	c.calls = nil
}

// The band of a film's own: one thing after the other, of those that there are.
func TestFilmTools(t *testing.T) {
	c := &fakeControls{s: FilmState{Speed: 100}}
	perform(t, `
shot =draw
tap 160 120
tap 254 18
shot film-tools
tap 294 162
tap 294 162
tap 162 162
shot =speeds
tap 60 162
tap 162 162
tap 294 162
shot =steps
tap 60 162
shot =only
shot =more
tap 60 162
tap 60 162
tap 294 162
shot film-tools-subtitles
tap 294 162
tap 162 162
tap 60 162
tap 162 162
shot film-tools-delay
tap 60 162
tap 294 162
tap 294 162
shot film-tools-sound
shot =rest
tap 254 18
shot =closed
`, func(s *stage, o *Options) {
		scene(s, o)
		o.FilmControls = c
		s.check["speeds"] = func() { c.told(s, "speed 110, speed 125, speed 110") }
		s.check["steps"] = func() { c.told(s, "step -1, step 1") }
		s.check["only"] = func() {
			if got := s.app.film.tools.tool; got != toolSpeed {
				s.Errorf("without subtitles and tracks there is %d", got)
			}
		}
		s.check["more"] = func() { c.s.Subtitles, c.s.SubtitleLanguage, c.s.Sounds, c.s.Language = 2, "chi", 3, "deu" }
		s.check["rest"] = func() { c.told(s, "subtitles 1, subtitles -1, subtitles 1, delay -100ms, sound 1, sound 2") }
		s.check["closed"] = func() {
			if s.app.film.tools.panel.Visible() || !s.app.film.top.Visible() {
				s.Error("the band is there, or the others are not")
			}
		}
	})
}

// Keys of a keyboard do the same, and show it.
func TestFilmToolKeys(t *testing.T) {
	c := &fakeControls{s: FilmState{Speed: 100, Subtitles: 1, Sounds: 2}}
	perform(t, `
shot =draw
key step
key step
key step-back
key faster
key slower
key slower
key subtitles-later
key subtitles-earlier
key subtitles-earlier
key subtitles
key sound-track
key sound-track
shot =all
key page-up
key page-down
wait 1s
shot =keys
`, func(s *stage, o *Options) {
		scene(s, o)
		o.FilmControls = c
		s.check["all"] = func() {
			c.told(s, "step 1, step 1, step -1, speed 110, speed 100, speed 90, delay 100ms, delay 0s, delay -100ms, subtitles -1, sound 1, sound 0")
			if f := &s.app.film.tools; !f.panel.Visible() || f.tool != toolSound {
				s.Error("what was changed is not shown")
			}
		}
		s.check["keys"] = func() {
			if len(c.calls) != 2 || !strings.HasPrefix(c.calls[0], "key ") || !strings.HasPrefix(c.calls[1], "key ") {
				s.Errorf("told %q", c.calls)
			}
		}
	})
}

// The four keys of a board: Enter, held, opens the band, and the film plays on. Then
// all of them are the band's until it closes.
func TestFilmFourKeys(t *testing.T) {
	c := &fakeControls{s: FilmState{Speed: 100, Subtitles: 2}}
	perform(t, `
shot =draw
keydown enter
keyrepeat enter
keyrepeat enter
keyrepeat enter
keyup enter
shot =open
key up
key up
key down
key enter
key down
key enter
key down
key enter
key enter
shot =told
keydown back
keyrepeat back
keyup back
shot =closed
key enter
shot =paused
keydown enter
keyrepeat enter
keyup enter
wait 5s
shot =gone
key up
shot =none
`, func(s *stage, o *Options) {
		scene(s, o)
		o.FilmControls = c
		tools := func() *filmTools { return &s.app.film.tools }
		s.check["open"] = func() {
			if f := tools(); !f.panel.Visible() || !f.keyed {
				s.Error("the band is not there")
			}
			if got := s.player.took(); got != "play/pause, play/pause" {
				s.Errorf("the player was told %q", got)
			}
		}
		s.check["told"] = func() { c.told(s, "speed 110, speed 125, speed 110, step -1, subtitles -1") }
		s.check["closed"] = func() {
			if f := tools(); f.panel.Visible() || f.keyed || !s.app.film.Visible() {
				s.Error("the band is there, or the film is not")
			}
		}
		s.check["paused"] = func() {
			if got := s.player.took(); got != "play/pause" {
				s.Errorf("a key that is not held: the player was told %q", got)
			}
		}
		s.check["gone"] = func() {
			if f := tools(); f.keyed || f.panel.Visible() {
				s.Error("a band that went by itself still has the keys")
			}
		}
		s.check["none"] = func() { c.told(s, "") }
	})
}

func TestSpeedFrom(t *testing.T) {
	for _, c := range [][3]int{{100, 1, 110}, {100, -1, 90}, {200, 1, 200}, {50, -1, 50}, {105, 1, 110}, {105, -1, 100}, {60, 1, 75}, {60, -1, 50}} {
		if got := speedFrom(c[0], c[1]); got != c[2] {
			t.Errorf("from %d by %d: %d, want %d", c[0], c[1], got, c[2])
		}
	}
	for d, want := range map[time.Duration]string{0: "+0.0 s", 1500 * time.Millisecond: "+1.5 s", -300 * time.Millisecond: "−0.3 s", time.Minute: "+60.0 s"} {
		if got := delayText(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
