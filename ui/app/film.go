package app

import (
	"image"
	"sync"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// A Film is where the pictures of films come from. One goroutine draws them and
// shows them by Flip; the App is told, and puts them on its screen. Where the
// screen lends its memory, pictures are drawn there at once, below whatever else is
// to be seen, and nobody is told.
type Film struct {
	lender gal.Lender // nil where the screen does not lend

	mu       sync.Mutex
	back     *rgb565.Image
	front    *rgb565.Image
	lent     bool // the screen is lent; then these two are old
	quarters int  // by which it is turned
	drawn    bool // what the next Flip shows is drawn
	on       bool
	caption  string        // over the pictures
	above    bool          // at the top
	layer    *rgb565.Layer // the caption, turned as the pictures are; nil while there is none
	changed  func()        // nil before there is an App
}

// NewFilm returns a place for the pictures of films on a screen.
func NewFilm(s gal.Screen) *Film {
	r := image.Rectangle{Max: s.Back().Rect.Size()}
	f := &Film{back: rgb565.New(r), front: rgb565.New(r)}
	f.lender, _ = s.(gal.Lender)
	return f
}

// Draw has the next picture painted, turned clockwise by so many quarters, on a
// surface that is another one each time and is black at first.
func (f *Film) Draw(paint func(m *rgb565.Image, quarters int)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lent {
		next, _ := f.lender.Pages()
		paint(next, f.quarters)
		if f.layer != nil {
			f.layer.Over(next)
		}
	} else {
		paint(f.back, 0)
	}
	f.drawn = true
}

// Flip shows what was drawn.
func (f *Film) Flip() error {
	f.mu.Lock()
	var err error
	tell := !f.on || !f.lent
	if f.lent {
		err = f.lender.Show()
	} else {
		f.back, f.front = f.front, f.back
	}
	f.on, f.drawn = true, false
	changed := f.changed
	f.mu.Unlock()
	if tell && changed != nil {
		changed()
	}
	return err
}

// Caption has a text shown over the pictures from the next one to be drawn on,
// below or above.
func (f *Film) Caption(text string, above bool) {
	f.mu.Lock()
	other := text != f.caption || above != f.above
	if other {
		f.caption, f.above, f.layer = text, above, nil
	}
	changed := f.changed
	f.mu.Unlock()
	if other && changed != nil {
		changed()
	}
}

// lay has a caption's layer laid over the pictures, unless there is another
// caption by now. Where now is set the one that is on the screen itself, or
// is the next to be there, gets it, too.
func (f *Film) lay(l *rgb565.Layer, caption string, now bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.caption != caption {
		return
	}
	f.layer = l
	if !f.lent || l == nil || !now {
		return
	}
	next, seen := f.lender.Pages()
	if f.drawn {
		l.Over(next)
	} else {
		l.Over(seen)
	}
}

// Hide ends the film.
func (f *Film) Hide() {
	f.mu.Lock()
	f.on, f.drawn = false, false
	changed := f.changed
	f.mu.Unlock()
	if changed != nil {
		changed()
	}
}

// running says whether there is a picture to show.
func (f *Film) running() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.on
}

// direct says whether pictures come to the screen without any help.
func (f *Film) direct() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lent
}

// lend has pictures drawn on the screen itself, unless one is on its way.
func (f *Film) lend() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.on || f.drawn {
		return false
	}
	f.quarters, f.lent, f.layer = f.lender.Lend(), true, nil
	next, _ := f.lender.Pages()
	if f.quarters&3 == 0 {
		next.Blit(next.Rect, f.front, f.front.Rect.Min)
	} else {
		next.Rotate(f.front, f.front.Rect, f.quarters)
	}
	return true
}

// take has pictures drawn on surfaces again, which get what the screen has.
func (f *Film) take() {
	f.mu.Lock()
	defer f.mu.Unlock()
	next, seen := f.lender.Pages()
	if f.drawn {
		f.upright(f.front, seen)
		f.upright(f.back, next)
	} else {
		f.upright(f.front, next) // which is what is seen, with nothing above it
	}
	f.lender.Return()
	f.quarters, f.lent, f.layer = 0, false, nil
}

// Copy copies the picture to dst, as large as the screen, where it is on the
// screen itself.
func (f *Film) Copy(dst *rgb565.Image) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lent {
		_, seen := f.lender.Pages()
		f.upright(dst, seen)
	}
}

