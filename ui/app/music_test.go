package app

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// withMusic has all that an App can have, and gives the library to the steps.
func withMusic(change func(*fakeMusic)) (set func(*stage, *Options), music func() *fakeMusic) {
	var m *fakeMusic
	return func(s *stage, o *Options) {
		everything(s, o)
		m = o.Music.(*fakeMusic)
		if change != nil {
			change(m)
		}
	}, func() *fakeMusic { return m }
}

// atPlace makes a check that the library shows a place, with item n in the focus.
func atPlace(k PlaceKind, name string, n int) func(*stage) {
	return func(s *stage) {
		if s.app.top() != pageShelf {
			s.Errorf("page %d is shown", s.app.top())
			return
		}
		p := s.app.pages[pageShelf].(*shelfPage)
		if p.shown.Kind != k || p.shown.Name != name || p.current() != n {
			s.Errorf("shown is %+v, item %d; want %d %q, item %d", p.shown, p.current(), k, name, n)
		}
	}
}

// onPage makes a check that a page is shown.
func onPage(id pageID) func(*stage) {
	return func(s *stage) {
		if got := s.app.top(); got != id {
			s.Errorf("page %d is shown, want %d", got, id)
		}
	}
}

const tide = "/usb/music/Tidewater/0"

// Real use by touch: an artist, an album, a track; then ratings, the queue and
// playlists by its menu.
func TestMusicByTouch(t *testing.T) {
	set, music := withMusic(nil)
	tracks := strings.Join([]string{tide + "1 Harbour Lights.flac", tide + "2 Low Water.flac",
		tide + "3 Salt and Thread feat. The Long Evening Choir.flac", tide + "4 Breakwater.flac", tide + "5 Moorings.flac"}, " ")
	lists := func(name string, want ...string) func(*stage) {
		return func(s *stage) {
			if got, _ := music().lists.Load(name); !slices.Equal(got, want) {
				s.Errorf("%s holds %q, want %q", name, got, want)
			}
		}
	}
	act(t, set,
		step{"key home\ntap 60 56", onPage(pageMusic)},
		step{"tap 100 56", atPlace(AllArtists, "", 0)},
		step{"tap 100 96", atPlace(OfArtist, "Marlow & Finch", 0)},
		step{"tap 60 80", atPlace(OfAlbum, "Tidewater", 0)},
		step{"tap 100 96", onNow(true)},
		step{"wait 1ms", expect("open " + tracks + " 1")},
		step{"tap 20 20", atPlace(OfAlbum, "Tidewater", 1)},
		step{"tap 100 96", onNow(true)}, // what plays is shown, not begun again
		step{"wait 1ms", expect("")},
		step{"tap 20 20\ndown 100 136\nwait 1s\nup 100 136\ntap 200 126", expect("append " + tide + "3 Salt and Thread feat. The Long Evening Choir.flac")},
		step{"wait 5s\ndown 100 60\nwait 1s\nup 100 60\ntap 200 162\nwait 0.1s\ntap 230 56", func(s *stage) {
			if got := music().took(); got != "rate "+tide+"1 Harbour Lights.flac 8" {
				s.Error(got)
			}
		}},
		step{"down 100 60\nwait 1s\nup 100 60\ntap 200 200", onPage(pageAddTo)},
		step{"tap 298 18\nwait 0.1s\ntap 280 226\nwait 0.1s", lists("My music", tide+"1 Harbour Lights.flac")},
		step{"wait 5s\ndown 100 100\nwait 1s\nup 100 100\ntap 200 200\nwait 0.1s\ntap 100 98", lists("My music", tide+"1 Harbour Lights.flac", tide+"2 Low Water.flac")},
		step{"wait 5s\ntap 20 20", atPlace(OfArtist, "Marlow & Finch", 0)},
		step{"tap 20 20", atPlace(AllArtists, "", 1)},
		step{"tap 20 20", onPage(pageMusic)},
		step{"wheel 100 100 9\nwait 1s\ntap 100 136", onPage(pageLists)},
		step{"tap 100 96", atPlace(OfList, "My music", 0)},
		step{"down 100 100\nwait 1s\nup 100 100\nwait 0.1s\ntap 200 215\nwait 0.1s", lists("My music", tide+"1 Harbour Lights.flac")},
	)
}

