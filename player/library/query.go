package library

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"linnet/player/internal/pinyin"
)

// A Snapshot is all tracks at one moment. It and its tracks must not be changed.
type Snapshot struct {
	tracks []*Track // by path
	bad    []*Track

	once   sync.Once
	groups [groupKinds][]Group
}

// Tracks are all tracks in the order of their paths.
func (s *Snapshot) Tracks() []*Track { return s.tracks }

// Problems are the files that are no tracks, with why.
func (s *Snapshot) Problems() []*Track { return s.bad }

// Track finds one by its path.
func (s *Snapshot) Track(path string) *Track {
	i, ok := slices.BinarySearchFunc(s.tracks, path, func(t *Track, path string) int { return comparePaths(t.Path, path) })
	if !ok {
		return nil
	}
	return s.tracks[i]
}

// Below are the tracks in a folder and its folders, "" for all.
func (s *Snapshot) Below(dir string) []*Track {
	if dir == "" {
		return s.tracks
	}
	prefix := dir + "/"
	from := sort.Search(len(s.tracks), func(i int) bool { return comparePaths(s.tracks[i].Path, prefix) >= 0 })
	n := sort.Search(len(s.tracks)-from, func(i int) bool { return !strings.HasPrefix(s.tracks[from+i].Path, prefix) })
	return s.tracks[from:][:n]
}

// Folder is what lies right in a folder: the names of the folders in it that have
// tracks, and its tracks.
func (s *Snapshot) Folder(dir string) (folders []string, tracks []*Track) {
	skip := 0
	if dir != "" {
		skip = len(dir) + 1
	}
	for _, t := range s.Below(dir) {
		name, _, deeper := strings.Cut(t.Path[skip:], "/")
		if !deeper {
			tracks = append(tracks, t)
		} else if n := len(folders); n == 0 || folders[n-1] != name {
			folders = append(folders, name)
		}
	}
	return folders, tracks
}

// By is what tracks are put together by.
type By int

// The ways to group.
const (
	ByArtist By = iota // the album's where it has one
	ByAlbum
	ByGenre
	groupKinds
)

// A Group is the tracks that have something in common.
type Group struct {
	Name, Artist string // Artist is an album's
	Tracks       []*Track
}

// Groups are the groups in the order of their names. Tracks without the tag are
// left out.
func (s *Snapshot) Groups(by By) []Group {
	s.once.Do(s.group)
	return s.groups[by]
}

func (s *Snapshot) group() {
	type key struct{ name, artist string }
	for by := range groupKinds {
		found := map[key]int{}
		var list []Group
		for _, t := range s.tracks {
			k := key{name: t.key(by)}
			if by == ByAlbum {
				k.artist = t.key(ByArtist)
			}
			if k.name == "" {
				continue
			}
			i, ok := found[k]
			if !ok {
				i = len(list)
				found[k] = i
				list = append(list, Group{Name: k.name, Artist: k.artist})
			}
			list[i].Tracks = append(list[i].Tracks, t)
		}
		slices.SortStableFunc(list, func(a, b Group) int {
			if c := Compare(a.Name, b.Name); c != 0 {
				return c
			}
			return Compare(a.Artist, b.Artist)
		})
		for i := range list {
			slices.SortStableFunc(list[i].Tracks, inAlbum)
		}
		s.groups[by] = list
	}
}

// key is the track's name for a way to group.
func (t *Track) key(by By) string {
	switch by {
	case ByAlbum:
		return t.Tags.Album
	case ByGenre:
		return t.Tags.Genre
	}
	return t.AlbumArtist()
}

// AlbumArtist is who a track's album is by.
func (t *Track) AlbumArtist() string {
	if t.Tags.AlbumArtist != "" {
		return t.Tags.AlbumArtist
	}
	return t.Tags.Artist
}

// inAlbum orders tracks as they lie on their discs, album by album.
func inAlbum(a, b *Track) int {
	for _, c := range []int{strings.Compare(a.Tags.Album, b.Tags.Album), a.Tags.Disc - b.Tags.Disc, a.Tags.Track - b.Tags.Track} {
		if c != 0 {
			return c
		}
	}
	return comparePaths(a.Path, b.Path)
}

// Search finds the tracks of which title, artist, album, composer or file name
// has each of the words, in any case; a word of Latin letters also stands for
// the initials of Chinese characters. It passes over skip of them and returns up
// to limit, all with limit below 0.
func (s *Snapshot) Search(words string, skip, limit int) []*Track {
	var need []*needle
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		need = append(need, newNeedle(w))
	}
	var out []*Track
	for _, t := range s.tracks {
		if limit >= 0 && len(out) >= limit {
			break
		}
		if !matches(t, need) {
			continue
		}
		if skip--; skip < 0 {
			out = append(out, t)
		}
	}
	return out
}

func matches(t *Track, need []*needle) bool {
	for _, n := range need {
		g := &t.Tags
		if !n.in(g.Title) && !n.cached(0, g.Artist) && !n.cached(1, g.Album) && !n.cached(2, g.AlbumArtist) && !n.cached(3, g.Composer) &&
			!n.in(t.Path[strings.LastIndexByte(t.Path, '/')+1:]) {
			return false
		}
	}
	return true
}

// A needle is a word that is looked for.
type needle struct {
	word   string // in small letters
	first  [2]byte
	pinyin bool // it may be initials
	ascii  bool
	// What tracks of an album share is looked at once.
	last [4]struct {
		text  string
		found bool
	}
}

func newNeedle(w string) *needle {
	n := &needle{word: w, pinyin: len(w) >= 2, ascii: true}
	for _, r := range w {
		n.ascii = n.ascii && r < utf8.RuneSelf
		n.pinyin = n.pinyin && r >= 'a' && r <= 'z'
	}
	n.first = [2]byte{w[0], w[0]}
	if w[0] >= 'a' && w[0] <= 'z' {
		n.first[1] = w[0] - 0x20
	}
	return n
}

func (n *needle) cached(i int, s string) bool {
	if s == "" {
		return false
	}
	l := &n.last[i]
	if len(l.text) != len(s) || unsafe.StringData(l.text) != unsafe.StringData(s) {
		l.text, l.found = s, n.in(s)
	}
	return l.found
}

// in says whether the needle is in s.
func (n *needle) in(s string) bool {
	ascii := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			ascii = false
		}
		if (c == n.first[0] || c == n.first[1]) && n.at(s[i:]) {
			return true
		}
	}
	if ascii {
		return false
	}
	if n.pinyin && pinyin.Contains(s, n.word) {
		return true
	}
	return !n.ascii && strings.Contains(strings.ToLower(s), n.word)
}

// at says whether s begins with the needle, but for the case of ASCII.
func (n *needle) at(s string) bool {
	if len(s) < len(n.word) {
		return false
	}
	for i := 0; i < len(n.word); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 0x20
		}
		if c != n.word[i] {
			return false
		}
	}
	return true
}
