package widget

import (
	"image"
	"unicode/utf8"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/ial"
	"linnet/ui/theme"
)

// Edit is a line of text that is typed, with a cursor that a tap moves. What is
// too long scrolls so that the cursor is in sight.
type Edit struct {
	ui.Window
	Theme *theme.Theme
	Paper rgb565.Color
	Most  int // characters; 0 is 64
	// Changed is called when the text or what is typed is another one; may be nil.
	Changed func()

	text   []rune
	cur    int    // the cursor, in characters
	typing string // letters that are not yet hanzi, shown behind the cursor
	shift  int    // pixels of the text beyond the left edge
}

const editPad = 12

// Init makes the edit ready.
func (e *Edit) Init() {
	if e.Most == 0 {
		e.Most = 64
	}
}

// Typing is the letters that are not yet hanzi.
func (e *Edit) Typing() string { return e.typing }

// Text is what was typed.
func (e *Edit) Text() string { return string(e.text) }

// SetText replaces the text, with the cursor at its end.
func (e *Edit) SetText(text string) {
	e.text = []rune(text)
	e.text = e.text[:min(len(e.text), e.Most)]
	e.cur, e.typing = len(e.text), ""
	e.changed()
	e.tell()
}

// Insert puts text at the cursor.
func (e *Edit) Insert(text string) {
	for text != "" && len(e.text) < e.Most {
		c, n := utf8.DecodeRuneInString(text)
		text = text[n:]
		e.text = append(e.text, 0)
		copy(e.text[e.cur+1:], e.text[e.cur:])
		e.text[e.cur] = c
		e.cur++
	}
	e.changed()
	e.tell()
}

// Backspace takes away the character before the cursor.
func (e *Edit) Backspace() {
	if e.cur > 0 {
		e.cur--
		e.text = append(e.text[:e.cur], e.text[e.cur+1:]...)
		e.changed()
		e.tell()
	}
}

// SetTyping shows letters that are not yet hanzi.
func (e *Edit) SetTyping(letters string) {
	if letters != e.typing {
		e.typing = letters
		e.changed()
		e.tell()
	}
}

// box is where the text stands.
func (e *Edit) box() image.Rectangle {
	r := e.Rect()
	return image.Rect(r.Min.X+editPad, r.Min.Y, r.Max.X-editPad, r.Max.Y)
}

// before is how wide the text is up to character i.
func (e *Edit) before(i int) int { return font.Width(font.Body, string(e.text[:i])) }

func (e *Edit) changed() {
	x, width := e.before(e.cur)+font.Width(font.Small, e.typing), e.box().Dx()-2
	e.shift = max(0, max(x-width, min(e.shift, x)))
	if all := e.before(len(e.text)) + font.Width(font.Small, e.typing); all <= width {
		e.shift = 0
	}
	e.InvalidateAll()
}

func (e *Edit) tell() {
	if e.Changed != nil {
		e.Changed()
	}
}

// Paint draws the line.
func (e *Edit) Paint(dst *rgb565.Image) {
	t := e.Theme
	dst.Fill(dst.Rect, e.Paper)
	dst.RoundRect(e.Rect(), e.Rect().Dy()/2, t.Surface)
	b := e.box()
	in := dst.Sub(b)
	if in.Rect.Empty() {
		return
	}
	y := b.Min.Y + b.Dy()/2 + 5
	x := font.Draw(in, font.Body, b.Min.X-e.shift, y, string(e.text[:e.cur]), t.Text, t.Curve)
	if e.typing != "" {
		end := font.Draw(in, font.Small, x+1, y, e.typing, t.Text2, t.Curve)
		in.Fill(image.Rect(x+1, y+3, end, y+4), t.Text2)
		x = end
	}
	in.Fill(image.Rect(x, y-14, x+2, y+4), t.Accent)
	font.Draw(in, font.Body, x+1, y, string(e.text[e.cur:]), t.Text, t.Curve)
}

// Handle moves the cursor to where the line is tapped.
func (e *Edit) Handle(ev ial.Event) bool {
	switch ev.Type {
	case ial.PointerDown, ial.PointerMove:
		at := ev.At.X - e.box().Min.X + e.shift
		i := 0
		for i < len(e.text) && (e.before(i)+e.before(i+1))/2 < at {
			i++
		}
		e.cur = i
		e.changed()
		return true
	}
	return ev.Type == ial.PointerUp
}