// The same by six keys.
func TestMusicByKeys(t *testing.T) {
	set, _ := withMusic(nil)
	act(t, set,
		step{"key home\nkey enter", onPage(pageMusic)},
		step{"key down\nkey enter", atPlace(AllAlbums, "", 0)},
		step{"key enter", atPlace(OfAlbum, "Field Notes", 0)},
		step{"key enter", expect("")}, // it is not plugged in
		step{"wait 1ms", func(s *stage) {
			if !s.app.bands.toast.Visible() {
				s.Error("nobody says why nothing plays")
			}
		}},
		step{"key back", atPlace(AllAlbums, "", 0)},
		step{"key down\nkey down\nkey enter", atPlace(OfAlbum, "Night Index", 0)},
		step{"key down\nkey enter", expect("open /usb/music/Night Index/01 Index.flac /usb/music/Night Index/02 Lamplight.flac /usb/music/Night Index/03 Nocturne.flac 1")},
		step{"key back", atPlace(OfAlbum, "Night Index", 1)},
		step{"key back", atPlace(AllAlbums, "", 2)},
		step{"key back\nkey back", onPage(pageHome)},
		step{"key enter\nkey down\nkey down\nkey enter", atPlace(AllGenres, "", 0)},
		step{"key back\nkey up\nkey enter", atPlace(AllTracks, "", 0)},
		step{"key back\nkey up\nkey enter", atPlace(AllAlbums, "", 0)},
		step{"key back\nkey up\nkey enter\nkey down\nkey enter\nwait 50ms\nkey right\nkey enter", atPlace(OfAlbum, "Paper Boats", 0)},
	)
}

// Letters that are typed find tracks, pinyin before it is hanzi too.
func TestSearchWhileTyping(t *testing.T) {
	finds := func(words string, n int) func(*stage) {
		return func(s *stage) {
			p := s.app.pages[pageSearch].(*searchPage)
			if p.words != words || p.shelf.Len() != n {
				s.Errorf("%q found %d, want %q and %d", p.words, p.shelf.Len(), words, n)
			}
		}
	}
	set, _ := withMusic(nil)
	act(t, set,
		step{"key home\ntap 60 56\nwait 0.1s\ntap 298 18", finds("", 0)},
		step{"tap 64 172", finds("s", 14)},
		step{"tap 32 172\ntap 272 172", finds("sal", 1)},
		step{"tap 280 226\nkey enter\nkey enter", expect("open " + tide + "3 Salt and Thread feat. The Long Evening Choir.flac 0")},
		step{"key back", onPage(pageSearch)},
		step{"wait 1ms", finds("sal", 1)}, // it is still there
		step{"key back\nwait 0.1s\nkey back", onPage(pageMusic)},
	)
	zh := func(s *stage, o *Options) {
		inChinese(s, o)
		set(s, o)
	}
	act(t, zh,
		step{"key home\ntap 60 56\nwait 0.1s\ntap 298 18\ntap 176 148\ntap 64 172", finds("ys", 2)},
		step{"tap 112 144\ntap 96 172", finds("ysrd", 1)},
	)
}

// Of 10,000 tracks only those are made that are in sight.
func TestManyTracksAreNotHeld(t *testing.T) {
	set, music := withMusic(func(m *fakeMusic) { m.many = 10000 })
	items := func(most int) func(*stage) {
		return func(s *stage) {
			m := music()
			m.mu.Lock()
			defer m.mu.Unlock()
			if m.asked > most || m.asked == 0 {
				s.Errorf("%d items were made, want up to %d", m.asked, most)
			}
			m.asked = 0
			if p, ok := s.app.pages[pageShelf].(*shelfPage); ok && len(p.rows.have) > p.rows.most {
				s.Errorf("%d pictures are held", len(p.rows.have))
			}
		}
	}
	act(t, set,
		step{"key home\ntap 60 56\nwait 0.1s\ntap 100 56\nwait 3s", items(40)},
		step{strings.Repeat("key page-down\nwait 50ms\n", 40) + "wait 3s", items(1500)},
		step{"wheel 100 100 10000\nwait 3s", items(60)},
		step{"wait 1ms", func(s *stage) {
			p := s.app.pages[pageShelf].(*shelfPage)
			if from, to := p.list.Seen(); from < 9990 || to != 10000 {
				s.Errorf("in sight are %d to %d", from, to)
			}
		}},
		step{"tap 100 176\nwait 1s", atPlace(OfArtist, "Artist 09999", 0)},
	)
}

