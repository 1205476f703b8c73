package app

import (
	"fmt"
	"image"
	"slices"
	"strings"

	"linnet/ui/theme"
	"linnet/ui/widget"
)

// maxStars is how many stars the best rating, 10, has.
const maxStars = 5

// stars draws a rating, half stars as whole ones; "" for none.
func stars(rating int) string {
	n := min((rating+1)/2, maxStars)
	if n <= 0 {
		return ""
	}
	return strings.Repeat("★", n) + strings.Repeat("☆", maxStars-n)
}

// offer opens the menu of item i of a shelf; drawn is called when the item says
// something else.
func (a *App) offer(corner image.Point, s Shelf, i int, at Place, drawn func()) {
	w, it := a.words, s.Item(i)
	paths := s.Below(i)
	if len(paths) == 0 {
		a.sayAway(it.Volume)
		return
	}
	choices := []widget.Choice{
		{Icon: theme.IconPlay, Text: w.play, Do: func() {
			a.opt.Player.Open(paths, 0)
			a.open(pageNow)
		}},
		{Icon: theme.IconPlus, Text: w.enqueue, Do: func() {
			a.opt.Player.Append(paths...)
			a.bands.say(theme.IconCheck, w.enqueued, w.count(len(paths), w.track, w.tracks))
		}},
	}
	if it.To.Kind == NoPlace {
		choices = append(choices, widget.Choice{Icon: theme.IconStar, Text: w.rating, Do: func() { a.rate(corner, it.Path, drawn) }})
	}
	if a.opt.Playlists != nil {
		choices = append(choices, widget.Choice{Icon: theme.IconList, Text: w.addTo, Do: func() {
			a.adding = paths
			a.open(pageAddTo)
		}})
		if at.Kind == OfList {
			choices = append(choices, widget.Choice{Icon: theme.IconTrash, Text: w.takeOut, Do: func() { a.takeOut(at.Name, it.Path) }})
		}
	}
	a.menu.Open(corner, choices, nil)
}

// rate asks how good a track is.
func (a *App) rate(corner image.Point, path string, drawn func()) {
	now := (a.opt.Music.Rating(path) + 1) / 2
	var choices []widget.Choice
	for n := maxStars; n >= 0; n-- {
		text := stars(2 * n)
		if n == 0 {
			text = a.words.noStars
		}
		choices = append(choices, widget.Choice{Icon: theme.IconStar, Text: text, Chosen: n == now, Do: func() {
			a.work(func() error { return a.opt.Music.Rate(path, 2*n) }, func(err error) {
				if err != nil {
					a.bands.say(theme.IconWarn, a.words.notSaved, a.words.fault(err))
				}
				drawn()
			})
		}})
	}
	a.menu.Open(corner, choices, nil)
}

// takeOut takes a track out of a playlist.
func (a *App) takeOut(list, path string) {
	a.work(func() error {
		paths, err := a.opt.Playlists.Load(list)
		if i := slices.Index(paths, path); err == nil && i >= 0 {
			err = a.opt.Playlists.Save(list, slices.Delete(paths, i, i+1))
		}
		return err
	}, func(err error) {
		if err != nil {
			a.bands.say(theme.IconWarn, a.words.notSaved, a.words.fault(err))
		}
		if a.pages[pageShelf] != nil {
			p := a.pages[pageShelf].(*shelfPage)
			p.look(p.current())
		}
	})
}

// addTo adds the tracks that were chosen to a playlist, which may be new.
func (a *App) addTo(list string) {
	paths := a.adding
	a.work(func() error {
		all, err := a.opt.Playlists.All()
		var have []string
		if err == nil && slices.ContainsFunc(all, func(l Playlist) bool { return l.Name == list }) {
			have, err = a.opt.Playlists.Load(list)
		}
		if err != nil {
			return err
		}
		return a.opt.Playlists.Save(list, append(have, paths...))
	}, func(err error) {
		if err != nil {
			a.bands.say(theme.IconWarn, a.words.notSaved, a.words.fault(err))
			return
		}
		a.bands.say(theme.IconCheck, fmt.Sprintf(a.words.saved, list), a.words.trackCount(len(paths)))
	})
}
