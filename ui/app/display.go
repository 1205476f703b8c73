package app

import (
	"fmt"
	"slices"
	"time"

	"linnet/ui/theme"
)

// displayPage is how the screen looks, and when it goes dark.
type displayPage struct {
	settingsPage
	told string // the latest error about a theme file
}

func newDisplayPage(a *App) *displayPage {
	p := &displayPage{}
	p.init(a, a.words.display, &p.rows)
	p.fill()
	p.list.Reset(0)
	return p
}

func (p *displayPage) enter() {
	p.list.Focus()
	p.find()
}

// find looks for theme files, which takes its time on a stick.
func (p *displayPage) find() {
	a := p.app
	if a.opt.FindThemes == nil {
		return
	}
	var found []*theme.Theme
	a.work(func() (err error) {
		found, err = a.opt.FindThemes()
		return err
	}, func(err error) {
		a.offerThemes(found)
		p.fill()
		p.list.InvalidateAll()
		if err == nil || err.Error() == p.told || a.top() != pageDisplay {
			return
		}
		p.told = err.Error()
		first, second := a.words.themeFault(err)
		a.bands.say(theme.IconWarn, first, second)
	})
}

// offerThemes puts those that were found behind those that are always there.
// The one that is seen stays, though its file is gone.
func (a *App) offerThemes(found []*theme.Theme) {
	list := slices.Clone(a.opt.Themes[:a.fixed])
	for _, t := range append(found, a.theme) {
		if !slices.ContainsFunc(list, func(o *theme.Theme) bool { return o.Name == t.Name }) {
			list = append(list, t)
		}
	}
	a.opt.Themes = list
}

// fill makes the rows.
func (p *displayPage) fill() {
	a, w := p.app, p.app.words
	p.rows = p.rows[:0]
	var names []string
	themes := a.opt.Themes // which find may change while the menu is open
	for _, t := range themes {
		names = append(names, a.themeName(t))
	}
	p.choice(theme.IconMoon, w.theme, "", names,
		func() int {
			return max(0, slices.IndexFunc(themes, func(t *theme.Theme) bool { return t.Name == a.theme.Name }))
		},
		func(n int) { a.setTheme(themes[n]) })
	if a.opt.Backlight == nil {
		return
	}
	levels := []int{20, 40, 60, 80, 100}
	names = nil
	for _, l := range levels {
		names = append(names, fmt.Sprintf("%d %%", l))
	}
	p.choice(theme.IconSun, w.brightness, "", names, func() int { return max(0, min((a.prefs.Brightness-10)/20, 4)) },
		func(n int) {
			a.keep(func(q *Prefs) { q.Brightness = levels[n] })
			a.screen.bright()
		})
	names = []string{w.never}
	for _, d := range blankings[1:] {
		if d < time.Minute {
			names = append(names, fmt.Sprintf(w.seconds, int(d/time.Second)))
		} else {
			names = append(names, fmt.Sprintf(w.minutes, int(d/time.Minute)))
		}
	}
	p.choice(theme.IconClock, w.blank, w.blankSub, names, func() int { return nearest(blankings, a.prefs.Blank) },
		func(n int) {
			a.keep(func(q *Prefs) { q.Blank = blankings[n] })
			a.screen.bright()
		})
}

// themeName is a theme's name in the language of the moment.
func (a *App) themeName(t *theme.Theme) string {
	switch t.Name {
	case "dark":
		return a.words.dark
	case "light":
		return a.words.light
	}
	return t.Name
}

// themeNamed is one of those to choose from, or the first.
func (a *App) themeNamed(name string) *theme.Theme {
	i := slices.IndexFunc(a.opt.Themes, func(t *theme.Theme) bool { return t.Name == name })
	return a.opt.Themes[max(0, i)]
}

func (a *App) setTheme(t *theme.Theme) {
	if t == a.theme {
		return
	}
	a.keep(func(q *Prefs) { q.Theme = t.Name })
	a.restyle()
}
