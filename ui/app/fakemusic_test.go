package app

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"sync"
	"time"
)

// fakeMusic is a library of a few albums, and with many set, of so many tracks
// that are made when they are asked for.
type fakeMusic struct {
	mu       sync.Mutex
	albums   []fakeAlbum
	order    []string // of the artists
	many     int
	named    func(i int) (title, artist string, letter int) // what they are called, in order
	state    MusicState
	rated    map[string]int
	troubles []Item
	changed  func()
	calls    []string
	asked    int // items that were made
	looked   []string
	fails    error
	slow     time.Duration
	lists    *fakeLists
}

type fakeAlbum struct {
	name, artist, year string
	tracks             []string
	genre              string
	away               bool
}

func (al *fakeAlbum) path(i int) string {
	return fmt.Sprintf("/usb/music/%s/%02d %s.flac", al.name, i+1, al.tracks[i])
}

func (m *fakeMusic) State() MusicState {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state
}

// change changes the state and tells.
func (m *fakeMusic) change(f func(*MusicState)) {
	m.mu.Lock()
	f(&m.state)
	changed := m.changed
	m.mu.Unlock()
	if changed != nil {
		changed()
	}
}

func (m *fakeMusic) Subscribe(changed func()) func() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changed = changed
	return func() {}
}

func (m *fakeMusic) note(format string, args ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, fmt.Sprintf(format, args...))
}

func (m *fakeMusic) took() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := strings.Join(m.calls, ", ")
	m.calls = nil
	return s
}

func (m *fakeMusic) Rating(path string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rated[path]
}

func (m *fakeMusic) Rate(path string, n int) error {
	m.note("rate %s %d", path, n)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rated[path] = n
	return nil
}

func (m *fakeMusic) Scan() error {
	m.note("scan")
	return nil
}

func (m *fakeMusic) Forget(volume string) error {
	m.note("forget %s", volume)
	m.change(func(s *MusicState) { s.Away = nil; s.Version++ })
	return nil
}

// fakeShelf makes items by number.
type fakeShelf struct {
	m    *fakeMusic
	n    int
	item func(i int) Item
}

func (s *fakeShelf) Len() int { return s.n }

func (s *fakeShelf) Item(i int) Item {
	s.m.mu.Lock()
	s.m.asked++
	s.m.mu.Unlock()
	return s.item(i)
}

func (s *fakeShelf) Tracks(from int) (paths []string, start int) {
	for i := range s.n {
		if i == from {
			start = len(paths)
		}
		if it := s.item(i); it.To.Kind == NoPlace && !it.Away {
			paths = append(paths, it.Path)
		}
	}
	return paths, start
}

func (s *fakeShelf) Below(i int) []string {
	it := s.item(i)
	if it.Away {
		return nil
	}
	if it.To.Kind == NoPlace {
		return []string{it.Path}
	}
	sub, _ := s.m.shelf(it.To)
	return sub.belowAll()
}

func (s *fakeShelf) belowAll() (paths []string) {
	for i := range s.n {
		paths = append(paths, s.Below(i)...)
	}
	return paths
}

func (m *fakeMusic) Look(at Place) (Shelf, error) {
	time.Sleep(m.slow)
	m.mu.Lock()
	m.looked = append(m.looked, at.Name)
	fails := m.fails
	m.mu.Unlock()
	if fails != nil {
		return nil, fails
	}
	s, err := m.shelf(at)
	if m.named != nil && m.many > 0 {
		return namedShelf{s, m.named}, err
	}
	return s, err
}

// namedShelf is tracks in the order of their names.
type namedShelf struct {
	*fakeShelf
	named func(i int) (title, artist string, letter int)
}

func (s namedShelf) Item(i int) Item {
	it := s.fakeShelf.Item(i)
	it.Title, it.Artist, _ = s.named(i)
	return it
}

func (s namedShelf) Letter(i int) int {
	_, _, letter := s.named(i)
	return letter
}

