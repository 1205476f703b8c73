package app

import (
	"image"

	"linnet/ui"
	"linnet/ui/font"
	"linnet/ui/gal/rgb565"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// An action is a button at the right of a header.
type action struct {
	icon  theme.Icon
	click func()
}

// header is what stands above a page: back at the left, the page's name and
// what it holds, and up to two actions at the right.
type header struct {
	back         widget.Button
	title, count widget.Label
	tabs         widget.Tabs // in the place of the name, where there are any
	actions      [2]widget.Button
	right        int // where words must end
}

func (h *header) init(a *App, page *ui.Window, back func(), actions ...action) {
	h.back = a.headerButton(theme.IconBack, back)
	page.Add(&h.back.Window, backTarget, &h.back)
	h.back.SetFocusable(true)
	h.right = 308
	target := actionTarget
	for i, act := range actions {
		b := &h.actions[i]
		*b = a.headerButton(act.icon, act.click)
		page.Add(&b.Window, target, b)
		b.SetFocusable(true)
		h.right = target.Min.X - 4
		target = target.Sub(image.Pt(target.Dx(), 0))
	}
	h.title = a.label(font.BodyBold, a.theme.Text, 24)
	page.Add(&h.title.Window, image.Rectangle{}, &h.title)
	h.count = a.label(font.Small, a.theme.Text2, 24)
	page.Add(&h.count.Window, image.Rectangle{}, &h.count)
}

// sides puts tabs in the place of the name, of which one is chosen; change is told
// of another one, and whether keys chose it.
func (h *header) sides(a *App, page *ui.Window, labels []string, chosen int, change func(i int, keys bool)) {
	h.title.Show(false)
	h.tabs = widget.Tabs{Theme: a.theme, Paper: a.theme.Background, Labels: labels, Change: func(i int) {
		keys := h.tabs.FocusShown()
		h.tabs.Choose(chosen) // this page's own, when it is seen again
		change(i, keys)
	}}
	page.Add(&h.tabs.Window, image.Rect(backTarget.Max.X, 0, backTarget.Max.X, theme.Header), &h.tabs)
	r := h.tabs.Rect()
	r.Max.X += h.tabs.Width()
	h.tabs.SetRect(r)
	h.tabs.Choose(chosen)
	h.tabs.SetFocusable(true)
	h.count.Align = widget.Right
}

// set shows a name and what it holds, close behind it. Where there is too
// little room for both the name gives way.
func (h *header) set(name, count string) {
	if h.tabs.Desktop() != nil {
		h.count.SetRect(image.Rect(h.tabs.Rect().Max.X, 8, h.right, 30))
		h.count.SetText(count)
		return
	}
	const left = 44
	end := h.right
	if count != "" {
		end -= 8 + font.Width(font.Small, count)
	}
	end = max(min(end, left+font.Width(font.BodyBold, name)), left)
	h.title.SetRect(image.Rect(left, 8, end, 30))
	h.title.SetText(name)
	h.count.SetRect(image.Rect(min(end+8, h.right), 8, h.right, 30))
	h.count.SetText(count)
}

// label is a label on the page's background.
func (a *App) label(s font.Style, ink rgb565.Color, baseline int) widget.Label {
	return widget.Label{Theme: a.theme, Style: s, Ink: ink, Paper: a.theme.Background, Baseline: baseline}
}

// menuCorner is where a menu of the page as a whole begins.
var menuCorner = image.Pt(316, 36)
