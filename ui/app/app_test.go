package app

import (
	"image"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/gal/mem"
	"linnet/ui/ial/script"
	"linnet/ui/uitest"
)

// stage is an App on a screen in memory, driven by a script.
type stage struct {
	*testing.T
	app    *App
	screen *mem.Screen
	player *fakePlayer
	files  *fakeFiles
	// check is what the script's shots whose name begins with "=" do.
	check map[string]func()
}

// perform plays a script on an App. A shot compares the screen with the
// golden picture of its name, or calls the check named behind "=".
func perform(t *testing.T, text string, set func(s *stage, o *Options)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{T: t, screen: mem.New(image.Pt(320, 240)), player: harbour(), files: stick(), check: map[string]func(){}}
		o := Options{Screen: s.screen, Root: "/usb", Prefs: DefaultPrefs()}
		o.Prefs.Ready = true
		if set != nil {
			set(s, &o)
		}
		src, err := script.New(t.Name(), strings.NewReader(text), script.Options{Shot: s.shot})
		if err != nil {
			t.Fatal(err)
		}
		o.Source, o.Player, o.Files = src, s.player, s.files
		s.app = New(o)
		if err := s.app.Run(); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Hour) // what still reads the disk comes to its end
	})
}

func (s *stage) shot(name string) error {
	synctest.Wait()
	return s.app.Settle(func() {
		if what, ok := strings.CutPrefix(name, "="); ok {
			s.check[what]()
			return
		}
		uitest.Golden(s, name, s.screen.Snapshot())
	})
}

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(*stage, *Options)
		text string
	}{
		{"now-en-dark", nil, "shot now-en-dark"},
		{"now-en-light", light, "shot now-en-light"},
		{"now-zh-dark", inChinese, "shot now-zh-dark"},
		{"now-zh-light", chineseLight, "shot now-zh-light"},
		{"paused", nil, "tap 160 212\nwait 1s\nshot now-paused"},
		{"pressed", light, "down 160 212\nwait 1s\nshot now-pressed-disc\nup 1 1\ndown 228 212\nwait 0.1s\nshot now-pressed-next"},
		{"focus", nil, "key right\nkey right\nwait 0.1s\nshot now-focus-next\nkey right\nkey right\nshot now-focus-seek\nkey enter\nshot now-focus-disc"},
		{"drag", inChinese, "down 130 176\nmove 220 180\nwait 3s\nshot now-drag"},
		{"long", longTitle, "wait 1s\nshot now-long-title\nwait 4s\nshot now-long-title-scrolls\nwait 30s\nshot now-long-title-rests"},
		{"bare", bare, "shot now-bare"},
		{"spectrum", loud, "wait 2s\nshot now-spectrum\nwait 2s\nshot =quiet\nwait 0.3s\nshot now-spectrum-falls"},
		{"spectrum-light", loudLight, "wait 2s\nshot now-spectrum-zh-light"},
		{"hours", hours, "shot now-hours"},
		{"no-track", nothing, "tap 60 56\nwait 1s\nshot files-without-mini"},
		{"volume", nil, "key up\nwait 0.1s\nshot volume-en\nkey mute\nshot volume-muted"},
		{"volume-zh", chineseLight, "key back\ntap 298 18\nwait 0.1s\nshot volume-zh-light"},
		{"message", warn, "wait 0.1s\nshot =warn\nshot message-en"},
		{"message-unkept", unkept, "wait 0.1s\nshot =warn\nshot message-unkept"},
		{"message-skipped", skipped, "wait 0.1s\nshot =warn\nshot message-skipped-en-dark"},
		{"message-skipped-zh", skippedChinese, "key back\nwait 0.1s\nshot =warn\nshot message-skipped-zh-light"},
		{"message-pulled", pulledOut, "wait 0.1s\nshot =warn\nshot message-pulled-en-dark"},
		{"message-goes-on", goesOn, "wait 0.1s\nshot =warn\nshot message-goes-on-en-dark"},
		{"message-goes-on-zh", goesOnChinese, "key back\nwait 0.1s\nshot =warn\nshot message-goes-on-zh-light"},
		{"message-zh", warnChinese, "key back\nwait 0.1s\nshot =warn\nshot message-zh-light"},
		{"files-en-dark", nil, "key back\nwait 1s\nshot files-en-dark"},
		{"files-en-light", light, "key back\nwait 1s\nshot files-en-light"},
		{"files-zh-dark", inChinese, "tap 20 20\nwheel 100 100 9\nwait 2s\ntap 100 60\nwait 1s\ntap 20 20\nshot files-zh-dark"},
		{"files-zh-light", chineseLight, "tap 20 20\nwheel 100 100 3\nwait 2s\ntap 100 100\nwait 1s\nshot files-zh-light"},
		{"files-playing", nil, "key back\nkey page-down\nkey page-down\nkey up\nwait 0.1s\nshot files-playing\nwait 1s\nshot files-rest"},
		{"files-drag", light, "tap 20 20\ndown 100 150\nwait 0.1s\nshot files-pressed\nmove 100 90\nmove 100 77\nwait 0.1s\nshot files-drag"},
		{"files-mini", nil, "key back\nkey page-down\nkey page-down\nkey page-down\nkey page-down\nkey down\nwait 1s\nshot files-mini-focus\nkey right\nshot files-mini-pause"},
		{"files-empty", nil, "tap 20 20\nwheel 100 100 9\nwheel 100 100 -3\nwait 1s\nwheel 100 100 -9\ntap 100 175\nwait 1s\nshot files-empty"},
		{"files-broken", inChinese, "key back\nkey down\nkey down\nkey enter\nwait 1s\nshot files-broken-zh"},
		{"files-root-empty", nothingAtAll, "tap 60 56\nwait 1s\nshot files-root-empty-zh\nkey enter\nshot files-root-empty-focus"},
		{"files-reading", slowDisk, "tap 20 20\nwait 4s\ntap 100 60\nwait 1s\nshot files-reading"},
	} {
		t.Run(c.name, func(t *testing.T) { perform(t, "wait 0.1s\n"+c.text, c.set) })
	}
}

