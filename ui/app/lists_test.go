package app

import (
	"testing"
	"time"
)

// TestListsCome has the playlists be read anew while a menu is open: it keeps the
// keys.
func TestListsCome(t *testing.T) {
	lists := func(s *stage) *listsPage { return s.app.page(pageLists).(*listsPage) }
	act(t, everything,
		step{"", func(s *stage) { s.app.open(pageLists) }},
		step{"wait 0.5s", func(s *stage) {
			if len(lists(s).all) == 0 || !lists(s).list.Focused() {
				s.Fatal("there are no lists, or they have not the keys")
			}
			s.app.back()
			s.app.opt.Playlists.(*fakeLists).slow = 2 * time.Second
			s.app.open(pageLists)
			(*listRows)(lists(s)).Hold(0)
		}},
		step{"wait 3s", func(s *stage) {
			if !s.app.menu.Shown() || lists(s).list.Focused() {
				s.Error("the list below the menu has the keys")
			}
		}})
}
