//go:build !appliance

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"linnet/board"
	"linnet/player"
	"linnet/player/ao"
	"linnet/player/media"
	"linnet/player/mpris"
	"linnet/player/settings"
	"linnet/ui/app"
	"linnet/ui/gal"
	"linnet/ui/gal/mem"
	"linnet/ui/gal/sdl"
	"linnet/ui/ial"
	"linnet/ui/ial/script"
	"linnet/ui/theme"
)

type windowCmd struct {
	soundFlags
	mpdFlags
	Music string `placeholder:"DIR" help:"The folder with the music; without it, the user's own for music."`
	filmFlags
	GAL    string   `name:"gal" enum:"auto,sdl,fbdev,mem" default:"auto" help:"Where the picture goes: sdl (a window), fbdev (a bare frame buffer), mem (memory, for tests and screenshots) or auto (a window where there is a display)."`
	IAL    string   `name:"ial" default:"auto" placeholder:"INPUT" help:"Where input comes from: auto (the window), evdev (the kernel's devices) or script:FILE."`
	Scale  int      `default:"0" help:"Window pixels to one pixel of the panel; 0 chooses."`
	Theme  string   `enum:"auto,dark,light" default:"auto" help:"auto (as it was chosen), dark or light."`
	Lang   string   `enum:"auto,en,zh" default:"auto" help:"auto (as it was chosen, or from the environment), en or zh."`
	Record string   `placeholder:"FILE" help:"Write what the user does as a script for --ial=script."`
	Out    string   `placeholder:"DIR" help:"Where screenshot and WAV go when there is no display or no sound; default: a new folder for temporary files."`
	State  string   `default:"auto" placeholder:"DIR" help:"The folder for what was chosen and what is known of the music; auto is the user's own, or none where nobody can see the window; empty for none."`
	Path   []string `arg:"" optional:"" help:"Files or folders to play; nothing opens the file browser."`
}

// Run shows the window until it is closed. Without a display it plays what
// it was given and leaves a screenshot; without a sound card the sound goes
// to a WAV file.
func (c *windowCmd) Run(s *streams) error {
	files, err := expand(c.Path)
	if err != nil {
		return err
	}
	if err := c.spares(files); err != nil {
		return err
	}
	w := &session{windowCmd: c, streams: s, running: make(chan struct{})}
	defer w.close()
	if err := w.openScreen(); err != nil {
		return err
	}
	if err := w.openSound(); err != nil {
		return err
	}
	return w.play(files)
}

// session is one run of the window.
type session struct {
	*windowCmd
	*streams
	screen   gal.Screen
	film     *app.Film   // on it
	memory   *mem.Screen // the same, where it is in memory
	source   ial.Source
	alone    bool // nobody can see it or touch it: play, then end
	dir      string
	wavPath  string
	shotPath string
	audio    player.OpenAudio
	app      *app.App
	player   *player.Player
	running  chan struct{} // closed when files may be dragged here
	closers  []func()
}

func (w *session) close() {
	for i := len(w.closers) - 1; i >= 0; i-- {
		w.closers[i]()
	}
}

func (w *session) say(format string, args ...any) {
	complain(w.err, format, args...)
}

// openScreen opens the window or, where there can be none, a screen in
// memory, and the input that belongs to it.
func (w *session) openScreen() error {
	size := image.Pt(board.Desktop().UISize())
	switch {
	case w.GAL == "mem":
	case w.GAL == "fbdev":
		s, err := openPanel(board.Desktop())
		if err != nil {
			return err
		}
		w.screen = s
		w.closers = append(w.closers, func() { s.Close() })
	case w.GAL == "auto" && !hasDisplay():
		w.say("no display (neither DISPLAY nor WAYLAND_DISPLAY is set); drawing into memory instead")
	default:
		d, err := sdl.Open(sdl.Options{Title: "Linnet", Size: size, Scale: w.Scale, Icon: theme.WindowIcon(), Drop: w.drop})
		switch {
		case err == nil:
			w.screen, w.source = d, d.Events()
			w.closers = append(w.closers, func() { d.Close() })
		case w.GAL == "sdl":
			return err
		default:
			w.say("no window (%v); drawing into memory instead", err)
		}
	}
	if w.screen == nil {
		w.memory = mem.New(size)
		w.screen = w.memory
		w.alone = true
	}
	return w.openInput()
}

// hasDisplay says whether it is worth trying to open a window.
func hasDisplay() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// drop plays what was dragged onto the window: files, folders, playlists.
func (w *session) drop(paths []string) {
	<-w.running
	files, err := expand(paths)
	if err == nil && len(files) == 0 {
		err = errors.New("nothing to play was dragged here")
	}
	if err != nil {
		w.say("%v", err)
		return
	}
	w.player.SetQueue(files, 0)
	w.app.ShowNow()
}

