package app

import (
	"errors"
	"image"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeLists is playlists in memory.
type fakeLists struct {
	mu    sync.Mutex
	lists map[string][]string
	fails error
	slow  time.Duration // All is
}

func (l *fakeLists) All() (all []Playlist, err error) {
	time.Sleep(l.slow)
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, paths := range l.lists {
		all = append(all, Playlist{name, len(paths)})
	}
	slices.SortFunc(all, func(a, b Playlist) int { return strings.Compare(a.Name, b.Name) })
	return all, l.fails
}

func (l *fakeLists) Load(name string) ([]string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lists[name], l.fails
}

func (l *fakeLists) Save(name string, paths []string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fails == nil {
		l.lists[name] = paths
	}
	return l.fails
}

func (l *fakeLists) Delete(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.lists, name)
	return l.fails
}

// fakeStorage is a stick that can be taken out, and the flash.
type fakeStorage struct {
	mu   sync.Mutex
	out  bool
	busy error
}

func (f *fakeStorage) Volumes() ([]Volume, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := []Volume{{"Linnet", "/state", 31e6, 48e6, false}}
	if !f.out {
		all = append(all, Volume{"FIELD", "/media/usb", 12.4e9, 64e9, true})
	}
	return all, nil
}

func (f *fakeStorage) Eject(v Volume) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.busy == nil {
		f.out = v.Name == "FIELD"
	}
	return f.busy
}

// fakeTouch is a touch panel.
type fakeTouch struct {
	raw     bool
	shown   []Point
	touched []Point
}

func (f *fakeTouch) Uncalibrated(on bool) { f.raw = on }

func (f *fakeTouch) Calibrate(shown, touched []Point) error {
	f.shown, f.touched = shown, touched
	for i := range shown {
		if dx, dy := shown[i].X-touched[i].X, shown[i].Y-touched[i].Y; dx*dx+dy*dy > 400 {
			return errors.New("missed")
		}
	}
	return nil
}

// fakeNetwork is links that are switched.
type fakeNetwork struct {
	mu    sync.Mutex
	links []Link
	fails error
}

func (f *fakeNetwork) Links() ([]Link, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.links), nil
}

func (f *fakeNetwork) Turn(name string, on bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.links {
		if f.links[i].Name == name && f.fails == nil {
			f.links[i].On = on
		}
	}
	return f.fails
}

// evening is the time of day of the pictures.
func evening() (time.Time, bool) { return time.Date(2026, 6, 1, 21, 46, 0, 0, time.UTC), true }

