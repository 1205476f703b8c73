//go:build linux

package main

import (
	"fmt"
	"image"
	"image/color"
	"sync"
	"time"

	"linnet/player/spectrum"
	"linnet/ui/app"
	"linnet/ui/widget"
)

// player is one that plays by a clock, an album of eleven tracks.
type player struct {
	clock *clock

	mu    sync.Mutex
	s     app.State
	since time.Time
	queue []string
	cover image.Image
}

func newPlayer(c *clock) *player {
	p := &player{clock: c, since: c.Now(), cover: sunset()}
	for i := range 11 {
		p.queue = append(p.queue, fmt.Sprintf("/media/山谷来信/%02d 远山的回声.flac", i+1))
	}
	p.s = app.State{
		Status: app.Playing, Index: 2, Count: 11, Volume: 62, Duration: 268 * time.Second, Position: 42 * time.Second,
		Track: app.Track{Path: p.queue[2], Title: "远山的回声", Artist: "白鹭与风", Album: "山谷来信", Year: "2024", Format: "FLAC · 48 kHz"},
	}
	return p
}

func (p *player) State() app.State {
	now := p.clock.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.s
	if s.Status == app.Playing {
		s.Position = (s.Position + now.Sub(p.since)) % s.Duration
	}
	return s
}

func (p *player) change(f func(s *app.State)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(&p.s)
}

func (p *player) PlayPause() {
	p.change(func(s *app.State) {
		s.Position = s.Position + p.clock.Now().Sub(p.since)
		p.since = p.clock.Now()
		s.Status ^= app.Playing ^ app.Paused
	})
}

func (p *player) play(i int) {
	p.change(func(s *app.State) {
		s.Index = (i + s.Count) % s.Count
		s.Track.Path = p.queue[s.Index]
	})
}

func (p *player) Next()                  { p.play(p.State().Index + 1) }
func (p *player) Previous()              { p.play(p.State().Index - 1) }
func (p *player) PlayIndex(i int)        { p.play(i) }
func (p *player) Seek(time.Duration)     {}
func (p *player) SetVolume(v int)        { p.change(func(s *app.State) { s.Volume = v }) }
func (p *player) SetShuffle(on bool)     { p.change(func(s *app.State) { s.Shuffle = on }) }
func (p *player) SetRepeat(r app.Repeat) { p.change(func(s *app.State) { s.Repeat = r }) }
func (p *player) Queue() []string        { return append([]string(nil), p.queue...) }
func (p *player) Move(int, int)          {}
func (p *player) Remove(int)             {}
func (p *player) Arrange([]int)          {}
func (p *player) Append(...string)       {}
func (p *player) Open([]string, int)     {}

func (p *player) Cover(string, image.Point) (image.Image, error) { return p.cover, nil }
func (p *player) Subscribe(func()) func()                        { return func() {} }

// sunset is a cover.
func sunset() image.Image {
	m := image.NewYCbCr(image.Rect(0, 0, 200, 200), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = uint8(i / 200)
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = uint8(i/100), uint8(255-i/100)
	}
	return m
}

// thumbnail is one of sixteen small covers.
func thumbnail(i int) image.Image {
	return image.NewUniform(color.RGBA{uint8(16 * i), uint8(255 - 16*i), 128, 255})
}

// disk has a thousand files in each folder.
type disk struct{}

func (disk) List(dir string) (all []app.Entry, err error) {
	for i := range 1000 {
		name := fmt.Sprintf("%03d 翻过这座山 就能看见海.flac", i)
		all = append(all, app.Entry{Name: name, Path: dir + "/" + name, Size: int64(i+1) * 10_000_000})
	}
	return all, nil
}

func (disk) Describe(e app.Entry) (app.Entry, error) {
	e.Format, e.Duration = "FLAC · 48 kHz", 4*time.Minute
	return e, nil
}

// lists are a few saved playlists.
type lists struct{}

func (lists) All() ([]app.Playlist, error) {
	return []app.Playlist{{Name: "傍晚", Count: 31}, {Name: "海边散步", Count: 1}}, nil
}
func (lists) Load(string) ([]string, error) { return nil, nil }
func (lists) Save(string, []string) error   { return nil }
func (lists) Delete(string) error           { return nil }

// storage is a stick and the flash.
type storage struct{}

func (storage) Volumes() ([]app.Volume, error) {
	return []app.Volume{{Name: "Linnet", Path: "/state", Free: 31e6, Total: 48e6}, {Name: "FIELD", Path: "/media/usb", Free: 12e9, Total: 64e9, Removable: true}}, nil
}
func (storage) Eject(app.Volume) error { return nil }

// touch is a panel to calibrate.
type touch struct{}

func (touch) Uncalibrated(bool)                {}
func (touch) Calibrate(_, _ []app.Point) error { return nil }

// music is the spectrum of a sound that changes all the time.
func music() func([]uint8) bool {
	var a spectrum.Analyser
	var pcm [spectrum.Size]int16
	n := uint32(1)
	return func(dst []uint8) bool {
		noise(pcm[:], &n)
		a.Columns(dst, pcm[:], 44100, 13)
		return true
	}
}

// loudness is the sound of two sides of a noise, which swells and fades, as the
// program for the board makes it.
func loudness() func() (left, right int, ok bool) {
	var pcm [2][2048]int16
	n, frame := uint32(1), 0
	return func() (left, right int, ok bool) {
		frame++
		for i := range pcm {
			noise(pcm[i][:], &n)
			for k := range pcm[i] {
				pcm[i][k] >>= (frame + 3*i) % 5
			}
		}
		return spectrum.Level(pcm[0][:], widget.MeterCells), spectrum.Level(pcm[1][:], widget.MeterCells), true
	}
}

// noise goes on with one that n is the state of.
func noise(pcm []int16, n *uint32) {
	for i := range pcm {
		*n = *n*1664525 + 1013904223
		pcm[i] = int16(*n>>16) >> (*n >> 30)
	}
}

// options is an interface that has all that there is, in Chinese.
func options(c *clock, s *panel, u *user, p *player) app.Options {
	o := app.Options{
		Screen: s, Source: u, Player: p, Files: disk{}, Root: "/media", Clock: c,
		Prefs:  app.DefaultPrefs(),
		Output: func() app.Output { return app.Output{Open: true, Rate: 44100, Channels: 2} },
		About: func() app.About {
			return app.About{Version: "1", Board: "SMDK2410", System: "Linux", Memory: 21e6, Total: 61e6}
		},
		Time:      func() (time.Time, bool) { return c.Now(), true },
		Backlight: func(int) {}, Touch: touch{}, Storage: storage{}, Playlists: lists{},
		Presets: []app.Preset{{Name: "flat"}, {Name: "rock", Levels: [app.Bands]int{45, 40, 25, 5, -15, -20, 0, 25, 40, 45}}},
		Videos:  func() ([]app.Entry, error) { return disk{}.List("/media/video") },
		Lyrics: func(string) (all []app.LyricLine) {
			for i := range 60 {
				all = append(all, app.LyricLine{At: time.Duration(4*i) * time.Second, Text: "灯火落在旧码头 风把名字吹向海"})
			}
			return all
		},
	}
	o.Prefs.Ready, o.Prefs.Lang = true, app.Chinese
	return o
}
