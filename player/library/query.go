package library

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"
)

// A Snapshot is all tracks at one moment. It and its tracks must not be changed.
type Snapshot struct {
	tracks []*Track // by path
	bad    []*Track
	behind []*Track // those that are shown as their parts

	once    sync.Once
	groups  [groupKinds][]Group
	titled  sync.Once
	titles  []*Track
	indexed sync.Once
	index   *index
}

// Tracks are all tracks in the order of their paths.
func (s *Snapshot) Tracks() []*Track { return s.tracks }

// Problems are the files that are no tracks, with why.
func (s *Snapshot) Problems() []*Track { return s.bad }

// Remarked are the tracks of which something could not be read.
func (s *Snapshot) Remarked() (list []*Track) {
	for _, t := range s.tracks {
		if t.Detail != "" {
			list = append(list, t)
		}
	}
	return list
}

// Track finds one by its path, also a file that is listed as its parts.
func (s *Snapshot) Track(path string) *Track {
	for _, list := range [][]*Track{s.tracks, s.behind} {
		i, ok := slices.BinarySearchFunc(list, path, func(t *Track, path string) int { return comparePaths(t.Path, path) })
		if ok {
			return list[i]
		}
	}
	return nil
}

// Parts are the tracks of the sheet that a file is, or has; none for other files.
func (s *Snapshot) Parts(sheet string) []*Track {
	if list := s.Below(sheet); sheet != "" && len(list) > 0 && list[0].Of != "" && strings.LastIndexByte(list[0].Path, '/') == len(sheet) {
		return list
	}
	return nil
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
		s.groups[by] = sortGroups(list)
		for i := range list {
			slices.SortFunc(list[i].Tracks, inAlbum)
		}
	}
}

// ByTitle are all tracks in the order of their titles. It must not be changed.
func (s *Snapshot) ByTitle() []*Track {
	s.titled.Do(func() {
		type named struct {
			key   []byte
			track *Track
		}
		all := make([]named, len(s.tracks))
		for i, t := range s.tracks {
			all[i] = named{sortKey(t.Title()), t}
		}
		slices.SortStableFunc(all, func(a, b named) int {
			return cmp.Or(bytes.Compare(a.key, b.key), strings.Compare(a.track.Title(), b.track.Title()))
		})
		s.titles = make([]*Track, len(all))
		for i := range all {
			s.titles[i] = all[i].track
		}
	})
	return s.titles
}

// sortGroups sorts by name, then artist.
func sortGroups(list []Group) []Group {
	type named struct {
		name, artist []byte // as they sort
		group        Group
	}
	all := make([]named, len(list))
	for i, g := range list {
		all[i] = named{sortKey(g.Name), sortKey(g.Artist), g}
	}
	slices.SortFunc(all, func(a, b named) int {
		return cmp.Or(bytes.Compare(a.name, b.name), strings.Compare(a.group.Name, b.group.Name),
			bytes.Compare(a.artist, b.artist), strings.Compare(a.group.Artist, b.group.Artist))
	})
	for i := range all {
		list[i] = all[i].group
	}
	return list
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
	if a.Tags.Album != b.Tags.Album {
		return strings.Compare(a.Tags.Album, b.Tags.Album)
	}
	if c := cmp.Or(a.Tags.Disc-b.Tags.Disc, a.Tags.Track-b.Tags.Track); c != 0 {
		return c
	}
	return comparePaths(a.Path, b.Path)
}

// Search finds the tracks of which title, artist, album, composer or file name
// has each of the words, in any case and with or without accents; a word of Latin
// letters also stands for the initials of Chinese characters. It passes over skip of them and returns up
// to limit, all with limit below 0.
func (s *Snapshot) Search(words string, skip, limit int) []*Track {
	var need []string
	for w := range strings.FieldsSeq(words) {
		need = append(need, string(fold(nil, w)))
	}
	if len(need) == 0 {
		from := min(max(skip, 0), len(s.tracks))
		to := len(s.tracks)
		if limit >= 0 {
			to = min(from+limit, to)
		}
		return slices.Clone(s.tracks[from:to])
	}
	s.indexed.Do(func() { s.index = newIndex(s.tracks) })
	return s.index.find(s.tracks, need, skip, limit)
}

// Prepare makes what Search and Groups make when they are first called.
func (s *Snapshot) Prepare() {
	s.once.Do(s.group)
	s.ByTitle()
	s.indexed.Do(func() { s.index = newIndex(s.tracks) })
}