// upright copies a page of the screen to a surface.
func (f *Film) upright(dst, page *rgb565.Image) {
	if f.quarters&3 == 0 {
		dst.Blit(dst.Rect, page, page.Rect.Min)
	} else {
		dst.Rotate(page, page.Rect, 4-f.quarters)
	}
}

// filmPage is a film, full screen. A tap or a key shows two bands on it, which
// are opaque: under them nothing is drawn.
type filmPage struct {
	ui.Window
	app     *App
	film    *Film // nil where there is no place for films
	top     widget.Panel
	bottom  widget.Panel
	back    widget.Button
	title   widget.Label
	seek    widget.Slider
	elapsed widget.Time
	total   widget.Time
	prev    widget.Button
	pause   widget.Button
	next    widget.Button
	vol     widget.Button
	hide    *ui.Timer
	letters lettering
	tools   filmTools
	left    bool // the user went to another page while it plays
}

const (
	filmTop     = 36
	filmBottom  = 60
	filmBandFor = 4 * time.Second
	filmStep    = 10 * time.Second
)

func (p *filmPage) init(a *App) {
	p.app, p.film = a, a.opt.Film
	root := a.desk.Root()
	p.Show(false)
	root.Add(&p.Window, root.Rect(), p)
	if p.film == nil {
		return
	}
	notice := a.desk.NewNotice(p.changed)
	p.film.mu.Lock()
	p.film.changed = notice.Raise
	p.film.mu.Unlock()
	p.hide = a.desk.NewTimer(func() { p.bands(false) })
	p.initTop()
	p.initBottom()
	p.tools.init(p)
	p.bands(false)
	if p.film.lender != nil {
		a.desk.Lend(&p.Window, func() bool {
			lent := p.film.lend()
			p.letter()
			return lent
		}, p.film.take)
	}
}

func (p *filmPage) initTop() {
	t, w := p.app.theme, p.Rect().Dx()
	p.top = widget.Panel{Paper: t.Background, OnEvent: p.touched}
	p.Add(&p.top.Window, image.Rect(0, 0, w, filmTop), &p.top)
	p.back = p.app.headerButton(theme.IconBack, p.leave)
	p.top.Add(&p.back.Window, backTarget, &p.back)
	p.title = widget.Label{Theme: t, Style: font.BodyBold, Ink: t.Text, Paper: t.Background, Baseline: 24}
	right := w - 44
	if p.app.opt.FilmControls != nil {
		right = w - 88
	}
	p.top.Add(&p.title.Window, widget.LabelBox(font.BodyBold, 44, right, 24), &p.title)
	p.vol = p.app.headerButton(theme.IconVol, p.app.bands.open)
	p.top.Add(&p.vol.Window, image.Rect(w-44, 0, w, 36), &p.vol)
}

func (p *filmPage) initBottom() {
	a, t := p.app, p.app.theme
	w, h := p.Rect().Dx(), p.Rect().Dy()
	y := h - filmBottom
	p.bottom = widget.Panel{Paper: t.Background, OnEvent: p.touched}
	p.Add(&p.bottom.Window, image.Rect(0, y, w, h), &p.bottom)
	track := image.Rect(56, y+14, w-56, y+18)
	p.seek = widget.Slider{Theme: t, Paper: t.Background, Radius: 2, Knob: knobWidth, Step: filmStep.Milliseconds(), Change: p.sought}
	p.bottom.Add(&p.seek.Window, image.Rect(track.Min.X-knobWidth/2, y+4, track.Max.X+knobWidth/2, y+28), &p.seek)
	p.seek.SetTrack(track)
	p.elapsed = widget.Time{Theme: t, Ink: t.Text2, Paper: t.Background, Baseline: y + 20}
	p.bottom.Add(&p.elapsed.Window, image.Rect(8, y+8, 48, y+24), &p.elapsed)
	p.total = widget.Time{Theme: t, Ink: t.Text2, Paper: t.Background, Baseline: y + 20, Align: widget.Right}
	p.bottom.Add(&p.total.Window, image.Rect(w-48, y+8, w-8, y+24), &p.total)
	player := a.opt.Player
	for i, b := range []struct {
		button *widget.Button
		icon   theme.Icon
		click  func()
	}{{&p.prev, theme.IconPrev, player.Previous}, {&p.pause, theme.IconPause, player.PlayPause}, {&p.next, theme.IconNext, player.Next}} {
		*b.button = a.button(b.icon, t.Text, t.Background, t.Surface, b.click)
		x := w/2 + (i-1)*68 - 24
		p.bottom.Add(&b.button.Window, image.Rect(x, y+26, x+48, h), b.button)
	}
}

