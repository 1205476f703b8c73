package app

import (
	"image"
	"sync"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// A Film is where the pictures of films come from. One goroutine draws them on
// Back and shows them by Flip; the App is told, and puts them on its screen.
type Film struct {
	back *rgb565.Image // the one goroutine's

	mu      sync.Mutex
	front   *rgb565.Image
	on      bool
	caption string // shown with front
	above   bool   // at the top
	changed func() // nil before there is an App
}

// NewFilm returns a place for pictures as large as a screen.
func NewFilm(size image.Point) *Film {
	r := image.Rectangle{Max: size}
	return &Film{back: rgb565.New(r), front: rgb565.New(r)}
}

// Back is what the next picture is drawn on; each Flip makes it another one.
func (f *Film) Back() *rgb565.Image { return f.back }

// Flip shows what was drawn on Back.
func (f *Film) Flip() { f.set(true) }

// Caption has a text shown over the pictures from the next Flip on, below or
// above.
func (f *Film) Caption(text string, above bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.caption, f.above = text, above
}

// Hide ends the film.
func (f *Film) Hide() { f.set(false) }

func (f *Film) set(on bool) {
	f.mu.Lock()
	if on {
		f.back, f.front = f.front, f.back
	}
	f.on = on
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
	caption string   // what lines were made of
	lines   []string // of the caption
	left    bool     // the user went to another page while it plays
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
	p.bands(false)
}

func (p *filmPage) initTop() {
	t, w := p.app.theme, p.Rect().Dx()
	p.top = widget.Panel{Paper: t.Background, OnEvent: p.touched}
	p.Add(&p.top.Window, image.Rect(0, 0, w, filmTop), &p.top)
	p.back = p.app.headerButton(theme.IconBack, p.leave)
	p.top.Add(&p.back.Window, backTarget, &p.back)
	p.title = widget.Label{Theme: t, Style: font.BodyBold, Ink: t.Text, Paper: t.Background, Baseline: 24}
	p.top.Add(&p.title.Window, widget.LabelBox(font.BodyBold, 44, w-44, 24), &p.title)
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
			p.Raise()
			p.Focus()
		} else {
			p.bands(false)
			p.app.reveal()
		}
		return
	}
	p.InvalidateAll()
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
	f := p.film
	f.mu.Lock()
	dst.Blit(dst.Rect, f.front, dst.Rect.Min)
	caption, above := f.caption, f.above
	f.mu.Unlock()
	if caption != p.caption {
		p.caption, p.lines = caption, font.Wrap(font.Large, caption, p.Rect().Dx()-24, 2)
	}
	high := font.Large.Height()
	baseline := p.Rect().Dy() - 14 - (len(p.lines)-1)*high
	switch {
	case above && p.top.Visible():
		baseline = filmTop + high
	case above:
		baseline = high
	case p.bottom.Visible():
		baseline -= filmBottom - 2
	}
	for _, l := range p.lines {
		p.outlined(dst, (p.Rect().Dx()-font.Width(font.Large, l))/2, baseline, l)
		baseline += high
	}
}

// The colours of captions: warm white in nearly black.
var captionInk, captionEdge = rgb565.RGB(0xff, 0xfb, 0xef), rgb565.RGB(0x0f, 0x0c, 0x0a)

// outlined draws a line of text that can be read on any picture.
func (p *filmPage) outlined(dst *rgb565.Image, x, baseline int, text string) {
	for _, d := range [...]image.Point{{-2, 0}, {2, 0}, {0, -2}, {0, 2}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}} {
		font.Draw(dst, font.Large, x+d.X, baseline+d.Y, text, captionEdge, p.app.theme.Curve)
	}
	font.Draw(dst, font.Large, x, baseline, text, captionInk, p.app.theme.Curve)
}

// Handle shows or hides the bands, and takes keys.
func (p *filmPage) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		p.bands(!p.top.Visible())
		return true
	case ial.KeyPress:
		return p.key(e.Key)
	}
	return e.Type == ial.PointerMove || e.Type == ial.PointerUp
}

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
		return false
	}
	p.bands(true)
	return true
}
