package app

import (
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// homePage is the first page: where to go at the left, what plays at the
// right.
type homePage struct {
	app   *App
	panel widget.Panel
	bird  widget.Picture
	name  widget.Label
	clock widget.Label
	list  widget.List
	rows  items
	tick  *ui.Timer
	now   homeNow
}

// homeNow is what plays.
type homeNow struct {
	ui.Window
	app           *App
	cover         widget.Picture
	perch         widget.Slider
	title, artist widget.Label
	prev, next    widget.Button
	disc          widget.Disc
	hint          []string // what stands there while nothing plays
}

// Places on the screen.
var (
	homeList  = image.Rect(0, 36, 172, 240)
	homePanel = image.Rect(176, 0, 320, 240)
	homeCover = image.Rect(184, 8, 312, 136)
)

func newHome(a *App) *homePage {
	p := &homePage{app: a}
	t := a.theme
	p.panel = widget.Panel{Paper: t.Background, OnEvent: func(e ial.Event) bool { return e.Type == ial.KeyPress && e.Key == ial.KeyBack }}
	a.addPage(&p.panel)
	p.bird = widget.Picture{Theme: t, Paper: t.Background, Ground: t.Background, Bird: 22}
	p.panel.Add(&p.bird.Window, image.Rect(12, 7, 34, 29), &p.bird)
	p.name = a.label(font.BodyBold, t.Text, 24)
	p.panel.Add(&p.name.Window, widget.LabelBox(font.BodyBold, 40, 110, 24), &p.name)
	p.name.SetText("Linnet")
	p.clock = a.label(font.Body, t.Text2, 24)
	p.clock.Align = widget.Right
	p.panel.Add(&p.clock.Window, widget.LabelBox(font.Body, 112, 164, 24), &p.clock)
	p.tick = a.desk.NewTimer(p.time)
	p.fill()
	p.list = widget.List{Theme: t, Paper: t.Background, Rows: &p.rows}
	p.panel.Add(&p.list.Window, homeList, &p.list)
	p.list.Init()
	p.now.init(a, &p.panel.Window)
	return p
}

// fill lists where to go: what there is not closes up.
func (p *homePage) fill() {
	a, w := p.app, p.app.words
	add := func(i theme.Icon, title string, to pageID) {
		p.rows = append(p.rows, item{
			row: func(r *widget.Row) { r.Icon, r.Title = i, title },
			do:  func(int) { a.open(to) },
		})
	}
	music := a.opt.Music != nil
	if music {
		add(theme.IconNote, w.music, pageMusic)
	} else {
		add(theme.IconFolder, w.files, pageFiles)
	}
	if a.opt.Videos != nil {
		add(theme.IconFilm, w.video, pageVideo)
	}
	add(theme.IconList, w.queue, pageQueue)
	switch {
	case music: // the playlists are in there
		add(theme.IconFolder, w.files, pageFiles)
	case a.opt.Playlists != nil:
		add(theme.IconHeart, w.playlists, pageLists)
	}
	add(theme.IconSettings, w.settings, pageSettings)
}

func (p *homePage) base() *widget.Panel { return &p.panel }

func (p *homePage) enter() {
	p.list.Focus()
	p.time()
}

func (p *homePage) leave() { p.tick.Stop() }

// time shows the time of day, and comes again with the next minute.
func (p *homePage) time() {
	if p.app.opt.Time == nil {
		return
	}
	now, ok := p.app.timeOfDay()
	if !ok {
		p.clock.SetText("")
		p.tick.Start(time.Minute)
		return
	}
	p.clock.SetText(now.Format("15:04"))
	p.tick.Start(time.Minute - time.Duration(now.Second())*time.Second - time.Duration(now.Nanosecond()))
}

func (p *homePage) show(s *State) { p.now.show(s) }

func (n *homeNow) init(a *App, parent *ui.Window) {
	n.app = a
	t := a.theme
	parent.Add(&n.Window, homePanel, n)
	n.cover = widget.Picture{Theme: t, Paper: t.Surface, Ground: t.Raised, Radius: t.RadiusCover, Bird: 84}
	n.cover.Click = n.toNow
	n.Add(&n.cover.Window, homeCover, &n.cover)
	perch := image.Rect(184, 144, 312, 146)
	n.perch = widget.Slider{Theme: t, Paper: t.Surface, Track: perch, Radius: 1, Fixed: true}
	n.Add(&n.perch.Window, perch, &n.perch)
	label := func(l *widget.Label, s font.Style, ink rgb565.Color, baseline int) {
		*l = widget.Label{Theme: t, Style: s, Ink: ink, Paper: t.Surface, Baseline: baseline}
		n.Add(&l.Window, widget.LabelBox(s, 184, 312, baseline), l)
	}
	label(&n.title, font.BodyBold, t.Text, 168)
	label(&n.artist, font.Small, t.Text2, 185)
	small := func(b *widget.Button, i theme.Icon, r image.Rectangle, click func()) {
		*b = a.button(i, t.Text, t.Surface, t.Raised, click)
		n.Add(&b.Window, r, b)
		b.SetFocusable(true)
	}
	small(&n.prev, theme.IconPrev, image.Rect(178, 192, 224, 240), a.opt.Player.Previous)
	n.disc = widget.Disc{Theme: t, Icon: theme.IconPlay, Size: 24, Width: 40, Paper: t.Surface, Click: a.opt.Player.PlayPause}
	n.Add(&n.disc.Window, image.Rect(224, 192, 272, 240), &n.disc)
	n.disc.SetFocusable(true)
	small(&n.next, theme.IconNext, image.Rect(272, 192, 318, 240), a.opt.Player.Next)
	n.hint = font.Wrap(font.Small, a.words.homeHint, homePanel.Dx()-24, 3)
}

// parts are all that is there only while there is something to play.
func (n *homeNow) parts() []*ui.Window {
	return []*ui.Window{&n.cover.Window, &n.perch.Window, &n.title.Window, &n.artist.Window, &n.prev.Window, &n.disc.Window, &n.next.Window}
}

func (n *homeNow) show(s *State) {
	on := s.Count > 0
	for _, w := range n.parts() {
		w.Show(on)
	}
	if !on {
		return
	}
	n.cover.Set(n.app.covers.big)
	n.perch.Set(s.Position.Milliseconds(), max(0, s.Duration.Milliseconds()))
	n.title.SetText(n.app.titleOf(s))
	n.artist.SetText(s.Track.Artist)
	n.disc.SetIcon(playIcon(s))
}

func (n *homeNow) toNow() { n.app.open(pageNow) }

// Paint fills what the parts leave; while nothing plays it is the bird.
func (n *homeNow) Paint(dst *rgb565.Image) {
	t := n.app.theme
	dst.Fill(dst.Rect, t.Surface)
	if n.cover.Visible() {
		return
	}
	const perch, size = 132, 72
	mid := (homePanel.Min.X + homePanel.Max.X) / 2
	dst.RoundRect(image.Rect(mid-52, perch, mid+52, perch+3), 1, t.Line)
	theme.DrawBird(dst, image.Pt(mid-size/2, perch-size), size, t)
	for i, l := range n.hint {
		x := mid - font.Width(font.Small, l)/2
		font.Draw(dst, font.Small, x, perch+26+16*i, l, t.Text2, t.Curve)
	}
}

// Handle opens Now playing.
func (n *homeNow) Handle(e ial.Event) bool {
	if e.Type == ial.PointerUp && n.cover.Visible() && e.At.In(n.Rect()) {
		n.toNow()
	}
	return e.Type == ial.PointerDown || e.Type == ial.PointerUp
}