// everything has all that an App can have.
func everything(s *stage, o *Options) {
	zh := o.Prefs.Lang == Chinese
	o.Time = evening
	o.Presets = []Preset{
		{"flat", [Bands]int{}}, {"rock", [Bands]int{45, 40, 25, 5, -15, -20, 0, 25, 40, 45}}, {"jazz", [Bands]int{30, 25, 10, 20, -15, -15, 0, 15, 25, 30}},
		{"classical", [Bands]int{35, 30, 20, 10, -10, -10, 0, 20, 25, 30}}, {"bass boost", [Bands]int{60, 55, 45, 25, 10}},
		{"treble boost", [Bands]int{0, 0, 0, 0, 0, 10, 25, 40, 50, 55}}, {"small speaker", [Bands]int{-90, -40, 40}}, {"headphones", [Bands]int{30, 25, 10}}, {"night", [Bands]int{-60, -45, -25}},
	}
	o.Prefs.EQ, o.Prefs.Levels = true, [Bands]int{50, 70, 50, 20, -15, -25, 0, 30, 60, 40}
	o.Output = func() Output {
		return Output{Open: true, Rate: 44100, Channels: 2, Buffered: 3720 * time.Millisecond, Capacity: 4 * time.Second, Delay: 93 * time.Millisecond,
			Late: 3, Latest: 12 * time.Millisecond, PPM: -38, Measured: time.Minute, Decoding: 127}
	}
	o.About = func() About {
		return About{Version: "1.0", Board: "SMDK2410", System: "Linux 6.1", Memory: 21e6, Total: 61e6, Uptime: 3723 * time.Second}
	}
	o.Backlight = func(int) {}
	o.Touch = &fakeTouch{}
	o.Storage = &fakeStorage{}
	o.SetTime = func(time.Time) error { return nil }
	o.Prefs.Zone = 8 * time.Hour
	o.Time = func() (time.Time, bool) { t, ok := evening(); return t.Add(-8 * time.Hour), ok }
	o.Network = &fakeNetwork{links: []Link{{Name: "eth0", On: true, Carrier: true, Address: "192.168.1.23"}, {Name: "usb0", On: true}}}
	o.Playlists = &fakeLists{lists: map[string][]string{"Evening": make([]string, 31), "Walks by the sea": make([]string, 1)}}
	if zh {
		o.Playlists = &fakeLists{lists: map[string][]string{"傍晚": make([]string, 31), "海边散步": make([]string, 1)}}
	}
	music := shelves(s, zh)
	music.lists = o.Playlists.(*fakeLists)
	o.Music = music
	o.Videos = func() ([]Entry, error) {
		names := []string{"Harbour tour", "A winter in the mountains, part one", "Boats", "The lighthouse"}
		if zh {
			names = []string{"山行记 第一集", "山行记 第二集：翻过这座山，就能看见海", "夜航", "灯塔"}
		}
		var all []Entry
		for i, n := range names {
			path := "/usb/video/" + n + ".avi"
			all = append(all, Entry{Name: n + ".avi", Path: path, Size: int64(i+1) * 61e6})
			if i != 2 {
				s.player.covers[path] = sunset()
			}
		}
		return all, nil
	}
	o.Lyrics = func(path string) []LyricLine {
		lines := []string{"Lights come on along the harbour", "One for every boat that’s home", "I can hear the mountain calling", "Slowly, slowly, on its own", "You said spring would bring you over", "And the water kept the tone"}
		if zh {
			lines = []string{"灯火落在旧码头", "风把名字吹向海", "我听见远山的回声", "一句一句 慢慢走来", "你说春天会回来", "让海浪替我明白"}
		}
		var all []LyricLine
		for i, l := range lines {
			at := time.Duration(70+15*i) * time.Second
			line := LyricLine{At: at, Text: l}
			if i == 2 {
				for k := range l {
					if zh || l[k] == ' ' || k == 0 {
						line.Words = append(line.Words, LyricWord{at + time.Duration(len(line.Words))*800*time.Millisecond, k})
					}
				}
			}
			all = append(all, line)
		}
		return all
	}
}

