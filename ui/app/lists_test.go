package app

import (
	"io/fs"
	"syscall"
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

// A playlist for which there is no room is not one that cannot be read.
func TestNoRoomForAList(t *testing.T) {
	for name, set := range map[string]func(*stage, *Options){"en": nil, "zh": inChinese} {
		t.Run(name, func(t *testing.T) {
			act(t, func(s *stage, o *Options) {
				if set != nil {
					set(s, o)
				}
				everything(s, o)
			}, step{"wait 0.5s", func(s *stage) {
				s.app.opt.Playlists.(*fakeLists).fails = &fs.PathError{Op: "write", Path: "/state/x", Err: syscall.ENOSPC}
				s.app.adding = []string{"/media/a.mp3"}
				s.app.addTo("Evening")
			}}, step{"wait 0.5s\nshot list-full-" + name, func(*stage) {}})
		})
	}
}
