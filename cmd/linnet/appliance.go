package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"linnet/board"
	"linnet/player"
	"linnet/player/resume"
	"linnet/player/settings"
	"linnet/ui/app"
	"linnet/ui/gal"
	"linnet/ui/gal/mem"
	"linnet/ui/ial"
	"linnet/ui/ial/script"
)

type applianceCmd struct {
	Board  string        `required:"" help:"The board: ${boards}."`
	GAL    string        `name:"gal" enum:"fbdev,mem,none" default:"fbdev" help:"Where the picture goes: fbdev (the panel), mem (memory) or none."`
	IAL    string        `name:"ial" default:"evdev" placeholder:"INPUT" help:"Where input comes from: evdev (touch panel and keys; by default), none or script:FILE."`
	AO     string        `name:"ao" default:"alsa" placeholder:"SINK" help:"Where the sound goes, by default alsa. ${aos}"`
	Media  string        `default:"/media" placeholder:"DIR" help:"The folder that the file browser opens, /media by default."`
	Music  string        `placeholder:"DIR" help:"The folder with the music; without it, that of --media."`
	State  string        `default:"/state" placeholder:"DIR" help:"The folder on flash for what is to outlive the power, /state by default; empty for none."`
	Memory string        `name:"run" default:"/run/linnet" placeholder:"DIR" help:"The folder in memory for what is to outlive the program, /run/linnet by default; empty for none."`
	Socket string        `default:"/run/linnet.sock" placeholder:"FILE" help:"The Unix socket that tells the status, /run/linnet.sock by default; empty for none."`
	Buffer time.Duration `default:"4s" help:"How far ahead to decode, 2s to 1m."`
	RT     bool          `name:"realtime" help:"Feed the sound device from a real-time thread."`
	Nice   int           `default:"-10" placeholder:"N" help:"How far to go before other programs, as nice(1): -20 first, 0 leaves it, 19 last; by default -10."`
	Volume int           `default:"-1" help:"Volume, 0 to 100; without it, what it was last."`
	Theme  string        `enum:"auto,dark,light" default:"auto" help:"auto (as it was chosen), dark or light."`
	Lang   string        `enum:"auto,en,zh" default:"auto" help:"auto (as it was chosen, or from the environment), en or zh."`
	effectFlags
	mpdFlags
	filmFlags
	trialFlags
	Path []string `arg:"" optional:"" name:"file" help:"Files or folders to play at start; without any, what was played last goes on."`
}

// Help is kong's longer text.
func (applianceCmd) Help() string {
	return "On standard error it says, each on a line of its own: \"ui: first frame shown\", \"audio: first sample written\", " +
		"\"playing: PATH\", \"audio: ended, xruns N\" and \"queue: end\"."
}

// Validate is called by kong.
func (c *applianceCmd) Validate() error {
	switch {
	case c.Volume < -1 || c.Volume > 100:
		return fmt.Errorf("--volume=%d: say a number from 0 to 100", c.Volume)
	case c.Nice < -20 || c.Nice > 19:
		return fmt.Errorf("--nice=%d: say a number from -20 to 19", c.Nice)
	case c.Buffer <= 0 || c.Buffer > maxBuffer:
		return fmt.Errorf("--buffer=%v: say %v to %v", c.Buffer, minBuffer, maxBuffer)
	}
	c.Buffer = max(c.Buffer, minBuffer)
	return c.effectFlags.validate()
}

// Run is the player on its device, until SIGTERM.
func (c *applianceCmd) Run(s *streams) error {
	b, err := board.Find(c.Board)
	if err != nil {
		return err
	}
	tuneRuntime()
	a := &appliance{applianceCmd: c, streams: s, board: b, began: time.Now(), shown: make(chan struct{})}
	defer a.close()
	a.goBefore()
	if err := a.openSound(); err != nil {
		return err
	}
	a.store = settings.Open(a.State, func(err error) { a.complain("%v", err) })
	defer func() {
		if err := a.store.Close(); err != nil {
			a.complain("%v", err)
		}
	}()
	if err := a.openScreen(); err != nil {
		return err
	}
	return a.run()
}

// Limits of memory on a board that has 64 MB, of which the kernel and what is
// cached of files want the larger part. Garbage is mostly collected before the heap
// has grown by gcPercent; see collectInQuiet.
const (
	memoryLimit = 24 << 20
	gcPercent   = 150
)

