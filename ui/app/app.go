package app

import (
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// Options are what an App works with. Screen, Source, Player and Files are
// needed.
type Options struct {
	Screen gal.Screen // at least 320x240; stays the caller's to close
	Source ial.Source // closed by Run
	Player Player
	Files  Files
	Root   string // the folder at which Files begins
	Theme  *theme.Theme
	Lang   Lang
	Clock  ui.Clock // nil is the machine's
	// Opening says that the player was told to open something and may not
	// say so yet: Now playing is the first page, and waits.
	Opening bool
	// Levels fills dst with the heights of a spectrum's columns, 0 to 13,
	// and says whether there is sound to show. It may be nil.
	Levels func(dst []uint8) bool
	Film   *Film // where films come from; may be nil
}

// App is the interface as a whole.
type App struct {
	opt   Options
	theme *theme.Theme
	words *words
	desk  *ui.Desktop
	state State

	now    nowPage
	files  filesPage
	film   filmPage
	bands  bands
	covers covers

	changed *ui.Notice
	tick    *ui.Timer
}

// New makes the screens. Which one shows first depends on whether the player
// has anything to play.
func New(opt Options) *App {
	if opt.Theme == nil {
		opt.Theme = theme.Dark()
	}
	a := &App{opt: opt, theme: opt.Theme, words: opt.Lang.words()}
	a.desk = ui.New(opt.Screen, opt.Clock, (*background)(a))
	a.changed = a.desk.NewNotice(a.refresh)
	a.tick = a.desk.NewTimer(a.refresh)
	a.covers.app = a
	a.files.init(a)
	a.now.init(a)
	a.film.init(a)
	a.bands.init(a)
	a.refresh()
	a.showNow(a.state.Count > 0 || opt.Opening)
	return a
}

// Run serves the user until the source ends or Quit is called.
func (a *App) Run() error {
	cancel := a.opt.Player.Subscribe(a.changed.Raise)
	defer cancel()
	a.desk.Post(func() {
		a.refresh()
		a.files.open(place{path: a.opt.Root, name: a.words.files})
	})
	return a.desk.Run(a.opt.Source)
}

// Quit ends Run. It may be called on any goroutine.
func (a *App) Quit() { a.desk.Quit() }

// Settle calls f when all that the user did so far is handled and shown, and
// waits for it; f may look at the screen. It must not be called by f or by
// the player's or the source's methods that the App calls on its goroutine.
func (a *App) Settle(f func()) error { return a.desk.Settle(f) }

// Stats is what drawing cost so far; it is for f of Settle.
func (a *App) Stats() ui.Stats { return a.desk.Stats() }

// tickLeast is how soon at least the player is looked at again.
const tickLeast = 30 * time.Millisecond

// refresh shows the player's state, and comes again when the second changes.
func (a *App) refresh() {
	s := a.opt.Player.State()
	a.state = s
	a.opt.Opening = a.opt.Opening && s.Count == 0
	a.now.show(&s)
	a.files.show(&s)
	a.film.show(&s)
	a.bands.show(&s)
	a.covers.want(s.Track.Path)
	a.tick.Stop()
	if s.Status == Playing {
		a.tick.Start(a.tickIn())
	}
}

// tickIn is when the second changes. A player may count in steps, and be just
// short of the second for a while.
func (a *App) tickIn() time.Duration {
	return max(time.Second-a.state.Position%time.Second, tickLeast)
}

// showNow shows Now playing, or else Files.
func (a *App) showNow(on bool) {
	a.now.page.Show(on)
	a.files.page.Show(!on)
	a.now.runSpectrum()
	if on {
		a.now.disc.Focus()
		a.now.title.Rescroll()
	} else {
		a.files.focus()
	}
}

// background is the control of the root window: what no page used comes here.
type background App

func (b *background) Paint(dst *rgb565.Image) { dst.Fill(dst.Rect, b.theme.Background) }

func (b *background) Handle(e ial.Event) bool {
	a := (*App)(b)
	if e.Type == ial.Wheel { // from the bands: pages use their own
		a.bands.turn(-e.Delta * volumeStep)
		return true
	}
	if e.Type != ial.KeyPress {
		return false
	}
	switch e.Key {
	case ial.KeyVolumeUp:
		a.bands.turn(volumeStep)
		return true
	case ial.KeyVolumeDown:
		a.bands.turn(-volumeStep)
		return true
	}
	if e.Repeat {
		return false
	}
	switch e.Key {
	case ial.KeyPlayPause:
		a.opt.Player.PlayPause()
	case ial.KeyNext:
		a.opt.Player.Next()
	case ial.KeyPrevious:
		a.opt.Player.Previous()
	case ial.KeyMute:
		a.bands.mute()
	case ial.KeyHome:
		a.files.home()
	default:
		return false
	}
	return true
}

// button makes an icon button on a paper.
func (a *App) button(i theme.Icon, ink, paper, held rgb565.Color, click func()) widget.Button {
	return widget.Button{Theme: a.theme, Icon: i, Size: 24, Ink: ink, Paper: paper, Held: held, Click: click}
}

// headerButton is a button in the header of a page.
func (a *App) headerButton(i theme.Icon, click func()) widget.Button {
	return a.button(i, a.theme.Text, a.theme.Background, a.theme.Surface, click)
}

// The header's targets.
var (
	backTarget   = image.Rect(0, 0, 44, 36)
	actionTarget = image.Rect(276, 0, 320, 36)
)