// tours go through the pages and take pictures whose names end in what
// TestTour puts in the place of the star.
var tours = []struct{ name, text string }{
	{"home", "shot home-*\nkey down\nkey down\nwait 1s\nshot home-focus-*"},
	{"home-nothing", "shot home-nothing-*"},
	{"now", "tap 240 70\nwait 2s\nshot now-spectrum-all-*\ntap 298 18\nwait 0.1s\nshot now-menu-*"},
	{"meter", "tap 240 70\nwait 0.1s\ntap 230 140\nwait 2s\nshot now-meter-*"},
	{"queue-tabs", "tap 60 136\nwait 1s\nkey up\nkey up\nkey up\nkey up\nwait 0.1s\nshot queue-tabs-*\nkey right\nwait 0.1s\nshot playlists-tabs-*"},
	{"lyrics", "tap 240 70\nwait 0.2s\ntap 70 100\nwait 2.5s\nshot lyrics-*"},
	{"lyrics-plain", "tap 240 70\nwait 0.2s\ntap 70 100\nwait 1s\nshot lyrics-plain-*\nkey down\nkey down\ndown 160 150\nmove 160 118\nmove 160 90\nup 160 90\nwait 0.1s\nshot lyrics-plain-moved-*"},
	{"queue", "tap 60 136\nwait 2s\nshot queue-*\nkey down\ndown 150 176\nwait 0.1s\nshot queue-focus-*\nwait 1s\nshot queue-held-*"},
	{"queue-move", "tap 60 136\nwait 1s\ndown 296 136\nmove 296 150\nmove 296 178\nwait 0.1s\nshot queue-move-*"},
	{"queue-menu", "tap 60 136\nwait 1s\ntap 298 18\nwait 0.1s\nshot queue-menu-*"},
	{"queue-clear", "tap 60 136\nwait 1s\ntap 298 18\nwait 0.1s\nkey up\nkey down\nkey down\nkey enter\nwait 0.1s\nshot queue-clear-*\nkey enter\ntap 298 18\ntap 200 126\nwait 0.1s\ntap 220 160\nwait 1s\nshot queue-empty-*"},
	{"keyboard", "tap 60 136\nwait 1s\ntap 298 18\nwait 0.1s\ntap 200 60\nwait 0.1s\nshot keyboard-*\n" + strings.Repeat("tap 305 198\n", 8) + "tap 192 172\ntap 208 144\ntap 240 144\ntap 64 172\ntap 192 172\nwait 0.1s\nshot keyboard-typing-*\nkey up\nkey up\nwait 0.1s\nshot keyboard-focus-*"},
	{"music", "tap 60 56\nwait 1s\nshot music-*\nkey down\nwait 0.1s\nshot music-focus-*\nwheel 100 100 9\nwait 2s\nshot music-end-*\nshot =scan\nwait 1s\nshot music-scan-*"},
	{"artists", "tap 60 56\nwait 0.1s\ntap 100 56\nwait 2s\nshot artists-*\ntap 100 #\nwait 2s\nshot artist-*\nkey right\nwait 0.1s\nshot artist-focus-*"},
	{"albums", "tap 60 56\nwait 0.1s\ntap 100 96\nwait 2s\nshot albums-*\nwheel 100 100 9\nwait 2s\nshot albums-end-*"},
	{"album", "tap 60 56\nwait 0.1s\ntap 100 56\nwait 0.1s\ntap 100 #\nwait 0.1s\ntap 60 80\nwait 2s\nshot album-*\ndown 100 60\nwait 1s\nup 100 60\nwait 0.25s\nshot album-menu-*\ntap 200 166\nwait 0.1s\nshot rating-*"},
	{"tracks", "tap 60 56\nwait 0.1s\ntap 100 136\nwait 2s\nshot tracks-*"},
	{"letters", "tap 60 56\nwait 0.1s\ntap 100 136\nwait 1s\ndown 308 60\nmove 308 80\nmove 308 130\nwait 0.1s\nshot letters-*\nmove 308 196\nwait 0.1s\nshot letters-last-*\nup 308 196\nwait 1s\nkey left\nkey left\nkey left\nwait 0.1s\nshot letters-keys-*"},
	{"genres", "tap 60 56\nwait 0.1s\ntap 100 176\nwait 2s\nshot genres-*\ntap 100 96\nwait 2s\nshot genre-*"},
	{"folders", "tap 60 56\nwait 0.1s\nwheel 100 100 1\nwait 1s\ntap 100 176\nwait 2s\nshot folders-*\ntap 100 96\nwait 2s\nshot folder-*"},
	{"search", "tap 60 56\nwait 0.1s\ntap 298 18\nwait 0.5s\nshot search-nothing-*\n@\nwait 2s\nshot search-typing-*\ntap 280 226\nwait 1s\nshot search-found-*\nkey back\ntap 160 146\ntap 160 146\nwait 1s\nshot search-none-*"},
	{"library", "tap 60 56\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 176\nwait 1s\nshot library-*\ntap 100 56\nwait 0.1s\nshot forget-*\nkey back\ntap 100 96\nwait 0.1s\nshot library-file-*\nwait 5s\nshot =scan\nwait 1s\nshot library-scan-*\nshot =scanned\nwait 1s\nshot library-well-*"},
	{"lists", "tap 60 56\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 136\nwait 1s\nshot playlists-*\ndown 100 60\nwait 1s\nup 100 60\nwait 0.1s\nshot playlists-menu-*"},
	{"video", "tap 60 96\nwait 2s\nshot video-*\nkey right\nkey right\nwait 0.1s\nshot video-focus-*"},
	{"settings", "tap 60 216\nwait 0.5s\nshot settings-*\nkey down\nkey down\nwait 1s\nshot settings-focus-*\nkey page-down\nkey page-down\nwait 2s\nshot settings-end-*"},
	{"sound", "tap 60 216\nwait 0.1s\ntap 100 56\nwait 0.1s\nshot sound-*\ntap 100 96\nwait 0.1s\nshot sound-gain-*"},
	{"equaliser", "tap 60 216\nwait 0.1s\ntap 100 56\nwait 0.1s\ntap 100 56\nwait 0.1s\nshot equaliser-*\nkey right\nkey right\nkey up\nwait 0.1s\nshot equaliser-focus-*\ntap 60 216\nwait 0.2s\nshot presets-*\nwheel 100 100 9\nwait 1s\nshot presets-end-*\nkey back\nwait 0.1s\ntap 270 216\nwait 0.1s\nshot equaliser-off-*"},
	{"display", "tap 60 216\nwait 0.1s\ntap 100 96\nwait 0.1s\nshot display-*"},
	{"language", "tap 60 216\nwait 0.1s\ntap 100 136\nwait 0.1s\nshot language-*"},
	{"touch", "tap 60 216\nwait 0.1s\ntap 100 176\nwait 0.1s\nshot touch-*\ntap 150 150\ntap 290 20\ntap 290 20\ntap 290 20\ntap 290 20\nwait 0.1s\nshot touch-again-*"},
	{"time", "tap 60 216\nwait 0.1s\ntap 100 216\nwait 0.1s\nshot time-*\ntap 100 96\nwait 0.1s\nshot zone-*\nkey back\ntap 100 56\nwait 0.1s\nshot clock-*\nkey up\nkey up\nkey right\nkey down\ndown 110 80\nwait 0.1s\nshot clock-turned-*\nup 110 80\ntap 160 214\nwait 0.1s\nshot clock-set-*"},
	{"network", "tap 60 216\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 100\nwait 0.2s\nshot network-*\ntap 280 56\nwait 0.2s\nshot network-off-*"},
	{"storage", "tap 60 216\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 140\nwait 0.5s\nshot storage-*\ntap 100 96\nwait 0.1s\nshot storage-ask-*\ntap 220 160\nwait 0.5s\nshot storage-done-*"},
	{"output", "tap 60 216\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 176\nwait 0.5s\nshot output-*"},
	{"about", "tap 60 216\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 216\nwait 0.5s\nshot about-*"},
	{"wizard", "shot wizard-language-*\ntap 160 ?\nwait 0.1s\nshot wizard-touch-*\ntap 160 206\nwait 0.1s\nshot wizard-theme-*\ntap 160 !\nwait 0.1s\nshot wizard-music-*"},
}

