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

// lyricsPage is what is sung, line by line, in time.
type lyricsPage struct {
	app   *App
	panel widget.Panel
	head  header
	sheet lyricSheet
	bar   lyricBar
	timer *ui.Timer
	path  string // whose lines are shown, or being read
	lines []LyricLine
	known bool // the lines were read
	plain bool // and do not say when they are sung: they are moved by the finger and the keys
}

// lyricSheet shows the lines.
type lyricSheet struct {
	ui.Window
	of   *lyricsPage
	cur  int // the line that is sung, or -1 before the first
	sung int // bytes of it
	drag int // where the finger was when plain lines moved last; 0 for none
}

// lyricBar is pause and the seek bar.
type lyricBar struct {
	pause widget.Button
	seek  widget.Slider
}

var (
	sheetRect = image.Rect(0, 38, 320, 198)
	lyricSeek = image.Rect(64, 218, 300, 222)
)

const (
	lyricBase = 127 // baseline of the line that is sung
	lyricLeft = 24
	lyricStep = 29 // from line to line
	lyricGap  = 36 // from the large line to its neighbours
)

func newLyrics(a *App) *lyricsPage {
	p := &lyricsPage{app: a}
	t := a.theme
	p.panel = widget.Panel{Paper: t.Background, OnEvent: p.handle}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, a.back)
	p.sheet.of = p
	p.panel.Add(&p.sheet.Window, sheetRect, &p.sheet)
	p.bar.pause = a.button(theme.IconPause, t.Text, t.Background, t.Surface, a.opt.Player.PlayPause)
	p.panel.Add(&p.bar.pause.Window, image.Rect(4, 200, 52, 240), &p.bar.pause)
	p.bar.pause.SetFocusable(true)
	p.bar.seek = widget.Slider{Theme: t, Paper: t.Background, Track: lyricSeek, Radius: 2, Knob: knobWidth, Step: seekStep.Milliseconds(), Change: p.sought}
	p.panel.Add(&p.bar.seek.Window, image.Rect(54, 204, 316, 236), &p.bar.seek)
	p.bar.seek.SetFocusable(true)
	p.timer = a.desk.NewTimer(p.step)
	return p
}

func (p *lyricsPage) base() *widget.Panel { return &p.panel }

func (p *lyricsPage) enter() { p.bar.pause.Focus() }

func (p *lyricsPage) leave() { p.timer.Stop() }

func (p *lyricsPage) handle(e ial.Event) bool {
	if e.Type == ial.KeyPress && (e.Key == ial.KeyUp || e.Key == ial.KeyDown) {
		p.toLine(p.sheet.cur + map[ial.Key]int{ial.KeyUp: -1, ial.KeyDown: 1}[e.Key])
		return true
	}
	return p.app.pageKey(e)
}

func (p *lyricsPage) sought(ms int64, done bool) {
	if done {
		p.app.opt.Player.Seek(time.Duration(ms) * time.Millisecond)
	}
}

// toLine plays from a line on.
func (p *lyricsPage) toLine(i int) {
	if p.plain {
		p.sheet.set(max(0, min(i, len(p.lines)-1)), 0)
		return
	}
	if i >= 0 && i < len(p.lines) {
		p.app.opt.Player.Seek(p.lines[i].At)
	}
}

func (p *lyricsPage) show(s *State) {
	p.head.set(p.app.titleOf(s), s.Track.Artist)
	p.bar.seek.Set(s.Position.Milliseconds(), max(0, s.Duration.Milliseconds()))
	p.bar.pause.SetIcon(playIcon(s), p.app.theme.Text)
	if s.Track.Path != p.path {
		p.read(s.Track.Path)
	}
	p.step()
}

// read reads the lines of another track.
func (p *lyricsPage) read(path string) {
	p.path, p.lines, p.known, p.plain = path, nil, false, false
	p.sheet.cur = -1
	p.sheet.InvalidateAll()
	a := p.app
	var lines []LyricLine
	a.work(func() error {
		lines = a.opt.Lyrics(path)
		return nil
	}, func(error) {
		if path == p.path {
			p.lines, p.known = lines, true
			p.plain = len(lines) > 0 && lines[len(lines)-1].At < 0
			if p.plain {
				p.sheet.cur = min(2, len(lines)-1)
			}
			p.sheet.InvalidateAll()
			if a.top() == pageLyrics {
				p.step()
			}
		}
	})
}

// step shows what is sung now, and comes again when that changes.
func (p *lyricsPage) step() {
	if p.plain {
		return
	}
	s := p.app.opt.Player.State()
	cur, sung, next := p.at(s.Position)
	p.sheet.set(cur, sung)
	p.timer.Stop()
	if s.Status == Playing && next > 0 {
		p.timer.Start(max(next-s.Position, tickLeast))
	}
}

