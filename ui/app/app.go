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
// needed; where another is nil, what needs it is not on the screen.
type Options struct {
	Screen gal.Screen // at least 320x240; stays the caller's to close
	Source ial.Source // closed by Run
	Player Player
	Files  Files
	Root   string   // the folder at which Files begins
	Clock  ui.Clock // nil is the machine's
	// Opening says that the player was told to open something and may not
	// say so yet: Now playing is the first page, and waits.
	Opening bool

	// Prefs is what the user chose before; Keep is told what he chooses, on
	// the screens' goroutine, and must not wait.
	Prefs Prefs
	Keep  func(Prefs)
	// Themes are the themes to choose from; nil are the two built in.
	// FindThemes looks for more, and says what is wrong with one that it
	// cannot use (a *theme.FileError); it may be slow and is called on
	// another goroutine. What was chosen is told to Keep by its name.
	Themes     []*theme.Theme
	FindThemes func() ([]*theme.Theme, error)
	Presets    []Preset // of the equaliser

	// Levels fills dst with the heights of a spectrum's columns, 0 to 13,
	// and says whether there is sound to show.
	Levels func(dst []uint8) bool
	// Loudness says how loud the two channels are, each of 30 steps a cell of 1.5 dB
	// of a VU meter, and whether there is sound. Where it is nil, there is no meter.
	Loudness func() (left, right int, ok bool)
	// Strained says whether the processor is short, so that what moves is to
	// move less.
	Strained func() bool
	Film     *Film // where films come from; may be nil
	// FilmControls are for the film's own band; nil leaves that out.
	FilmControls FilmControls
	// Time is the time of day, and whether it is known. SetTime sets the
	// clock, which may be slow; it is nil where that is done elsewhere, and
	// Time is then in the user's zone.
	Time      func() (time.Time, bool)
	SetTime   func(time.Time) error
	Network   Network
	Output    func() Output
	About     func() About
	Backlight func(percent int) // 0 is dark
	Touch     Toucher
	Storage   Storage
	Updates   Updates      // new versions
	Forget    func() error // everything that was kept, and starts the machine again; may be slow
	FellBack  FellBack     // is told at the start
	Playlists Playlists
	Music     Music // the library
	// Videos lists the videos that there are. It may be slow, as Lyrics may,
	// and is called on another goroutine.
	Videos func() ([]Entry, error)
	// Lyrics reads what is sung in a track; nil is nothing.
	Lyrics func(path string) []LyricLine
}

// pageID is a page by what it is.
type pageID uint8

const (
	pageHome pageID = iota
	pageNow
	pageLyrics
	pageFiles
	pageQueue
	pageLists
	pageMusic
	pageShelf
	pageSearch
	pageLibrary
	pageAddTo
	pageVideo
	pageSettings
	pageSound
	pageEqualiser
	pagePresets
	pageDisplay
	pageLanguage
	pageStorage
	pageOutput
	pageAbout
	pageTouch
	pageTime
	pageClock
	pageZone
	pageNetwork
	pageUpdate
	pageWizard
	pageKeyboard
	pageCount
)

// page is one screen. show is called when the player's state changed, enter
// when the page comes into sight and leave when it goes.
type page interface {
	base() *widget.Panel
	show(s *State)
	enter()
	leave()
}

// App is the interface as a whole.
type App struct {
	opt   Options
	prefs Prefs
	theme *theme.Theme
	words *words
	desk  *ui.Desktop
	state State

	pages  [pageCount]page // made when they are first seen
	stack  []pageID        // the way from Home to the page that is shown
	covers covers
	files  *filesPage // Home's way to Files; kept when the rest is rebuilt
	now    *nowPage
	film   *filmPage

	bands      bands
	dialog     widget.Dialog
	menu       widget.Menu
	screen     blanker
	asking     asking // what the keyboard is for
	installing installing
	asked      int // how far the first start has come
	fixed      int // how many of the themes are always there

	music    MusicState
	way      []visit  // through the library
	searched string   // the words that were looked for last
	adding   []string // the tracks that a playlist is chosen for

	changed *ui.Notice
	shelves *ui.Notice // the library changed
	tick    *ui.Timer
}