// TestTour takes a picture of every page in both languages and both themes.
func TestTour(t *testing.T) {
	for _, v := range []struct {
		name string
		set  func(*stage, *Options)
		yes  [2]string // where in the first start the language and the theme are chosen
		band string    // where in the list of artists the one with most albums is
		word string    // two letters
	}{
		{"en-dark", func(*stage, *Options) {}, [2]string{"206", "148"}, "96", "tap 64 172\ntap 32 172"},
		{"en-light", light, [2]string{"206", "206"}, "96", "tap 64 172\ntap 32 172"},
		{"zh-dark", inChinese, [2]string{"148", "148"}, "56", "tap 176 148\ntap 64 172"},
		{"zh-light", chineseLight, [2]string{"148", "206"}, "56", "tap 176 148\ntap 64 172"},
	} {
		for _, tour := range tours {
			text := strings.NewReplacer("*", v.name, "?", v.yes[0], "!", v.yes[1], "#", v.band, "@", v.word).Replace(tour.text)
			t.Run(tour.name+"-"+v.name, func(t *testing.T) {
				perform(t, "wait 0.1s\nkey home\nexpose\nwait 0.2s\n"+text, func(s *stage, o *Options) {
					v.set(s, o)
					if tour.name == "home-nothing" || tour.name == "wizard" {
						s.player = &fakePlayer{s: State{Volume: 62}, covers: map[string]image.Image{}}
					}
					loud(s, o)
					everything(s, o)
					if tour.name == "lyrics-plain" {
						timed := o.Lyrics
						o.Lyrics = func(path string) []LyricLine {
							lines := slices.Concat(timed(path), timed(path), timed(path))
							for i := range lines {
								lines[i].At, lines[i].Words = -1, nil
							}
							return lines
						}
					}
					if tour.name == "letters" {
						m := o.Music.(*fakeMusic)
						m.many, m.named = 10000, englishNames(10000)
						if strings.HasPrefix(v.name, "zh") {
							m.named = chineseNames(10000)
						}
					}
					if tour.name == "wizard" {
						o.Prefs.Ready = false
					}
				})
			})
		}
	}
}