// at is the line that is sung at a time, how much of it, and when that
// changes.
func (p *lyricsPage) at(pos time.Duration) (cur, sung int, next time.Duration) {
	cur = -1
	for i := range p.lines {
		if p.lines[i].At > pos {
			next = p.lines[i].At
			break
		}
		cur = i
	}
	if cur < 0 {
		return cur, 0, next
	}
	l := &p.lines[cur]
	for k, w := range l.Words {
		if w.At > pos {
			return cur, w.From, w.At
		}
		sung = len(l.Text)
		if k+1 < len(l.Words) {
			sung = l.Words[k+1].From
		}
	}
	return cur, sung, next
}

func (s *lyricSheet) set(cur, sung int) {
	if cur != s.cur {
		s.cur, s.sung = cur, sung
		s.InvalidateAll()
	} else if sung != s.sung {
		s.sung = sung
		s.Invalidate(image.Rect(s.Rect().Min.X, lyricBase-24, s.Rect().Max.X, lyricBase+10))
	}
}

// baseline is where line i stands.
func (s *lyricSheet) baseline(i int) int {
	switch d := i - max(s.cur, 0); {
	case s.cur < 0 || s.of.plain:
		return lyricBase + d*lyricStep
	case d < 0:
		return lyricBase - lyricGap + (d+1)*lyricStep
	case d > 0:
		return lyricBase + lyricStep + (d-1)*lyricStep
	}
	return lyricBase
}

// Paint draws the lines that are in sight.
func (s *lyricSheet) Paint(dst *rgb565.Image) {
	p, t := s.of, s.of.app.theme
	dst.Fill(dst.Rect, t.Background)
	if len(p.lines) == 0 {
		text := p.app.words.reading
		if p.known {
			text = p.app.words.noLyrics
		}
		font.Draw(dst, font.Body, (s.Rect().Dx()-font.Width(font.Body, text))/2, lyricBase, text, t.Text2, t.Curve)
		return
	}
	width := s.Rect().Dx() - lyricLeft - theme.Margin
	for i := max(0, s.cur-3); i < min(len(p.lines), s.cur+5); i++ {
		y := s.baseline(i)
		if y < s.Rect().Min.Y+16 || y > s.Rect().Max.Y-4 {
			continue
		}
		if s.of.plain {
			font.Fit(font.Body, p.lines[i].Text, width).Draw(dst, font.Body, lyricLeft, y, t.Text, t.Curve)
			continue
		}
		if i == s.cur {
			s.paintSung(dst, &p.lines[i], width)
			continue
		}
		font.Fit(font.Body, p.lines[i].Text, width).Draw(dst, font.Body, lyricLeft, y, t.Text2, t.Curve)
	}
}

// paintSung draws the line that is sung: large, or where that is too wide, in
// the size of the others.
func (s *lyricSheet) paintSung(dst *rgb565.Image, l *LyricLine, width int) {
	t := s.of.app.theme
	style := font.Large
	if font.Width(style, l.Text) > width {
		style = font.BodyBold
	}
	dst.RoundRect(image.Rect(12, lyricBase-20, 16, lyricBase+6), 2, t.Accent)
	if font.Width(style, l.Text) > width {
		font.Fit(style, l.Text, width).Draw(dst, style, lyricLeft, lyricBase, t.Text, t.Curve)
		return
	}
	font.Draw(dst, style, lyricLeft, lyricBase, l.Text, t.Text, t.Curve)
	if s.sung <= 0 {
		return
	}
	// The sung part is drawn over it, cut where it ends, so that no letter
	// moves.
	end := lyricLeft + font.Width(style, l.Text[:min(s.sung, len(l.Text))])
	part := dst.Rect
	part.Max.X = min(part.Max.X, end)
	if sub := dst.Sub(part); !sub.Rect.Empty() {
		sub.Fill(image.Rect(lyricLeft, lyricBase-22, end, lyricBase+8), t.Background)
		font.Draw(sub, style, lyricLeft, lyricBase, l.Text, t.Accent, t.Curve)
	}
}

// Handle plays from the line that is tapped.
func (s *lyricSheet) Handle(e ial.Event) bool {
	if s.of.plain {
		return s.pull(e)
	}
	switch e.Type {
	case ial.PointerDown:
		return true
	case ial.PointerUp:
		for i := range s.of.lines {
			if y := s.baseline(i); e.At.In(s.Rect()) && e.At.Y > y-20 && e.At.Y <= y+9 {
				s.of.toLine(i)
				return true
			}
		}
	}
	return e.Type == ial.PointerMove
}

// pull moves plain lines with the finger, the wheel too, line by line.
func (s *lyricSheet) pull(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		s.drag = e.At.Y
	case ial.PointerMove:
		if n := (s.drag - e.At.Y) / lyricStep; s.drag != 0 && n != 0 {
			s.drag -= n * lyricStep
			s.of.toLine(s.cur + n)
		}
	case ial.PointerUp, ui.Cancel:
		s.drag = 0
	case ial.Wheel:
		s.of.toLine(s.cur + e.Delta)
	default:
		return false
	}
	return true
}
