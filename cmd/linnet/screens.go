package main

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"linnet/board"
	"linnet/player"
	"linnet/player/cue"
	"linnet/player/formats"
	"linnet/player/lyrics"
	"linnet/player/pcm"
	"linnet/player/settings"
	"linnet/player/tag"
	"linnet/ui/app"
)

// screensSection is where the screens' settings are kept.
const screensSection = "screens"

// screenSettings is what was chosen on the screens and is not about sound.
type screenSettings struct {
	Ready      bool   `json:"ready"` // the first start is behind
	Language   string `json:"language"`
	Theme      string `json:"theme"`
	Brightness int    `json:"brightness"`
	BlankS     int    `json:"blank_s"` // 0 is never
	ZoneMin    int    `json:"zone_min"`
	Shows      string `json:"now_playing"`
}

// shows are what stands on Now playing, by name.
var shows = [...]string{app.ShowSpectrum: "spectrum", app.ShowMeter: "meter", app.ShowFormat: "format"}

var languages = map[app.Lang]string{app.English: "en", app.Chinese: "zh"}

// screens is what the screens are given besides the player and the disk.
type screens struct {
	player *player.Player
	store  *settings.Store
	board  board.Board
	root   string          // of the media
	state  string          // the folder for what is kept; empty for none
	began  time.Time       // of the program
	music  *shelves        // nil for none
	lists  *playlistFolder // likewise

	complain func(format string, args ...any)
	say      func(format string, args ...any)

	mu     sync.Mutex
	themes map[string]string // theme files on the media, by the theme's name
}

// options adds to o all that there is.
func (s *screens) options(o app.Options, theme, lang string) app.Options {
	o.Root = s.root
	o.Prefs = s.prefs(theme, lang)
	o.Keep = s.keep
	o.Strained = s.player.Strained
	o.Themes, o.FindThemes = s.ownThemes(), s.findThemes
	o.Levels, o.Loudness = spectrumOf(s.player), loudnessOf(s.player)
	o.Lyrics, o.Videos = lyricsOf, s.videos
	o.Output, o.About, o.Time = s.output, s.about, timeOfDay
	for _, p := range pcm.Presets() {
		o.Presets = append(o.Presets, app.Preset{Name: p.Name, Levels: p.Bands})
	}
	if light := backlight(s.board); light != nil {
		o.Backlight = light
	}
	if s.lists != nil {
		o.Playlists = s.lists
	}
	if s.music != nil {
		o.Music = s.music
	}
	return o
}

// prefs is what was chosen before, but for what the flags theme and lang say;
// "auto" says nothing.
func (s *screens) prefs(theme, lang string) app.Prefs {
	p := app.DefaultPrefs()
	p.Lang = language(lang)
	p.Ready = s.state == "" // nobody is asked what would be forgotten
	kept := screenSettings{Theme: p.Theme, Brightness: p.Brightness, BlankS: int(p.Blank / time.Second)}
	if s.store.Get(screensSection, &kept) {
		p.Ready = p.Ready || kept.Ready
		p.Brightness = max(10, min(kept.Brightness, 100))
		p.Blank = time.Duration(max(0, kept.BlankS)) * time.Second
		p.Shows = app.Shows(max(0, slices.Index(shows[:], kept.Shows)))
		p.Zone = time.Duration(max(-12*60, min(kept.ZoneMin, 14*60))) * time.Minute
		if lang == "auto" {
			for l, name := range languages {
				if name == kept.Language {
					p.Lang = l
				}
			}
		}
	}
	p.Theme = kept.Theme
	if theme != "auto" {
		p.Theme = theme
	}
	var sound settings.Sound
	if s.store.Get(settings.SoundSection, &sound) {
		p.EQ, p.Levels, p.Mono = sound.Equalizer, sound.Bands, sound.Mono
	}
	now := s.player.Status().Sound
	if now.Bands != [pcm.Bands]int{} {
		p.EQ, p.Levels = true, now.Bands
	}
	p.Mono, p.Crossfade = now.Mono, now.Crossfade.Length
	p.ReplayGain = app.ReplayGain(now.ReplayGain.Mode)
	return p
}

// keep applies what was chosen and has it kept.
func (s *screens) keep(p app.Prefs) {
	sound := s.player.Status().Sound
	sound.Bands = p.Levels
	if !p.EQ {
		sound.Bands = [pcm.Bands]int{}
	}
	sound.Mono, sound.Crossfade.Length = p.Mono, p.Crossfade
	sound.ReplayGain.Mode = player.ReplayGainMode(p.ReplayGain)
	s.player.SetSound(sound)
	go func() { // its medium may be slow
		if err := s.takeTheme(p.Theme); err != nil {
			s.complain("%v", err)
		}
	}()
	s.store.Put(screensSection, screenSettings{
		Ready: p.Ready, Language: languages[p.Lang], Theme: p.Theme, Brightness: p.Brightness, BlankS: int(p.Blank / time.Second),
		ZoneMin: int(p.Zone / time.Minute), Shows: shows[p.Shows],
	})
}

