package app

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

var (
	miniRect      = image.Rect(0, 196, 320, 240)
	miniCoverRect = image.Rect(12, 203, 44, 235)
)

// mini is the mini player below lists: a tap on it opens Now playing.
type mini struct {
	ui.Window
	app           *App
	perch         widget.Slider
	cover         widget.Picture
	title, artist widget.Label
	pause, next   widget.Button
	track         Track // shown
	count         int
	held          bool
}

func (m *mini) init(a *App, parent *ui.Window) {
	m.app = a
	t := a.theme
	m.Show(false)
	parent.Add(&m.Window, miniRect, m)
	m.SetFocusable(true)
	perch := image.Rect(0, 196, 320, 198)
	m.perch = widget.Slider{Theme: t, Paper: t.Surface, Track: perch, Fixed: true}
	m.Add(&m.perch.Window, perch, &m.perch)
	m.cover = widget.Picture{Theme: t, Paper: t.Surface, Ground: t.Raised, Radius: 4, Bird: 22}
	m.Add(&m.cover.Window, miniCoverRect, &m.cover)
	m.label(&m.title, font.Body, t.Text, 217)
	m.label(&m.artist, font.Small, t.Text2, 233)
	m.pause = a.button(theme.IconPause, t.Text, t.Surface, t.Raised, a.opt.Player.PlayPause)
	m.Add(&m.pause.Window, image.Rect(224, 198, 268, 240), &m.pause)
	m.pause.SetFocusable(true)
	m.next = a.button(theme.IconNext, t.Text, t.Surface, t.Raised, a.opt.Player.Next)
	m.Add(&m.next.Window, image.Rect(270, 198, 314, 240), &m.next)
	m.next.SetFocusable(true)
}

func (m *mini) label(l *widget.Label, s font.Style, ink rgb565.Color, baseline int) {
	*l = widget.Label{Theme: m.app.theme, Style: s, Ink: ink, Paper: m.app.theme.Surface, Baseline: baseline}
	m.Add(&l.Window, widget.LabelBox(s, 54, 220, baseline), l)
}

func (m *mini) show(s *State) {
	if s.Track != m.track || s.Count != m.count {
		m.track, m.count = s.Track, s.Count
		m.title.SetText(m.app.titleOf(s))
		m.artist.SetText(s.Track.Artist)
	}
	m.cover.Set(m.app.covers.mini)
	m.perch.Set(s.Position.Milliseconds(), max(0, s.Duration.Milliseconds()))
	m.pause.SetIcon(playIcon(s), m.app.theme.Text)
}

// paper changes the colour below everything in the mini player.
func (m *mini) paper(c rgb565.Color) {
	m.cover.Paper, m.title.Paper, m.artist.Paper = c, c, c
	m.pause.Paper, m.next.Paper = c, c
	for _, w := range []*ui.Window{&m.Window, &m.cover.Window, &m.title.Window, &m.artist.Window, &m.pause.Window, &m.next.Window} {
		w.InvalidateAll()
	}
}

// Paint draws what the parts leave, and the focus bar.
func (m *mini) Paint(dst *rgb565.Image) {
	dst.Fill(dst.Rect, m.cover.Paper)
	if m.FocusShown() {
		dst.RoundRect(image.Rect(4, 207, 4+m.app.theme.FocusBar, 231), 1, m.app.theme.Focus)
	}
}

// Handle opens Now playing.
func (m *mini) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		m.hold(true)
	case ial.PointerMove:
		m.hold(e.At.In(m.Rect()))
	case ial.PointerUp:
		if m.held {
			m.hold(false)
			m.app.open(pageNow)
		}
	case ui.Cancel:
		m.hold(false)
	case ial.KeyPress:
		if e.Key != ial.KeyEnter || e.Repeat || !m.Focused() {
			return false
		}
		m.app.open(pageNow)
	default:
		return false
	}
	return true
}

func (m *mini) hold(on bool) {
	if on == m.held {
		return
	}
	m.held = on
	if on {
		m.paper(m.app.theme.Raised)
	} else {
		m.paper(m.app.theme.Surface)
	}
}