// names makes so many tracks' names, in order, of the words for each letter, to which
// others are added.
func names(words, others, artists []string, letters string, n int) func(i int) (title, artist string, letter int) {
	return func(i int) (title, artist string, letter int) {
		k := i * len(words) / n
		if letters[k] != '#' {
			letter = int(letters[k] - 'A' + 1)
		}
		return words[k] + others[i%len(others)], artists[i%len(artists)], letter
	}
}

func englishNames(n int) func(i int) (title, artist string, letter int) {
	words := strings.Fields("99 Amber Birch Cedar Dune Ember Fathom Grove Hollow Island Jade Kelp Lantern Meadow North Orchard Paper Quiet Rain Salt Tide Under Vale Willow Yonder Zinc")
	return names(words, []string{" Light", " Road", " and Thread", " Song", " in the Morning", " Harbour"}, []string{"Ines Kale", "Marlow & Finch", "Orla Quay"}, "#ABCDEFGHIJKLMNOPQRSTUVWYZ", n)
}

func chineseNames(n int) func(i int) (title, artist string, letter int) {
	words := strings.Fields("99 爱 北 春 灯 耳 风 故 海 江 口 来 慢 南 偶 飘 青 人 山 天 晚 夏 夜 早")
	return names(words, []string{"光", "路", "上的云", "之歌", "边的小镇", "里的信"}, []string{"白鹭与风", "北岸乐队", "林默", "青禾"}, "#ABCDEFGHJKLMNOPQRSTWXYZ", n)
}

func (m *fakeMusic) track(al *fakeAlbum, i int) Item {
	it := Item{Title: al.tracks[i], Artist: al.artist, Album: al.name, Path: al.path(i), Number: i + 1, Length: time.Duration(151+37*i%120) * time.Second,
		Rating: m.Rating(al.path(i)), Away: al.away}
	if al.away {
		it.Volume = "FIELD"
	}
	return it
}

// places are items that lead to what names, without repeating, says.
func (m *fakeMusic) places(name func(*fakeAlbum) (Place, bool), fill func(*Item, *fakeAlbum)) *fakeShelf {
	var items []Item
	for i := range m.albums {
		al := &m.albums[i]
		to, ok := name(al)
		if !ok {
			continue
		}
		k := slices.IndexFunc(items, func(it Item) bool { return it.To == to })
		if k < 0 {
			k = len(items)
			items = append(items, Item{To: to, Title: to.Name, Path: al.path(0), Away: true, Volume: "FIELD"})
		}
		it := &items[k]
		it.Tracks += len(al.tracks)
		it.Albums++
		it.Away = it.Away && al.away
		fill(it, al)
	}
	return &fakeShelf{m, len(items), func(i int) Item { return items[i] }}
}