// changed is told of each picture.
func (p *filmPage) changed() {
	on := p.film.running() && !p.left
	if on != p.Visible() {
		p.Show(on)
		if on {
			p.app.conceal() // what nobody sees need not move
			p.Raise()
			p.Focus()
		} else {
			p.bands(false)
			p.app.reveal()
		}
		return
	}
	if p.letter(); !p.film.direct() {
		p.InvalidateAll()
	}
}

// show brings the bands to the player's state.
func (p *filmPage) show(s *State) {
	if p.film == nil {
		return
	}
	p.left = p.left && p.film.running()
	if !p.Visible() {
		return
	}
	p.title.SetText(p.titleOf(s))
	p.seek.Set(s.Position.Milliseconds(), max(0, s.Duration.Milliseconds()))
	if _, dragging := p.seek.Dragging(); !dragging {
		p.elapsed.Set(elapsedSeconds(s, s.Position))
	}
	p.total.Set(max(int64(s.Duration/time.Second), 0))
	p.pause.SetIcon(playIcon(s), p.app.theme.Text)
	p.vol.SetIcon(volumeIcon(s.Volume), p.app.theme.Text)
	p.tools.show()
}

// titleOf is the title, and who decodes the film where that is another program.
func (p *filmPage) titleOf(s *State) string {
	title := p.app.titleOf(s)
	if s.Track.Via != "" {
		title += " · " + s.Track.Via
	}
	return title
}

func (p *filmPage) sought(ms int64, done bool) {
	p.hide.Start(filmBandFor)
	p.elapsed.Set(ms / 1000)
	if done {
		p.app.opt.Player.Seek(time.Duration(ms) * time.Millisecond)
	}
}

// bands shows the bands for a while, or hides them.
func (p *filmPage) bands(on bool) {
	p.top.Show(on)
	p.bottom.Show(on)
	if p.film != nil && p.film.direct() {
		p.letter() // it goes out of their way
	}
	p.tools.band(on)
	p.hide.Stop()
	if on {
		p.hide.Start(filmBandFor)
		p.show(&p.app.state)
	}
}

// leave goes to the page below; the film plays on.
func (p *filmPage) leave() {
	p.left = true
	p.changed()
}

// Paint shows the part of the picture that is wanted, and over it the caption.
func (p *filmPage) Paint(dst *rgb565.Image) {
	p.letter()
	f := p.film
	f.mu.Lock()
	defer f.mu.Unlock()
	dst.Blit(dst.Rect, f.front, dst.Rect.Min)
	if f.layer != nil {
		f.layer.Over(dst)
	}
}

// Handle shows or hides the bands, and takes keys.
func (p *filmPage) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		p.bands(!p.top.Visible())
		return true
	case ial.KeyPress:
		return p.held(e) || p.tools.hold(e) || p.key(e.Key)
	}
	return e.Type == ial.PointerMove || e.Type == ial.PointerUp
}

// held is for Back, held until after the band closed: the film stays.
func (p *filmPage) held(e ial.Event) bool { return e.Key == ial.KeyBack && e.Repeat }

// touched keeps the bands while the user is at them.
func (p *filmPage) touched(e ial.Event) bool {
	if e.Type == ial.PointerDown {
		p.hide.Start(filmBandFor)
	}
	return e.Type == ial.PointerDown
}

func (p *filmPage) key(k ial.Key) bool {
	a := p.app
	s := a.opt.Player.State()
	switch k {
	case ial.KeyUp:
		a.bands.turn(volumeStep)
	case ial.KeyDown:
		a.bands.turn(-volumeStep)
	case ial.KeyLeft:
		a.opt.Player.Seek(max(s.Position-filmStep, 0))
	case ial.KeyRight:
		a.opt.Player.Seek(s.Position + filmStep)
	case ial.KeyEnter:
		a.opt.Player.PlayPause()
	case ial.KeyBack:
		p.leave()
		return true
	default:
		if !p.tools.key(k, s.Position) {
			return false
		}
	}
	p.bands(true)
	return true
}