func (w *session) openInput() error {
	name, isScript := strings.CutPrefix(w.IAL, "script:")
	switch {
	case isScript:
		src, err := script.Open(name, script.Options{Shot: w.shot})
		if err != nil {
			return err
		}
		w.source, w.alone = src, false
	case w.IAL == "evdev" || w.IAL == "auto" && w.GAL == "fbdev":
		src, err := openTouch(board.Desktop(), nil, func(err error) { w.say("%v", err) })
		if err != nil {
			return err
		}
		w.source, w.alone = src, false
	case w.IAL != "auto":
		return fmt.Errorf("--ial=%s: say auto, evdev or script:FILE", w.IAL)
	case w.source == nil:
		w.source = newSilence()
	}
	if w.Record == "" {
		return nil
	}
	f, err := os.Create(w.Record)
	if err != nil {
		return fmt.Errorf("record input: %w", err)
	}
	w.closers = append(w.closers, func() { f.Close() })
	w.source = script.Record(w.source, f)
	return nil
}

// openSound finds out whether there is a sound card before anything plays.
func (w *session) openSound() error {
	open, err := w.soundFlags.open()
	if w.AO != "auto" {
		w.audio = open
		return err
	}
	if err == nil {
		err = tryOut(open)
	}
	if err == nil {
		w.audio = open
		return nil
	}
	path, derr := w.outFile("linnet.wav")
	if derr != nil {
		return derr
	}
	w.say("no sound card (%v); the sound goes to %s", firstLine(err), path)
	w.wavPath = path
	file, err := ao.Open("wav:" + path)
	if err != nil {
		return err
	}
	w.audio = adapt(file)
	if !w.alone {
		w.audio = paced(adapt(file))
	}
	return nil
}

// tryOut opens and closes a device for what most music is.
func tryOut(open player.OpenAudio) error {
	sink, _, err := open(media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16})
	if err != nil {
		return err
	}
	return sink.Close()
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// outFile is a path in the folder for what has no better place.
func (w *session) outFile(name string) (string, error) {
	if w.dir == "" {
		w.dir = w.Out
		var err error
		if w.dir == "" {
			w.dir, err = os.MkdirTemp("", "linnet-")
		} else {
			err = os.MkdirAll(w.dir, 0o777)
		}
		if err != nil {
			return "", fmt.Errorf("folder for output: %w", err)
		}
	}
	return filepath.Join(w.dir, name), nil
}

// play runs the screens, and the player behind them.
func (w *session) play(files []string) error {
	w.film = app.NewFilm(w.screen)
	controls := &filmControls{}
	p := player.New(player.Config{Open: opener(w.bounds(w.screen.Back().Rect.Size())), Audio: w.audio, Clock: clock, Video: w.on(w.film, controls), Buffer: w.Buffer, Seed: uint64(time.Now().UnixNano()), Resampling: w.quality(), CPU: threadTime})
	defer p.Close()
	controls.player = p
	store := w.openSettings()
	defer func() {
		if err := store.Close(); err != nil {
			w.say("%v", err)
		}
	}()
	defer keepSoundAndVolume(store, p, &w.soundFlags)()
	f, stop := newFront(p)
	defer stop()
	events, cancel := p.Subscribe()
	defer cancel()

	s := screens{player: p, store: store, board: board.Desktop(), root: w.root(files), state: w.settingsDir(), lists: playlistsIn(w.stateDir(), w.musicRoot(files)), began: time.Now(), complain: w.say}
	m, err := w.openLibrary(p, &s, files)
	if err != nil {
		return err
	}
	if m != nil {
		defer m.close()
	}
	if s.music != nil {
		f.refused, f.left = s.music.refused, s.music.left
	}
	w.app = app.New(s.options(app.Options{
		Screen: w.screen, Source: w.source, Player: f, Files: disk{}, Opening: len(files) > 0, Film: w.film, FilmControls: controls,
	}, w.Theme, w.Lang))
	if len(files) > 0 {
		p.SetQueue(files, 0)
	}
	keys, err := mpris.Start(p, mpris.Options{Quit: w.app.Quit, Open: func(file string) { p.SetQueue([]string{file}, 0) }})
	switch {
	case err == nil:
		defer keys.Close()
	case !errors.Is(err, mpris.ErrNoBus):
		w.say("no media keys: %v", err)
	}
	ctx, ignore := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer ignore()
	follower := make(chan error, 1)
	done := make(chan struct{})
	go func() { follower <- w.follow(ctx, p, events, done, len(files)) }()
	w.player = p
	close(w.running)
	err = w.app.Run()
	close(done)
	if ferr := <-follower; err == nil {
		err = ferr
	}
	if cerr := p.Close(); err == nil {
		err = cerr
	}
	w.leaveTraces()
	return err
}