// Going from letter to letter makes few of 10,000 tracks, too.
func TestLetters(t *testing.T) {
	set, music := withMusic(func(m *fakeMusic) { m.many, m.named = 10000, englishNames(10000) })
	at := func(first string) func(*stage) {
		return func(s *stage) {
			m := music()
			m.mu.Lock()
			defer m.mu.Unlock()
			if m.asked > 60 {
				s.Errorf("%d items were made", m.asked)
			}
			m.asked = 0
			p := s.app.pages[pageShelf].(*shelfPage)
			from, _ := p.list.Seen()
			if title, _, _ := m.named(from); !strings.HasPrefix(title, first) || p.list.Current() != from {
				s.Errorf("the first in sight is %q, %d, and row %d has the focus; want %s", title, from, p.list.Current(), first)
			}
		}
	}
	act(t, set,
		step{"key home\ntap 60 56\nwait 0.1s\ntap 100 136\nwait 1s", at("99")},
		step{"key right\nkey right\nwait 0.1s", at("Amber")},
		step{"key right\nkey right\nwait 0.1s", at("Cedar")},
		step{"key left\nwait 0.1s", at("Birch")},
		step{"down 310 50\nmove 310 70\nmove 310 120\nwait 0.1s", at("Meadow")},
		step{"move 310 235\nwait 0.1s\nup 310 235", at("Zinc")},
	)
}

func TestLibraryPage(t *testing.T) {
	set, music := withMusic(nil)
	did := func(want string) func(*stage) {
		return func(s *stage) {
			if got := music().took(); got != want {
				s.Errorf("the library did %q, want %q", got, want)
			}
		}
	}
	act(t, set,
		step{"key home\ntap 60 56\nwait 0.1s\nwheel 100 100 9\nwait 1s\ntap 100 176\nwait 1s", onPage(pageLibrary)},
		step{"tap 298 18", did("scan")},
		step{"tap 100 56\nwait 0.1s\ntap 220 160", did("forget usb")},
		step{"wait 1ms", func(s *stage) {
			if n := (*libraryRows)(s.app.pages[pageLibrary].(*libraryPage)).Len(); n != 3 {
				s.Errorf("%d rows are left", n)
			}
		}},
	)
}

// What changes in the library shows where one is, and a place that cannot be
// read says so.
func TestMusicChanges(t *testing.T) {
	set, music := withMusic(nil)
	act(t, set,
		step{"key home\ntap 60 56\nwait 0.1s\ntap 100 96\nwait 50ms\nwheel 100 100 9\nwait 1s\ntap 100 100", atPlace(OfAlbum, "Paper Boats", 0)},
		step{"key back", func(s *stage) {
			music().albums = music().albums[:2]
			music().change(func(st *MusicState) { st.Version++ })
		}},
		step{"wait 0.1s", func(s *stage) {
			if p := s.app.pages[pageShelf].(*shelfPage); p.shelf.Len() != 2 {
				s.Errorf("%d albums are shown", p.shelf.Len())
			}
			music().fails = errors.New("bad sector")
		}},
		step{"key enter\nwait 1s", func(s *stage) {
			if p := s.app.pages[pageShelf].(*shelfPage); !p.empty.Visible() {
				s.Error("nobody says that it cannot be read")
			}
		}},
	)
}

func TestStars(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "★☆☆☆☆", 2: "★☆☆☆☆", 9: "★★★★★", 10: "★★★★★", 11: "★★★★★"} {
		if got := stars(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := number(n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
	m := &MusicState{Done: 1204, Total: 3880, Left: 90 * time.Second}
	if got := english.scanned(m); got != "1,204 of 3,880 files · 1:31 left" {
		t.Error(got)
	}
	if got := english.scanned(&MusicState{}); got != english.counting {
		t.Error(got)
	}
}

func TestFoundIn(t *testing.T) {
	for _, c := range []struct {
		title, words string
		from, to     int
	}{{"Salt and Thread", "thr", 9, 12}, {"远山的回声", "远山", 0, 6}, {"x", "y", 0, 0}, {"Low Sun", "", 0, 0}} {
		if from, to := foundIn(c.title, c.words); from != c.from || to != c.to {
			t.Errorf("%q in %q: %d to %d", c.words, c.title, from, to)
		}
	}
}