// output is what the sound device does.
func (s *screens) output() app.Output {
	o := s.player.Status().Output
	return app.Output{
		Open: o.Format.Rate > 0, Rate: o.Format.Rate, Channels: o.Format.Channels, Buffered: o.Buffered, Capacity: o.Capacity, Delay: o.Delay,
		Xruns: o.Xruns, Starved: o.Starved, Lost: o.Lost, Late: o.Late, Latest: o.Latest, PPM: o.PPM, Measured: o.Measured,
		Decoding: int(decodingShare(&o)),
	}
}

// about is the program and the machine.
func (s *screens) about() app.About {
	a := app.About{Version: versionText(), Board: s.board.Title, System: kernelName(), Uptime: time.Since(s.began).Truncate(time.Second)}
	if total, free, ok := memoryOfSystem(); ok {
		a.Memory, a.Total = total-free, total
	}
	return a
}

// kernelName is the kernel's name and release, as "Linux 6.1.0".
func kernelName() string {
	b, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return runtime.GOOS
	}
	release, _, _ := strings.Cut(strings.TrimSpace(string(b)), "-")
	return "Linux " + release
}

// memoryOfSystem is the machine's memory and what is left of it, in bytes.
func memoryOfSystem() (total, free int64, ok bool) {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, 0, false
	}
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		fields := strings.Fields(in.Text())
		if len(fields) < 2 {
			continue
		}
		kb, _ := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "MemTotal:":
			total = kb << 10
		case "MemAvailable:":
			return total, kb << 10, true
		}
	}
	return 0, 0, false
}

// timeOfDay is the clock on the wall. A board without a battery begins long
// before it was built.
func timeOfDay() (time.Time, bool) {
	now := time.Now()
	return now, now.Year() >= 2025
}

// backlight sets the brightness of the board's screen, in per cent; nil where
// it cannot be set.
func backlight(b board.Board) func(percent int) {
	if b.Backlight == "" {
		return nil
	}
	dir := filepath.Join("/sys/class/backlight", b.Backlight)
	text, err := os.ReadFile(filepath.Join(dir, "max_brightness"))
	if err != nil {
		return nil
	}
	most, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || most < 1 {
		return nil
	}
	return func(percent int) {
		level := most * percent / 100
		if percent > 0 {
			level = max(level, 1)
		}
		// A screen that stays bright is no reason to stop.
		_ = os.WriteFile(filepath.Join(dir, "brightness"), []byte(strconv.Itoa(level)), 0o644)
	}
}

// lyricsOf reads what is sung in a track: from the file beside it, song.lrc for
// song.mp3, or else from its tags.
func lyricsOf(path string) []app.LyricLine {
	if _, _, ok := cue.Of(path); ok {
		return nil // the file's are not of one track
	}
	data := lyricsBeside(path)
	if data == nil {
		_ = withFile(path, func(f *os.File, size int64) error {
			text, err := tag.Lyrics(f, size)
			data = []byte(text)
			return err
		})
	}
	var lines []app.LyricLine
	for _, l := range lyrics.Parse(data) {
		line := app.LyricLine{At: l.At, Text: l.Text}
		for _, w := range l.Words {
			line.Words = append(line.Words, app.LyricWord{At: w.At, From: w.From})
		}
		lines = append(lines, line)
	}
	if lines == nil {
		for text := range strings.Lines(string(data)) {
			lines = append(lines, app.LyricLine{At: -1, Text: strings.TrimSpace(text)})
		}
	}
	return lines
}

// lyricsBeside is the file beside a track, nil where there is none.
func lyricsBeside(path string) []byte {
	name := strings.TrimSuffix(path, filepath.Ext(path)) + ".lrc"
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > 1<<20 {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return data
}

// videoExtensions are the files that are shown as videos.
var videoExtensions = []string{".avi", ".mpg", ".mpeg", ".mp4", ".m4v", ".mkv", ".webm", ".mov", ".qt", ".vob", ".divx",
	".3gp", ".3g2", ".m1v", ".m2v", ".mpv", ".asf", ".flv", ".m2ts", ".mts", ".ogm", ".ogv", ".rmvb", ".ts", ".wmv"}

// maxVideos is how many are looked for.
const maxVideos = 2000

// videos lists the videos on the media, folder by folder.
func (s *screens) videos() ([]app.Entry, error) {
	known := extensions()
	var all []app.Entry
	err := filepath.WalkDir(s.root+string(filepath.Separator), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // what cannot be read has none
		case len(all) == maxVideos:
			return fs.SkipAll
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 1:
			return fs.SkipDir
		}
		ext := strings.ToLower(filepath.Ext(path))
		isVideo := slices.Contains(videoExtensions, ext) && slices.Contains(known, ext) || formats.OnVideoCD(path)
		if !isVideo || strings.HasPrefix(d.Name(), ".") {
			return nil
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			all = append(all, app.Entry{Name: d.Name(), Path: path, Size: info.Size()})
		}
		return nil
	})
	slices.SortFunc(all, func(a, b app.Entry) int { return comparePaths(a.Path, b.Path) })
	return all, err
}

// language is the interface's, by flag or environment.
func language(flag string) app.Lang {
	if flag == "auto" {
		for _, v := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			if flag = os.Getenv(v); flag != "" {
				break
			}
		}
	}
	if strings.HasPrefix(flag, "zh") {
		return app.Chinese
	}
	return app.English
}