func (m *fakeMusic) shelf(at Place) (*fakeShelf, error) {
	if m.many > 0 {
		return &fakeShelf{m, m.many, func(i int) Item {
			if at.Kind == AllArtists {
				name := fmt.Sprintf("Artist %05d", i)
				return Item{To: Place{Kind: OfArtist, Name: name}, Title: name, Tracks: 10, Albums: 1, Path: fmt.Sprintf("/usb/%05d.mp3", i)}
			}
			return Item{Title: fmt.Sprintf("Track %05d", i), Artist: "Somebody", Path: fmt.Sprintf("/usb/%05d.mp3", i), Length: time.Minute}
		}}, nil
	}
	all := func(*fakeAlbum) bool { return true }
	albums := func(want func(*fakeAlbum) bool) *fakeShelf {
		return m.places(func(al *fakeAlbum) (Place, bool) { return Place{OfAlbum, al.name, al.artist}, want(al) },
			func(it *Item, al *fakeAlbum) { it.Artist, it.Year = al.artist, al.year })
	}
	tracks := func(want func(al *fakeAlbum, title string) bool) *fakeShelf {
		var list []Item
		for i := range m.albums {
			for k, title := range m.albums[i].tracks {
				if want(&m.albums[i], title) {
					list = append(list, m.track(&m.albums[i], k))
				}
			}
		}
		return &fakeShelf{m, len(list), func(i int) Item {
			it := list[i]
			it.Rating = m.Rating(it.Path)
			return it
		}}
	}
	switch at.Kind {
	case AllArtists:
		s := m.places(func(al *fakeAlbum) (Place, bool) { return Place{Kind: OfArtist, Name: al.artist}, true }, func(*Item, *fakeAlbum) {})
		items := make([]Item, s.n)
		for i := range items {
			items[i] = s.item(i)
		}
		slices.SortFunc(items, func(a, b Item) int { return slices.Index(m.order, a.Title) - slices.Index(m.order, b.Title) })
		return &fakeShelf{m, len(items), func(i int) Item { return items[i] }}, nil
	case AllAlbums:
		return albums(all), nil
	case AllTracks:
		return tracks(func(*fakeAlbum, string) bool { return true }), nil
	case AllGenres:
		return m.places(func(al *fakeAlbum) (Place, bool) { return Place{Kind: OfGenre, Name: al.genre}, true }, func(*Item, *fakeAlbum) {}), nil
	case OfArtist:
		s := albums(func(al *fakeAlbum) bool { return al.artist == at.Name })
		items := make([]Item, s.n)
		for i := range items {
			items[i] = s.item(i)
		}
		slices.SortFunc(items, func(a, b Item) int { return strings.Compare(b.Year, a.Year) })
		return &fakeShelf{m, len(items), func(i int) Item { return items[i] }}, nil
	case OfGenre:
		return albums(func(al *fakeAlbum) bool { return al.genre == at.Name }), nil
	case OfAlbum:
		return tracks(func(al *fakeAlbum, _ string) bool { return al.name == at.Name && al.artist == at.Artist }), nil
	case InFolder:
		if at.Name == "" {
			return m.places(func(al *fakeAlbum) (Place, bool) { return Place{Kind: InFolder, Name: al.name}, true }, func(*Item, *fakeAlbum) {}), nil
		}
		return tracks(func(al *fakeAlbum, _ string) bool { return al.name == at.Name }), nil
	case WithTrouble:
		list := m.troubles
		return &fakeShelf{m, len(list), func(i int) Item { return list[i] }}, nil
	case OfList:
		paths, err := m.lists.Load(at.Name)
		return &fakeShelf{m, len(paths), func(i int) Item {
			for k := range m.albums {
				for j := range m.albums[k].tracks {
					if m.albums[k].path(j) == paths[i] {
						return m.track(&m.albums[k], j)
					}
				}
			}
			return Item{Title: fileTitle(paths[i]), Path: paths[i]}
		}}, err
	case WithWords:
		initials := map[string]string{"ysdhs": "远山的回声", "ys": "远山的回声", "ysrd": "远山如黛"}
		return tracks(func(al *fakeAlbum, title string) bool {
			for _, w := range strings.Fields(strings.ToLower(at.Name)) {
				if !strings.Contains(strings.ToLower(title+" "+al.artist+" "+al.name), w) && initials[w] != title && !(w == "ys" && title == "远山如黛") {
					return false
				}
			}
			return true
		}), nil
	}
	return nil, errors.New("there is no such place")
}

