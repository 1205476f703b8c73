package widget

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Choice is a line of a menu.
type Choice struct {
	Icon   theme.Icon
	Text   string
	Chosen bool // it is the one that holds
	Do     func()
}

// Menu offers a few choices on a shade.
type Menu struct {
	Theme *theme.Theme

	shade   Shade
	body    menuBody
	choices []Choice
	closed  func()
}

// menuBody is the lines.
type menuBody struct {
	ui.Window
	of   *Menu
	cur  int
	held int
}

const (
	menuRow   = 36
	menuPad   = 6
	menuText  = 44 // where a line's words begin
	menuLeast = 140
	menuMost  = 240
)

// Init adds the menu to a page's desktop, hidden.
func (m *Menu) Init(root *ui.Window) {
	m.shade.Away = m.Close
	m.shade.Show(false)
	root.Add(&m.shade.Window, root.Rect(), &m.shade)
	m.body.of = m
	m.shade.Add(&m.body.Window, image.Rectangle{}, &m.body)
	m.body.SetFocusable(true)
}

// Open offers choices, below and left of a corner as far as there is room.
// closed is called when it is over, before the choice is acted on; it may be
// nil.
func (m *Menu) Open(corner image.Point, choices []Choice, closed func()) {
	m.choices, m.closed = choices, closed
	width := menuLeast
	for i, c := range choices {
		width = max(width, menuText+font.Width(font.Body, c.Text)+36)
		if c.Chosen {
			m.body.cur = i
		}
	}
	width = min(width, menuMost)
	height := len(choices)*menuRow + 2*menuPad
	screen := m.shade.Rect().Inset(4)
	at := corner.Sub(image.Pt(width, 0))
	at.X = max(screen.Min.X, min(at.X, screen.Max.X-width))
	at.Y = max(screen.Min.Y, min(at.Y, screen.Max.Y-height))
	m.body.SetRect(image.Rectangle{Min: at, Max: at.Add(image.Pt(width, height))})
	m.body.cur, m.body.held = 0, -1
	for i, c := range choices {
		if c.Chosen {
			m.body.cur = i
		}
	}
	m.shade.Open()
	m.body.Focus()
}

// Shown says whether the menu is open.
func (m *Menu) Shown() bool { return m.shade.Shown() }

// Close takes the menu away and chooses nothing.
func (m *Menu) Close() {
	m.shade.Close()
	if f := m.closed; f != nil {
		m.closed = nil
		f()
	}
}

func (m *Menu) do(i int) {
	c := m.choices[i]
	m.Close()
	if c.Do != nil {
		c.Do()
	}
}

// line is where line i stands.
func (b *menuBody) line(i int) image.Rectangle {
	r := b.Rect()
	y := r.Min.Y + menuPad + i*menuRow
	return image.Rect(r.Min.X, y, r.Max.X, y+menuRow)
}

// Paint draws the lines.
func (b *menuBody) Paint(dst *rgb565.Image) {
	t := b.of.Theme
	b.of.shade.Paint(dst) // behind the round corners
	dst.RoundRect(b.Rect(), t.RadiusDialog, t.Raised)
	for i := range b.of.choices {
		b.paintLine(dst, i)
	}
}

func (b *menuBody) paintLine(dst *rgb565.Image, i int) {
	t, c, r := b.of.Theme, &b.of.choices[i], b.line(i)
	focus := b.FocusShown() && i == b.cur
	if focus || i == b.held {
		dst.RoundRect(image.Rect(r.Min.X+4, r.Min.Y, r.Max.X-4, r.Max.Y), t.RadiusRow, t.Line)
	}
	if focus {
		dst.RoundRect(image.Rect(r.Min.X+4, r.Min.Y+8, r.Min.X+4+t.FocusBar, r.Max.Y-8), 1, t.Focus)
	}
	dst.DrawMask(r.Min.Add(image.Pt(12, 6)), t.Mask(c.Icon, 24), t.Text)
	end := r.Max.X - 12
	if c.Chosen {
		ink := t.Accent
		if focus || i == b.held {
			ink = t.Text
		}
		dst.DrawMask(image.Pt(end-16, r.Min.Y+10), t.Mask(theme.IconCheck, 16), ink)
		end -= 20
	}
	text := font.Ellipsis(font.Body, c.Text, end-r.Min.X-menuText)
	font.Draw(dst, font.Body, r.Min.X+menuText, r.Min.Y+23, text, t.Text, t.Curve)
}

// at is the line at a point, or -1.
func (b *menuBody) at(p image.Point) int {
	for i := range b.of.choices {
		if p.In(b.line(i)) {
			return i
		}
	}
	return -1
}

// Handle follows the pointer and the keys.
func (b *menuBody) Handle(e ial.Event) bool {
	switch e.Type {
	case ial.PointerDown:
		b.hold(b.at(e.At))
	case ial.PointerMove:
		b.hold(b.at(e.At))
	case ial.PointerUp:
		if i := b.held; i >= 0 {
			b.hold(-1)
			b.of.do(i)
		}
	case ui.Cancel:
		b.hold(-1)
	case ial.KeyPress:
		return b.key(e)
	default:
		return false
	}
	return true
}

func (b *menuBody) key(e ial.Event) bool {
	switch e.Key {
	case ial.KeyUp:
		b.walk(b.cur - 1)
	case ial.KeyDown:
		b.walk(b.cur + 1)
	case ial.KeyEnter:
		if !e.Repeat {
			b.of.do(b.cur)
		}
	case ial.KeyLeft, ial.KeyRight:
	default:
		return false
	}
	return true
}

func (b *menuBody) walk(i int) {
	if i < 0 || i >= len(b.of.choices) {
		return
	}
	b.Invalidate(b.line(b.cur))
	b.cur = i
	b.Invalidate(b.line(i))
}

func (b *menuBody) hold(i int) {
	if i == b.held {
		return
	}
	for _, k := range [2]int{b.held, i} {
		if k >= 0 {
			b.Invalidate(b.line(k))
		}
	}
	b.held = i
}
