package widget

import (
	"linnet/ui"
	"linnet/ui/ial"
)

// press is what everything that can be pressed has in common.
type press struct {
	held bool // the pointer is down on it
	over bool // and has not left it
}

// shown says whether it should look pressed.
func (p *press) shown() bool { return p.held && p.over }

// handle follows the pointer and enter, and calls click.
func (p *press) handle(w *ui.Window, e ial.Event, click func()) bool {
	was := p.shown()
	used := true
	switch e.Type {
	case ial.PointerDown:
		p.held, p.over = true, true
	case ial.PointerMove:
		p.over = e.At.In(w.Rect())
	case ial.PointerUp:
		p.over = p.over && e.At.In(w.Rect())
		if p.shown() && click != nil {
			defer click()
		}
		p.held = false
	case ui.Cancel:
		p.held = false
	case ial.KeyPress:
		used = e.Key == ial.KeyEnter
		if used && !e.Repeat && click != nil {
			defer click()
		}
	default:
		used = false
	}
	if was != p.shown() {
		w.InvalidateAll()
	}
	return used
}
