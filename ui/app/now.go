package app

import (
	"fmt"
	"image"
	"time"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// nowPage is Now playing.
type nowPage struct {
	app  *App
	page widget.Panel

	back, vol, more             widget.Button
	place                       widget.Label
	cover                       widget.Picture
	title, artist, album        widget.Label
	elapsed, total              widget.Time
	seek                        widget.Slider
	shuffle, prev, next, repeat widget.Button
	disc                        widget.Disc
	levels                      levels
	ring                        []*ui.Window // what left and right walk along
	index, count                int          // shown, as is track
	track                       Track
	hours                       bool // the seek row leaves room for h:mm:ss
	target                      time.Duration
	until                       time.Time // hold the seek bar at target until then
}

// Places on the screen.
var (
	coverRect = image.Rect(12, 36, 140, 164)
	seekTrack = image.Rect(50, 174, 270, 178)
	longTrack = image.Rect(68, 174, 252, 178) // beside h:mm:ss
)

const (
	seekTop, seekBottom = 164, 186
	knobWidth           = 12
	seekStep            = 5 * time.Second
	// seekHold is how long the player may take to be where the user put
	// the knob before the knob goes back to where the player is.
	seekHold = time.Second
)

func (p *nowPage) init(a *App) {
	p.app = a
	t := a.theme
	p.page = widget.Panel{Paper: t.Background, OnEvent: p.handle}
	a.addPage(&p.page)
	p.index, p.count = -1, -1
	p.initHeader()
	p.cover = widget.Picture{Theme: t, Paper: t.Background, Ground: t.Surface, Radius: 6, Bird: 84}
	if a.opt.Lyrics != nil {
		p.cover.Click = func() { a.open(pageLyrics) }
	}
	p.page.Add(&p.cover.Window, coverRect, &p.cover)
	p.label(&p.title, font.Large, t.Text, 152, 308, 53)
	p.title.Scrolls = true
	p.label(&p.artist, font.Body, t.Text, 152, 308, 76)
	p.label(&p.album, font.Small, t.Text2, 152, 308, 95)
	p.levels.init(a, &p.page)
	p.initSeek()
	p.initControls()
}

func (p *nowPage) label(l *widget.Label, s font.Style, ink rgb565.Color, x0, x1, baseline int) {
	*l = widget.Label{Theme: p.app.theme, Style: s, Ink: ink, Paper: p.app.theme.Background, Baseline: baseline}
	p.page.Add(&l.Window, widget.LabelBox(s, x0, x1, baseline), l)
}

func (p *nowPage) initHeader() {
	a := p.app
	p.back = a.headerButton(theme.IconBack, a.back)
	p.page.Add(&p.back.Window, backTarget, &p.back)
	p.more = a.headerButton(theme.IconMore, p.offer)
	p.page.Add(&p.more.Window, actionTarget, &p.more)
	p.more.SetFocusable(true)
	p.vol = a.headerButton(theme.IconVol, a.bands.open)
	p.page.Add(&p.vol.Window, actionTarget.Sub(image.Pt(44, 0)), &p.vol)
	p.label(&p.place, font.Small, a.theme.Text2, 88, 232, 22)
	p.place.Align = widget.Center
}

func (p *nowPage) initSeek() {
	t := p.app.theme
	p.elapsed = widget.Time{Theme: t, Ink: t.Text2, Paper: t.Background, Baseline: 180}
	p.page.Add(&p.elapsed.Window, image.Rectangle{}, &p.elapsed)
	p.total = widget.Time{Theme: t, Ink: t.Text2, Paper: t.Background, Baseline: 180, Align: widget.Right}
	p.page.Add(&p.total.Window, image.Rectangle{}, &p.total)
	p.seek = widget.Slider{Theme: t, Paper: t.Background, Radius: 2, Knob: knobWidth, Step: seekStep.Milliseconds(), Change: p.sought}
	p.page.Add(&p.seek.Window, image.Rectangle{}, &p.seek)
	p.seek.SetFocusable(true)
	p.layoutSeek(seekTrack)
}

// layoutSeek places the seek row around a track.
func (p *nowPage) layoutSeek(track image.Rectangle) {
	r := image.Rect(track.Min.X-knobWidth/2, seekTop, track.Max.X+knobWidth/2, seekBottom)
	p.seek.SetRect(r)
	p.seek.SetTrack(track)
	p.elapsed.SetRect(image.Rect(12, 169, r.Min.X, 183))
	p.total.SetRect(image.Rect(r.Max.X, 169, 308, 183))
}

func (p *nowPage) initControls() {
	a, t := p.app, p.app.theme
	player := a.opt.Player
	small := func(b *widget.Button, i theme.Icon, ink rgb565.Color, x0, x1 int, click func()) {
		*b = a.button(i, ink, t.Background, t.Surface, click)
		p.page.Add(&b.Window, image.Rect(x0, 187, x1, 237), b)
		b.SetFocusable(true)
		p.ring = append(p.ring, &b.Window)
	}
	small(&p.shuffle, theme.IconShuffle, t.Text2, 2, 54, func() { player.SetShuffle(!a.state.Shuffle) })
	small(&p.prev, theme.IconPrev, t.Text, 62, 122, player.Previous)
	p.disc = widget.Disc{Theme: t, Icon: theme.IconPlay, Size: 28, Width: 44, Paper: t.Background, Click: player.PlayPause}
	p.page.Add(&p.disc.Window, image.Rect(132, 186, 188, 238), &p.disc)
	p.disc.SetFocusable(true)
	p.ring = append(p.ring, &p.disc.Window)
	small(&p.next, theme.IconNext, t.Text, 198, 258, player.Next)
	small(&p.repeat, theme.IconRepeat, t.Text2, 266, 318, func() { player.SetRepeat((a.state.Repeat + 1) % 3) })
	p.ring = append(p.ring, &p.seek.Window, &p.more.Window)
}

// show brings the page to the player's state.
func (p *nowPage) show(s *State) {
	p.showTrack(s)
	p.showTime(s)
	p.showControls(s)
	p.cover.Set(p.app.covers.big)
	p.runLevels()
}

func (p *nowPage) base() *widget.Panel { return &p.page }

func (p *nowPage) enter() {
	p.disc.Focus()
	p.title.Rescroll()
	p.runLevels()
}

func (p *nowPage) leave() { p.levels.run(false) }

// offer opens the menu.
func (p *nowPage) offer() {
	a, w := p.app, p.app.words
	choices := []widget.Choice{{Icon: theme.IconList, Text: w.queue, Do: func() { a.open(pageQueue) }}}
	if a.opt.Lyrics != nil {
		choices = append(choices, widget.Choice{Icon: theme.IconLyr, Text: w.lyrics, Do: func() { a.open(pageLyrics) }})
	}
	choices = append(choices,
		widget.Choice{Icon: theme.IconSettings, Text: w.equaliser, Do: func() { a.open(pageEqualiser) }},
		widget.Choice{Icon: theme.IconFolder, Text: w.files, Do: func() { a.open(pageFiles) }})
	choices = append(choices, p.levels.choices()...)
	a.menu.Open(menuCorner, choices, nil)
}

// runLevels lets them move only where they are seen to.
func (p *nowPage) runLevels() {
	p.levels.run(p.page.Visible() && p.app.state.Status == Playing)
}

func (p *nowPage) showTrack(s *State) {
	if s.Index == p.index && s.Count == p.count && s.Track == p.track {
		return
	}
	if s.Index != p.index || s.Track.Path != p.track.Path {
		p.until = time.Time{}
		p.seek.Cancel()
	}
	p.index, p.count, p.track = s.Index, s.Count, s.Track
	place := ""
	if s.Count > 0 {
		place = fmt.Sprintf(p.app.words.place, s.Index+1, s.Count)
	}
	p.place.SetText(place)
	p.title.SetText(p.app.titleOf(s))
	p.artist.SetText(s.Track.Artist)
	p.album.SetText(joined(s.Track.Album, s.Track.Year))
	p.levels.format.SetText(s.Track.formatText())
}

// titleOf is what a track is called.
func (a *App) titleOf(s *State) string {
	switch {
	case a.opt.Opening:
		return a.words.reading
	case s.Count == 0:
		return a.words.noTrack
	case s.Track.Title != "":
		return s.Track.Title
	}
	return fileTitle(s.Track.Path)
}

func (p *nowPage) showTime(s *State) {
	if hours := s.Duration >= time.Hour || s.Position >= time.Hour; hours != p.hours {
		p.hours = hours
		if hours {
			p.layoutSeek(longTrack)
		} else {
			p.layoutSeek(seekTrack)
		}
	}
	pos := p.held(s)
	p.seek.Set(pos.Milliseconds(), max(0, s.Duration.Milliseconds()))
	if _, dragging := p.seek.Dragging(); !dragging {
		p.elapsed.Set(elapsedSeconds(s, pos))
	}
	total := int64(-1)
	if s.Duration > 0 {
		total = int64(s.Duration / time.Second)
	}
	p.total.Set(total)
}

func elapsedSeconds(s *State, pos time.Duration) int64 {
	if s.Count == 0 {
		return -1
	}
	return int64(pos / time.Second)
}

// held is the position to show: where the user put the knob, until the
// player is there.
func (p *nowPage) held(s *State) time.Duration {
	if p.until.IsZero() {
		return s.Position
	}
	off := s.Position - p.target
	if off > -seekHold && off < seekHold || !p.app.desk.Now().Before(p.until) {
		p.until = time.Time{}
		return s.Position
	}
	return p.target
}

// sought follows the seek bar.
func (p *nowPage) sought(ms int64, done bool) {
	to := time.Duration(ms) * time.Millisecond
	p.elapsed.Set(int64(to / time.Second))
	if done {
		p.target, p.until = to, p.app.desk.Now().Add(seekHold)
		p.app.opt.Player.Seek(to)
	}
}

func (p *nowPage) showControls(s *State) {
	t := p.app.theme
	ink := func(on bool) rgb565.Color {
		if on {
			return t.Accent
		}
		return t.Text2
	}
	p.shuffle.SetIcon(theme.IconShuffle, ink(s.Shuffle))
	icon := theme.IconRepeat
	if s.Repeat == RepeatOne {
		icon = theme.IconRepeatOne
	}
	p.repeat.SetIcon(icon, ink(s.Repeat != RepeatOff))
	p.disc.SetIcon(playIcon(s))
	p.prev.Enable(s.Count > 0)
	p.next.Enable(s.Count > 0)
	p.vol.SetIcon(volumeIcon(s.Volume), t.Text)
}

func playIcon(s *State) theme.Icon {
	if s.Status == Playing {
		return theme.IconPause
	}
	return theme.IconPlay
}

func volumeIcon(percent int) theme.Icon {
	if percent == 0 {
		return theme.IconMute
	}
	return theme.IconVol
}

// handle is given what no control of the page used.
func (p *nowPage) handle(e ial.Event) bool {
	switch e.Type {
	case ial.Wheel:
		p.app.bands.turn(-e.Delta * volumeStep)
	case ial.KeyPress:
		return p.key(e.Key)
	default:
		return p.levels.handle(e)
	}
	return true
}

func (p *nowPage) key(k ial.Key) bool {
	switch k {
	case ial.KeyUp:
		p.app.bands.turn(volumeStep)
	case ial.KeyDown:
		p.app.bands.turn(-volumeStep)
	case ial.KeyLeft:
		p.walk(-1)
	case ial.KeyRight:
		p.walk(1)
	case ial.KeyEnter:
		// The seek bar has no use for it, or the focus was not seen.
		if !p.seek.FocusShown() {
			p.app.opt.Player.PlayPause()
		}
		p.disc.Focus()
	case ial.KeyBack:
		if p.seek.FocusShown() {
			p.disc.Focus()
		} else {
			p.app.back()
		}
	default:
		return false
	}
	return true
}

// walk moves the focus along the buttons and the seek bar.
func (p *nowPage) walk(by int) {
	for i, w := range p.ring {
		if w.Focused() && !w.FocusShown() {
			return // it shows itself now
		}
		if w.Focused() {
			p.ring[(i+by+len(p.ring))%len(p.ring)].Focus()
			return
		}
	}
	p.disc.Focus()
}