// New makes the screens. The first start begins with questions; else, which
// page shows first depends on whether the player has anything to play.
func New(opt Options) *App {
	a := &App{opt: opt, prefs: opt.Prefs}
	if len(a.opt.Themes) == 0 {
		a.opt.Themes = []*theme.Theme{theme.Dark(), theme.Light()}
	}
	a.fixed = len(a.opt.Themes)
	a.desk = ui.New(opt.Screen, opt.Clock, (*background)(a))
	a.changed = a.desk.NewNotice(a.refresh)
	a.shelves = a.desk.NewNotice(a.musicChanged)
	a.covers.app = a
	a.desk.SetFilter(a.screen.pass)
	a.way = []visit{{at: Place{Kind: AllArtists}}}
	a.stack = []pageID{pageHome}
	a.state = opt.Player.State()
	if opt.Music != nil {
		a.music = opt.Music.State()
	}
	switch {
	case a.state.Count > 0 || opt.Opening:
		a.stack = append(a.stack, pageFiles, pageNow)
	case !a.prefs.Ready:
		a.stack = append(a.stack, pageWizard)
	}
	a.build()
	return a
}

// build makes all windows anew, in the language and theme of the moment.
func (a *App) build() {
	a.theme, a.words = a.themeNamed(a.prefs.Theme), a.prefs.Lang.words()
	a.desk.Clear()
	old := a.files
	a.pages = [pageCount]page{}
	a.covers.have, a.covers.path = "", ""
	a.tick = a.desk.NewTimer(a.refresh)
	a.files, a.now = &filesPage{}, &nowPage{}
	a.files.init(a)
	a.now.init(a)
	left := a.film != nil && a.film.left
	a.film = &filmPage{left: left}
	a.film.init(a)
	a.pages[pageFiles], a.pages[pageNow] = a.files, a.now
	if old != nil {
		a.files.takeOver(old)
	}
	a.dialog = widget.Dialog{Theme: a.theme}
	a.dialog.Init(a.desk.Root())
	a.menu = widget.Menu{Theme: a.theme}
	a.menu.Init(a.desk.Root())
	a.bands.init(a)
	a.screen.init(a)
	a.reveal()
	a.refresh()
}

// addPage puts a page on the screen, hidden.
func (a *App) addPage(p *widget.Panel) {
	p.Show(false)
	a.desk.Root().Add(&p.Window, a.desk.Root().Rect(), p)
}

// page is a page, made if it was not yet.
func (a *App) page(id pageID) page {
	if a.pages[id] == nil {
		a.pages[id] = a.newPage(id)
	}
	return a.pages[id]
}

func (a *App) newPage(id pageID) page {
	switch id {
	case pageHome:
		return newHome(a)
	case pageLyrics:
		return newLyrics(a)
	case pageQueue:
		return newQueue(a)
	case pageLists:
		return newLists(a, pageLists)
	case pageAddTo:
		return newLists(a, pageAddTo)
	case pageMusic:
		return newMusic(a)
	case pageShelf:
		return newShelf(a)
	case pageSearch:
		return newSearch(a)
	case pageLibrary:
		return newLibrary(a)
	case pageVideo:
		return newVideo(a)
	case pageSound:
		return newSoundPage(a)
	case pageEqualiser:
		return newEqualiser(a)
	case pagePresets:
		return newPresets(a)
	case pageDisplay:
		return newDisplayPage(a)
	case pageLanguage:
		return newLanguagePage(a)
	case pageStorage:
		return newStoragePage(a)
	case pageOutput:
		return newOutputPage(a)
	case pageAbout:
		return newAboutPage(a)
	case pageTouch:
		return newTouchPage(a)
	case pageTime:
		return newTimePage(a)
	case pageClock:
		return newClockPage(a)
	case pageZone:
		return newZonePage(a)
	case pageNetwork:
		return newNetworkPage(a)
	case pageUpdate:
		return newUpdatePage(a)
	case pageWizard:
		return newWizard(a)
	case pageKeyboard:
		return newKeyboardPage(a)
	default:
		return newSettings(a)
	}
}

// top is the page that is shown.
func (a *App) top() pageID { return a.stack[len(a.stack)-1] }