// openLibrary opens the library of the folder with the music, where there is one.
func (w *session) openLibrary(p *player.Player, s *screens, files []string) (*music, error) {
	root, wanted := w.musicRoot(files), w.Music != "" || w.MPD != ""
	if root == "" {
		return nil, nil
	}
	say := func(err error) { w.say("%v", err) }
	shown := newShelves(s.lists, say)
	m, err := w.openMusic(p, shown, nil, root, w.stateDir(), w.AO, say)
	switch {
	case err != nil && wanted:
		return nil, err
	case err != nil:
		w.say("no library: %v", err)
		return nil, nil
	}
	if m.addr != nil {
		w.say("MPD clients: %s", m.addr)
	}
	s.music = shown
	return m, nil
}

// musicRoot is the folder with the music, empty for none.
func (w *session) musicRoot(files []string) string {
	switch {
	case w.Music != "":
		return w.Music
	case w.MPD != "":
		return cmp.Or(musicFolder(), w.root(files))
	case !w.alone:
		return musicFolder()
	}
	return ""
}

// stateDir is the folder of the library and the playlists, empty for none.
func (w *session) stateDir() string {
	switch {
	case w.State != "auto":
		return w.State
	case w.alone:
		return ""
	}
	return stateFolder()
}

// openSettings opens what was chosen before.
func (w *session) openSettings() *settings.Store {
	return settings.Open(w.settingsDir(), func(err error) { w.say("%v", err) })
}

// settingsDir is the folder of what was chosen, empty for none. A run that nobody
// can see is always the same.
func (w *session) settingsDir() string {
	if w.alone && w.State == "auto" {
		return ""
	}
	return settingsFolder(w.State)
}

// root is the folder that the browser opens.
func (w *session) root(files []string) string {
	dir := "."
	if len(w.Path) > 0 {
		dir = w.Path[0]
		if info, err := os.Stat(dir); err == nil && !info.IsDir() {
			dir = filepath.Dir(dir)
		}
	} else if home, err := os.UserHomeDir(); err == nil {
		dir = home
		if music := filepath.Join(home, "Music"); isDir(music) {
			dir = music
		}
	}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return dir
}

// follow prints what goes wrong, and ends a run that nobody can see when the
// music is over.
func (w *session) follow(ctx context.Context, p *player.Player, events <-chan player.Event, done <-chan struct{}, files int) error {
	t := &terminal{streams: w.streams, player: p, live: isTerminal(w.out)}
	if w.alone && files == 0 {
		w.say("nothing to play and nobody to ask: name files or folders")
		w.shotAtEnd()
		w.app.Quit()
		return nil
	}
	for {
		select {
		case <-done:
			return nil
		case <-ctx.Done():
			w.app.Quit()
			return nil
		case e := <-events:
			switch {
			case e.Type == player.Failed:
				t.failed(e)
			case e.Type == player.TrackChanged && w.alone && w.shotPath == "":
				w.shotAtEnd()
			case w.alone && t.over(e):
				if w.shotPath == "" { // all was over before it was seen to begin
					w.shotAtEnd()
				}
				err := t.finished(events)
				w.app.Quit()
				return err
			}
		}
		if w.alone {
			t.progress()
		}
	}
}

// shotAtEnd takes the picture that is named when the run ends.
func (w *session) shotAtEnd() {
	path, err := w.outFile("linnet.png")
	if err == nil {
		time.Sleep(300 * time.Millisecond) // the cover is read meanwhile
		err = w.shot(path)
	}
	if err != nil {
		w.say("screenshot: %v", err)
		return
	}
	w.shotPath = path
}

// shot writes the screen as a picture once all input so far is handled.
func (w *session) shot(path string) error {
	var err error
	serr := w.app.Settle(func() {
		w.film.Copy(w.screen.Back())
		err = writePNG(path, w.screen)
	})
	return errors.Join(serr, err)
}

// leaveTraces says where the files are.
func (w *session) leaveTraces() {
	if w.shotPath != "" {
		fmt.Fprintf(w.out, "screenshot: %s\n", w.shotPath)
	}
	if w.wavPath != "" {
		fmt.Fprintf(w.out, "sound: %s\n", w.wavPath)
	}
}
