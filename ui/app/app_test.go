package app

import (
	"image"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/ui/gal/mem"
	"linnet/ui/ial/script"
	"linnet/ui/theme"
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
		o := Options{Screen: s.screen, Root: "/usb", Theme: theme.Dark()}
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

func chinese1(s *stage, o *Options) {
	s.player, o.Lang = mountain(), Chinese
}

func light(s *stage, o *Options) { o.Theme = theme.Light() }

func chineseLight(s *stage, o *Options) {
	chinese1(s, o)
	light(s, o)
}

func nothing(s *stage, o *Options) { s.player = &fakePlayer{s: State{Volume: 62}} }

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(*stage, *Options)
		text string
	}{
		{"now-en-dark", nil, "wait 0.1s\nshot now-en-dark"},
		{"now-en-light", light, "wait 0.1s\nshot now-en-light"},
		{"now-zh-dark", chinese1, "wait 0.1s\nshot now-zh-dark"},
		{"now-zh-light", chineseLight, "wait 0.1s\nshot now-zh-light"},
		{"files-en-dark", nil, "wait 0.1s\nkey back\nwait 1s\nshot files-en-dark"},
		{"files-zh-light", chineseLight, "wait 0.1s\ntap 20 20\nwait 1s\nshot files-zh-light"},
	} {
		t.Run(c.name, func(t *testing.T) { perform(t, c.text, c.set) })
	}
}