// covered says whether a menu or a question has the keys: a page whose content comes
// meanwhile takes none.
func (a *App) covered() bool { return a.menu.Shown() || a.dialog.Shown() }

// open goes to a page, or back to it where it is on the way already.
func (a *App) open(id pageID) {
	a.conceal()
	a.arrive(id)
}

// swap goes to a page in the place of the one that is shown.
func (a *App) swap(id pageID) {
	a.conceal()
	a.stack = a.stack[:len(a.stack)-1]
	a.arrive(id)
}

// arrive ends the way at a page.
func (a *App) arrive(id pageID) {
	for i, p := range a.stack {
		if p == id {
			a.stack = a.stack[:i]
			break
		}
	}
	a.stack = append(a.stack, id)
	a.reveal()
}

// back goes to the page before.
func (a *App) back() {
	if len(a.stack) < 2 {
		return
	}
	a.conceal()
	a.stack = a.stack[:len(a.stack)-1]
	a.reveal()
}

// home goes to the first page, but not past the questions of the first start.
func (a *App) home() {
	if a.top() != pageHome && a.top() != pageWizard {
		a.toHome()
	}
}

// toHome goes to the first page.
func (a *App) toHome() {
	a.conceal()
	a.stack = a.stack[:1]
	a.reveal()
}

// conceal hides the page that is shown.
func (a *App) conceal() {
	p := a.page(a.top())
	p.leave()
	p.base().Show(false)
}

// reveal shows the page at the end of the way.
func (a *App) reveal() {
	p := a.page(a.top())
	p.base().Show(true)
	p.show(&a.state)
	p.enter()
}

// restyle builds everything anew, when language or theme have changed.
func (a *App) restyle() {
	a.page(a.top()).leave()
	a.build()
}

// keep changes the preferences.
func (a *App) keep(change func(*Prefs)) {
	change(&a.prefs)
	if a.opt.Keep != nil {
		a.opt.Keep(a.prefs)
	}
}

// Run serves the user until the source ends or Quit is called.
func (a *App) Run() error {
	cancel := a.opt.Player.Subscribe(a.changed.Raise)
	defer cancel()
	if a.opt.Music != nil {
		defer a.opt.Music.Subscribe(a.shelves.Raise)()
	}
	a.desk.Post(func() {
		a.refresh()
		a.files.open(place{path: a.opt.Root, name: a.words.files})
		a.tellFall()
	})
	return a.desk.Run(a.opt.Source)
}

// ShowNow goes to Now playing. It may be called on any goroutine, once Run was.
func (a *App) ShowNow() {
	a.desk.Post(func() {
		if a.top() != pageWizard {
			a.open(pageNow)
		}
	})
}

// Quit ends Run. It may be called on any goroutine.
func (a *App) Quit() { a.desk.Quit() }

// Settle calls f when all that the user did so far is handled and shown, and
// waits for it; f may look at the screen. It must not be called by f or by
// the player's or the source's methods that the App calls on its goroutine.
func (a *App) Settle(f func()) error { return a.desk.Settle(f) }

// Call calls f on the screens' goroutine, before anything that waits there, and
// waits for it. What holds for Settle's f holds for this one.
func (a *App) Call(f func()) error { return a.desk.Call(f) }

// Stats is what drawing cost so far; it is for f of Settle and Call.
func (a *App) Stats() ui.Stats { return a.desk.Stats() }

// tickLeast is how soon at least the player is looked at again.
const tickLeast = 30 * time.Millisecond

// refresh shows the player's state, and comes again when the second changes.
func (a *App) refresh() {
	a.state = a.opt.Player.State()
	s := &a.state
	a.opt.Opening = a.opt.Opening && s.Count == 0
	a.page(a.top()).show(s)
	a.film.show(s)
	a.bands.show(s)
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
		a.home()
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

// pill is a button with words on the page's background.
func (a *App) pill(text string, tone widget.Tone, click func()) widget.Pill {
	return widget.Pill{Theme: a.theme, Text: text, Tone: tone, Paper: a.theme.Background, Click: click}
}

// The header's targets.
var (
	backTarget   = image.Rect(0, 0, 44, 36)
	actionTarget = image.Rect(276, 0, 320, 36)
)