func inChinese(s *stage, o *Options) { s.player, o.Prefs.Lang = mountain(), Chinese }

func light(s *stage, o *Options) { o.Prefs.Theme = "light" }

func chineseLight(s *stage, o *Options) {
	inChinese(s, o)
	light(s, o)
}

func longTitle(s *stage, o *Options) {
	s.player.s.Track.Title = "The Long and Quiet Evening, or 山谷里的长夜"
	s.player.s.Track.Artist = "The Marlow & Finch Chamber Ensemble"
	s.player.s.Track.Album = "Letters from the Valley, Volume Two"
}

// bare is a file without tags, cover and known length.
func bare(s *stage, o *Options) {
	s.player.s.Track = Track{Path: "/usb/rain on tin roof.mp3"}
	s.player.s.Duration, s.player.s.Repeat, s.player.s.Shuffle = 0, RepeatOne, true
}

// loud has a spectrum of two humps, which change a little with each frame.
func loud(s *stage, o *Options) {
	quiet, frame := false, 0
	s.check["quiet"] = func() { quiet = true }
	o.Levels = func(dst []uint8) bool {
		frame++
		for i := range dst {
			a, b := (i-5)*(i-5)/3, (i-19)*(i-19)/5
			dst[i] = uint8(max(0, 12-a, 8-b, 2) - (i*7+frame)%3)
		}
		return !quiet
	}
	o.Loudness = func() (left, right int, ok bool) {
		frame++
		return 27 - frame%7, 21 + frame%3, !quiet
	}
}

func loudLight(s *stage, o *Options) {
	chineseLight(s, o)
	loud(s, o)
}

func hours(s *stage, o *Options) {
	s.player.s.Position, s.player.s.Duration = 3723*time.Second, 12345*time.Second
}

func nothing(s *stage, o *Options) { s.player = &fakePlayer{s: State{Volume: 0}} }

func nothingAtAll(s *stage, o *Options) {
	nothing(s, o)
	s.files.dirs["/usb"] = nil
	o.Prefs.Lang = Chinese
}

func slowDisk(s *stage, o *Options) { s.files.slow = 2 * time.Second }

func warn(s *stage, o *Options) {
	s.check["warn"] = func() {
		s.player.change("", func(st *State) {
			st.Message = &Message{Seq: 1, Problem: Damaged, Name: "rain on tin roof.mp3", Lost: 800 * time.Millisecond, At: 134 * time.Second}
		})
	}
}

func skipped(s *stage, o *Options) {
	s.check["warn"] = func() {
		s.player.change("", func(st *State) {
			st.Message = &Message{Seq: 1, Problem: Unplayable, Name: "interview with the ferryman.ogg", Why: TroubleUnsupported, Detail: "codec speex"}
		})
	}
}

func skippedChinese(s *stage, o *Options) {
	chineseLight(s, o)
	skipped(s, o)
}

func unkept(s *stage, o *Options) {
	s.check["warn"] = func() {
		s.player.change("", func(st *State) { st.Message = &Message{Seq: 1, Problem: Unkept} })
	}
}

func pulledOut(s *stage, o *Options) {
	s.check["warn"] = func() {
		s.player.change("", func(st *State) { st.Message = &Message{Seq: 1, Problem: PulledOut, Name: "FIELD"} })
	}
}

func goesOn(s *stage, o *Options) {
	s.check["warn"] = func() {
		s.player.change("", func(st *State) { st.Message = &Message{Seq: 1, Problem: GoesOn, Name: "a.avi", At: 754 * time.Second} })
	}
}

func goesOnChinese(s *stage, o *Options) {
	chineseLight(s, o)
	goesOn(s, o)
}

func warnChinese(s *stage, o *Options) {
	chineseLight(s, o)
	warn(s, o)
}