// shelves is a library with covers, in the language of the stage.
func shelves(s *stage, zh bool) *fakeMusic {
	m := &fakeMusic{rated: map[string]int{}, order: []string{"Ines Kale", "Marlow & Finch", "Orla Quay"}, albums: []fakeAlbum{
		{"Field Notes", "Ines Kale", "2023", []string{"Dawn Chorus", "Rain on Tin", "Hedgerow"}, "Field recordings", true},
		{"Low Sun", "Ines Kale", "2021", []string{"Night Ferry", "Amber", "Slow Water"}, "Folk", false},
		{"Night Index", "Marlow & Finch", "2017", []string{"Index", "Lamplight", "Nocturne"}, "Electronic", false},
		{"Paper Boats", "Marlow & Finch", "2019", []string{"Paper Boats", "Folded", "The Pilot’s Daughter"}, "Folk", false},
		{"Tidewater", "Marlow & Finch", "2022", []string{"Harbour Lights", "Low Water", "Salt and Thread feat. The Long Evening Choir", "Breakwater", "Moorings"}, "Folk", false},
		{"The Quiet Hours", "Orla Quay", "2015", []string{"Eleven", "Twelve"}, "Classical", false},
	}}
	if zh {
		m.order = []string{"白鹭与风", "北岸乐队", "林默", "青禾"}
		m.albums = []fakeAlbum{
			{"潮汐表", "北岸乐队", "2021", []string{"涨潮", "落潮", "旧码头"}, "摇滚", false},
			{"风的形状", "白鹭与风", "2017", []string{"第一阵风"}, "民谣", false},
			{"日落之前", "林默", "2023", []string{"慢船", "远山如黛", "灯火"}, "流行", false},
			{"山谷来信", "白鹭与风", "2024", []string{"晨雾", "山路十八弯", "远山的回声", "夜航"}, "民谣", false},
			{"四月的田野", "青禾", "2019", []string{"春耕", "布谷"}, "民谣", true},
			{"夜航", "白鹭与风", "2020", []string{"启程", "北斗"}, "民谣", false},
		}
	}
	for i := range m.albums {
		al := &m.albums[i]
		for k := range al.tracks {
			m.state.Tracks++
			s.player.covers[al.path(k)] = coverOf(i)
		}
	}
	best := &m.albums[4] // Tidewater, 山谷来信
	if zh {
		best = &m.albums[3]
	}
	m.rated[best.path(0)], m.rated[best.path(1)] = 10, 6
	m.state.Version, m.state.Artists, m.state.Albums, m.state.Genres = 1, len(m.order), len(m.albums), 4
	m.troubles = []Item{
		{Title: "rain on tin roof.mp3", Path: "/usb/rain on tin roof.mp3", Trouble: TroubleDamaged, Detail: "no frame of sound"},
		{Title: "interview.amr", Path: "/usb/interview.amr", Trouble: TroubleUnsupported, Detail: "AMR is not played"},
		{Title: "new.flac", Path: "/usb/new.flac", Trouble: TroubleChanging, Detail: "it changed while it was read"},
	}
	m.state.Troubles = len(m.troubles)
	m.state.Away = []Away{{"usb", "FIELD", 214}}
	s.check["scan"] = func() {
		m.change(func(st *MusicState) { st.Scanning, st.Done, st.Total, st.Left = true, 1204, 3880, 130*time.Second })
	}
	s.check["scanned"] = func() {
		m.troubles = nil
		m.change(func(st *MusicState) { st.Scanning, st.Version, st.Away, st.Troubles = false, 2, nil, 0 })
	}
	return m
}

// coverOf draws different pictures, to be told apart.
func coverOf(k int) image.Image {
	if k == 4 {
		return sunset()
	}
	m := image.NewRGBA(image.Rect(0, 0, 96, 96))
	ground := []color.RGBA{{28, 40, 90, 255}, {232, 222, 200, 255}, {22, 90, 96, 255}, {120, 40, 60, 255}, {0, 0, 0, 255}, {70, 110, 60, 255}}[k]
	ink := []color.RGBA{{240, 200, 120, 255}, {30, 120, 120, 255}, {250, 240, 220, 255}, {250, 190, 90, 255}, {0, 0, 0, 255}, {240, 240, 200, 255}}[k]
	for y := range 96 {
		for x := range 96 {
			c := ground
			dx, dy := x%(16+8*k)-8-4*k, y%(16+8*k)-8-4*k
			if dx*dx+dy*dy < (4+2*k)*(4+2*k) {
				c = ink
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}