// processors is how many the run-time is to use. The kernel shares a single core
// between them at once, while the run-time itself takes one away from who
// computes, or waits in a call of the kernel's, only after 10 or 20 ms. So there
// is one for the thread that feeds the device, one for a decoder, which may wait for
// a disk, one for what is done in the background, and one for who has to act at a
// time, as to answer a touch. Of 425 pictures of a film in MPEG-4 on the Versatile 20
// came 4 ms late or more with one, 7 with two, 3 with three and 6 with four.
const processors = 4

// tuneRuntime fits Go's run-time to a small board with one core.
func tuneRuntime() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	if runtime.GOMAXPROCS(0) < processors {
		runtime.GOMAXPROCS(processors)
	}
}

// goBefore has the program preferred to others, where that is allowed.
func (a *appliance) goBefore() {
	if a.Nice == 0 || a.Nice < 0 && os.Geteuid() != 0 {
		return
	}
	easeTimers()
	if err := errors.Join(goBefore(a.Nice), keepProgram()); err != nil {
		a.complain("%s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
}

// soundThread makes the thread that feeds the device what it is to be. Where
// that is not allowed, it plays all the same.
func (a *appliance) soundThread() func() {
	if !a.RT {
		return nil
	}
	return func() {
		if err := beRealtime(); err != nil {
			a.complain("%v", err)
		}
	}
}

// appliance is one run of the program on a device.
type appliance struct {
	*applianceCmd
	*streams
	board board.Board
	began time.Time

	say    sync.Mutex // lines do not mix
	audio  player.OpenAudio
	mute   error      // of a system on trial: the sound device does not open
	screen gal.Screen // nil without one
	film   *app.Film  // on it
	source ial.Source
	store  *settings.Store
	player *player.Player
	hush   *hush // where there is a screen
	app    *app.App
	runs   atomic.Pointer[app.App] // app, when it can be asked
	shown  chan struct{}           // closed when the first frame was shown
	once   sync.Once

	closers []func()
}

func (a *appliance) close() {
	for i := len(a.closers) - 1; i >= 0; i-- {
		a.closers[i]()
	}
}

// mark says what process 1 and people look for.
func (a *appliance) mark(format string, args ...any) {
	a.say.Lock()
	defer a.say.Unlock()
	fmt.Fprintln(a.err, plain(fmt.Sprintf(format, args...)))
}

// complain is complain for any goroutine.
func (a *appliance) complain(format string, args ...any) {
	a.say.Lock()
	defer a.say.Unlock()
	complain(a.err, format, args...)
}

// openScreen opens the panel and the input. A board that has no screen, or
// whose screen does not open, still plays.
func (a *appliance) openScreen() error {
	var screen boardScreen
	switch {
	case a.GAL == "none":
		return nil
	case a.board.Screen == board.Screen{}:
		a.complain("the board %s has no screen for the interface; playing without", a.board.Name)
		return nil
	case a.GAL == "mem":
		screen = mem.New(image.Pt(a.board.UISize()))
	default:
		a.board = mounted(a.board)
		s, err := openPanel(a.board)
		if err != nil {
			a.complain("%v; playing without a screen", err)
			return nil
		}
		screen = s
		a.closers = append(a.closers, func() { s.Close() })
	}
	a.film = app.NewFilm(screen)
	a.screen = &firstFrame{boardScreen: screen, shown: a.firstShown}
	return a.openInput()
}

// upright turns nothing on a panel that has the size of the picture.
func upright(b board.Board, panel image.Point) board.Board {
	if panel == image.Pt(b.UISize()) {
		b.Screen.Width, b.Screen.Height, b.Screen.Rotate = panel.X, panel.Y, 0
	}
	return b
}

func (a *appliance) openInput() (err error) {
	a.source = newSilence()
	name, isScript := strings.CutPrefix(a.IAL, "script:")
	switch {
	case isScript:
		a.source, err = script.Open(name, script.Options{Shot: a.shot})
	case a.IAL == "none":
	case a.IAL != "evdev":
		err = fmt.Errorf("--ial=%s: say evdev, none or script:FILE", a.IAL)
	default:
		s, err := openTouch(a.board, calibrationOf(a.store), func(err error) { a.complain("%v", err) })
		if err != nil {
			a.complain("%v; nobody can touch the screen", err)
			return nil
		}
		a.source = s
	}
	return err
}

// shot is for scripts.
func (a *appliance) shot(path string) error {
	var err error
	serr := a.app.Settle(func() {
		a.film.Copy(a.screen.Back())
		err = writePNG(path, a.screen)
	})
	return errors.Join(serr, err)
}

func (a *appliance) firstShown() {
	a.once.Do(func() {
		a.mark("ui: first frame shown")
		close(a.shown)
	})
}

// boardScreen is all that the interface knows to do with a board's screen.
type boardScreen interface {
	gal.Lender
	gal.Hastener
}

// firstFrame tells of the first flush.
type firstFrame struct {
	boardScreen
	shown func()
}

func (f *firstFrame) Flush(dirty []image.Rectangle) error {
	err := f.boardScreen.Flush(dirty)
	if f.shown != nil && err == nil {
		f.shown()
		f.shown = nil
	}
	return err
}

// lateDisk is the disk, not before the first frame was shown.
type lateDisk struct {
	disk
	shown <-chan struct{}
}

// List is of app.Files.
func (d lateDisk) List(dir string) ([]app.Entry, error) {
	<-d.shown
	return d.disk.List(dir)
}

// musicAfter is how long after the first frame the library is opened: the first
// sound comes before.
const musicAfter = 5 * time.Second

// musicRoot is the folder with the music.
func (a *appliance) musicRoot() string { return cmp.Or(a.Music, a.Media) }

// openLibrary opens the library when the screens and what was played last are
// there. The function that it returns closes it.
func (a *appliance) openLibrary(shown *shelves) (closeIt func()) {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	var m *music
	go func() {
		defer close(done)
		select {
		case <-a.shown:
		case <-ctx.Done():
			return
		}
		if a.screen != nil && a.MPD == "" {
			select {
			case <-time.After(musicAfter):
			case <-ctx.Done():
				return
			}
		}
		say := func(err error) { a.complain("%v", err) }
		var err error
		if m, err = a.openMusic(a.player, shown, a.hush, a.musicRoot(), a.State, a.AO, say); err != nil {
			a.complain("no library: %v", err)
		} else if m.addr != nil {
			a.mark("MPD clients: %s", m.addr)
		}
	}()
	return func() {
		stop()
		<-done
		if m != nil {
			m.close()
		}
	}
}

// run shows the screens, and plays.
func (a *appliance) run() error {
	ctx, stop := interrupts()
	defer stop()
	keeper := resume.New(a.Memory, a.State)
	last, known, problems := keeper.Load()
	for _, err := range problems {
		a.complain("%v", err)
	}
	cfg := player.Config{Open: opener(image.Point{}), Audio: a.audio, Clock: clock, Buffer: a.Buffer, Seed: uint64(a.began.UnixNano()), Resampling: a.quality(), Thread: a.soundThread(), CPU: threadTime}
	var film *app.Film
	controls := &filmControls{}
	if a.screen != nil {
		film, a.hush = a.film, newHush()
		cfg.Video = a.on(film, controls)
		cfg.Open = opener(a.bounds(a.screen.Back().Rect.Size()))
	}
	a.player = player.New(cfg)
	controls.player = a.player
	defer a.player.Close()
	defer keepSound(a.store, a.player, &a.effectFlags)()
	if err := a.serveStatus(); err != nil {
		a.complain("no status: %v", err)
	}
	shown := newShelves(playlistsIn(a.State, a.musicRoot()), func(err error) { a.complain("%v", err) })
	defer a.openLibrary(shown)()
	s := &follower{appliance: a, keeper: keeper, left: newLeaving(a.player, last, known), known: known}
	go a.vouch(ctx, askInit)
	if a.screen == nil {
		close(a.shown)
		return s.follow(ctx)
	}
	front, unfollow := newFront(a.player)
	defer unfollow()
	front.media, front.hush, front.refused, front.left = a.Media, a.hush, shown.refused, shown.left
	sc := screens{player: a.player, store: a.store, board: a.board, root: a.Media, state: a.State, began: a.began, music: shown, lists: shown.lists, complain: a.complain, say: a.mark}
	o := sc.options(app.Options{
		Screen: a.screen, Source: a.hush.feel(a.source), Player: front, Files: lateDisk{shown: a.shown},
		Opening: len(a.Path) > 0 || known && len(last.Queue) > 0, Film: film, FilmControls: controls,
		Touch: toucherOf(a.source, a.store), FellBack: a.fellBack(),
	}, a.Theme, a.Lang)
	sc.addMachine(&o)
	a.app = app.New(o)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if a.State != "" {
		go a.watchState(ctx, front)
	}
	go collectInQuiet(ctx, a.hush)
	ended := make(chan error, 1)
	go func() {
		err := s.follow(ctx)
		a.app.Quit()
		ended <- err
	}()
	a.runs.Store(a.app)
	err := a.app.Run()
	a.firstShown() // where nothing ever was
	cancel()
	if ferr := <-ended; err == nil {
		err = ferr
	}
	return err
}
