package app

import (
	"image"

	"linnet/ui/widget"
)

// keyboardPage asks for a line of text.
type keyboardPage struct {
	app   *App
	panel widget.Panel
	head  header
	edit  widget.Edit
	board widget.Keyboard
}

// asking is what the keyboard page is asked for.
type asking struct {
	title, text string
	then        func(string)
}

// ask asks for a line of text; then is called with it when it was entered, and
// is not empty.
func (a *App) ask(title, text string, then func(string)) {
	a.asking = asking{title, text, then}
	a.open(pageKeyboard)
}

func newKeyboardPage(a *App) *keyboardPage {
	p := &keyboardPage{app: a}
	p.panel = widget.Panel{Paper: a.theme.Background, OnEvent: a.pageKey}
	a.addPage(&p.panel)
	p.head.init(a, &p.panel.Window, a.back)
	p.edit = widget.Edit{Theme: a.theme, Paper: a.theme.Background}
	p.panel.Add(&p.edit.Window, image.Rect(12, 48, 308, 88), &p.edit)
	p.edit.Init()
	p.board = widget.Keyboard{
		Theme: a.theme, Edit: &p.edit, Space: a.words.space, Done: a.words.save, Enter: p.done,
		Chinese: a.prefs.Lang == Chinese,
	}
	p.panel.Add(&p.board.Window, image.Rect(0, 240-widget.KeyboardHeight, 320, 240), &p.board)
	p.board.Init()
	return p
}

func (p *keyboardPage) base() *widget.Panel { return &p.panel }
func (p *keyboardPage) show(*State)         {}
func (p *keyboardPage) leave()              {}

func (p *keyboardPage) enter() {
	p.head.set(p.app.asking.title, "")
	p.edit.SetText(p.app.asking.text)
	p.board.Reset()
	p.board.Focus()
}

func (p *keyboardPage) done() {
	text, then := p.edit.Text(), p.app.asking.then
	if text == "" {
		return
	}
	p.app.back()
	then(text)
}
