package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"linnet/player/library"
	"linnet/player/media"
	"linnet/ui/app"
)

// shelves is the library as the screens want it. Until set is called there is
// none yet.
type shelves struct {
	lists *playlistFolder // nil for none
	lib   atomic.Pointer[library.Library]
	ctx   context.Context
	log   func(error)

	mu    sync.Mutex
	state app.MusicState
	told  time.Time // of a scan
	subs  map[int]func()
	next  int
}

var _ app.Music = (*shelves)(nil)

const (
	// summaryEvery is how often what is in the library is counted while a scan
	// adds to it.
	summaryEvery = 2 * time.Second
	summaryShare = 20 // times as long as counting took, at least
	// scanTellEvery is how often the screens hear how far a scan is.
	scanTellEvery = 500 * time.Millisecond
	maxFound      = 200 // tracks that a search lists
)

func newShelves(lists *playlistFolder, log func(error)) *shelves {
	return &shelves{lists: lists, log: log, subs: map[int]func(){}}
}

// follow has the screens see a library until ctx ends.
func (s *shelves) follow(ctx context.Context, lib *library.Library) {
	s.ctx = ctx
	s.lib.Store(lib)
	changes, end := lib.Changes()
	defer end()
	for {
		began := time.Now()
		s.count(lib)
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(summaryEvery, summaryShare*time.Since(began))):
		}
		select {
		case <-ctx.Done():
			return
		case <-changes:
		}
	}
}

// count counts what is in the library.
func (s *shelves) count(lib *library.Library) {
	snap := lib.Snapshot()
	st := app.MusicState{Tracks: len(snap.Tracks()), Troubles: len(snap.Problems()), Artists: len(snap.Groups(library.ByArtist)),
		Albums: len(snap.Groups(library.ByAlbum)), Genres: len(snap.Groups(library.ByGenre))}
	for _, t := range snap.Tracks() {
		if !t.Absent {
			continue
		}
		i := slices.IndexFunc(st.Away, func(a app.Away) bool { return a.Volume == t.Volume })
		if i < 0 {
			i = len(st.Away)
			st.Away = append(st.Away, app.Away{Volume: t.Volume, Name: volumeName(lib, t)})
		}
		st.Away[i].Tracks++
	}
	s.change(func(now *app.MusicState) {
		st.Version = now.Version + 1
		st.Scanning, st.Done, st.Total, st.Left = now.Scanning, now.Done, now.Total, now.Left
		*now = st
	})
}

// volumeName is what the medium is called that a track is on.
func volumeName(lib *library.Library, t *library.Track) string {
	return filepath.Base(filepath.Join(lib.Root(), t.Volume))
}

// refused notes that a track's cover is not shown, or not all of it.
func (s *shelves) refused(path string, err error) {
	lib, rel, ok := s.rel(path)
	if !ok {
		return
	}
	why := err.Error()
	var bad *media.FormatError
	var alien *media.UnsupportedError
	switch {
	case errors.As(err, &bad):
		why = bad.Msg
	case errors.As(err, &alien):
		why = alien.Msg
	}
	if err := lib.Remark(rel, "its cover: "+why); err != nil {
		s.log(err)
	}
}

// tell is told by a scan how far it is.
func (s *shelves) tell(p library.Progress) {
	now := time.Now()
	s.mu.Lock()
	over := p.Files >= p.Total && !p.Counting
	quiet := now.Sub(s.told) < scanTellEvery && over != s.state.Scanning
	if !quiet {
		s.told = now
	}
	s.mu.Unlock()
	if p.Counting {
		p.Total = 0
	}
	if !quiet {
		s.change(func(st *app.MusicState) { st.Scanning, st.Done, st.Total, st.Left = !over, p.Files, p.Total, p.Left })
	}
}

func (s *shelves) change(f func(*app.MusicState)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.state)
	for _, changed := range s.subs {
		changed()
	}
}

// State is of app.Music.
func (s *shelves) State() app.MusicState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// Subscribe is of app.Music.
func (s *shelves) Subscribe(changed func()) (cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.next
	s.next++
	s.subs[id] = changed
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.subs, id)
	}
}

// rel is a file's name in the library.
func (s *shelves) rel(path string) (*library.Library, string, bool) {
	lib := s.lib.Load()
	if lib == nil {
		return nil, "", false
	}
	rel, ok := lib.Rel(path)
	return lib, rel, ok
}

// left is where in a long track its listener stopped; 0 is its start.
func (s *shelves) left(path string) time.Duration {
	if lib, rel, ok := s.rel(path); ok {
		return lib.Stats(rel).Resume
	}
	return 0
}

// Rating is of app.Music.
func (s *shelves) Rating(path string) int {
	if lib, rel, ok := s.rel(path); ok {
		return lib.Stats(rel).Rating
	}
	return 0
}

var errNotInLibrary = errors.New("it is not in the library")

// Rate is of app.Music.
func (s *shelves) Rate(path string, rating int) error {
	lib, rel, ok := s.rel(path)
	if !ok {
		return errNotInLibrary
	}
	return lib.Rate(rel, rating)
}

// Scan is of app.Music.
func (s *shelves) Scan() error {
	lib := s.lib.Load()
	if lib == nil {
		return nil
	}
	_, err := lib.Scan(s.ctx, s.tell)
	return err
}

// Forget is of app.Music.
func (s *shelves) Forget(volume string) error {
	lib := s.lib.Load()
	if lib == nil {
		return nil
	}
	return lib.Forget(volume)
}

// Look is of app.Music.
func (s *shelves) Look(at app.Place) (app.Shelf, error) {
	lib := s.lib.Load()
	if lib == nil {
		return &trackShelf{}, nil
	}
	snap := lib.Snapshot()
	v := view{lib, snap}
	switch at.Kind {
	case app.AllArtists:
		return &groupShelf{v, snap.Groups(library.ByArtist), app.OfArtist}, nil
	case app.AllAlbums:
		return &groupShelf{v, snap.Groups(library.ByAlbum), app.OfAlbum}, nil
	case app.AllTracks:
		return &titleShelf{trackShelf{v, snap.ByTitle()}}, nil
	case app.AllGenres:
		return &groupShelf{v, snap.Groups(library.ByGenre), app.OfGenre}, nil
	case app.InFolder:
		folders, tracks := snap.Folder(at.Name)
		return &folderShelf{trackShelf{v, tracks}, at.Name, folders}, nil
	case app.OfArtist:
		return albumsOf(v, group(snap, library.ByArtist, at.Name, ""), newestFirst), nil
	case app.OfGenre:
		return albumsOf(v, group(snap, library.ByGenre, at.Name, ""), byName), nil
	case app.OfAlbum:
		return &trackShelf{v, group(snap, library.ByAlbum, at.Name, at.Artist)}, nil
	case app.WithWords:
		return &trackShelf{v, snap.Search(at.Name, 0, maxFound)}, nil
	case app.WithTrouble:
		return &trackShelf{v, slices.Concat(snap.Problems(), snap.Remarked())}, nil
	case app.OfList:
		return s.list(v, at.Name)
	}
	return nil, errors.New("there is no such place")
}

// group is the tracks of one group.
func group(snap *library.Snapshot, by library.By, name, artist string) []*library.Track {
	groups := snap.Groups(by)
	i := slices.IndexFunc(groups, func(g library.Group) bool { return g.Name == name && g.Artist == artist })
	if i < 0 {
		return nil
	}
	return groups[i].Tracks
}

// A view is what shelves are made of.
type view struct {
	lib  *library.Library
	snap *library.Snapshot
}

// item is a track.
func (v view) item(t *library.Track) app.Item {
	it := app.Item{
		Title: t.Tags.Title, Artist: t.Tags.Artist, Album: t.Tags.Album, Year: year(t.Tags.Date), Path: v.lib.Path(t), Number: t.Tags.Track,
		Length: max(t.Duration, 0), Rating: v.lib.Stats(t.Path).Rating, Trouble: troubles[t.Trouble], Detail: t.Detail,
	}
	if it.Title == "" || t.Trouble != "" {
		it.Title = baseName(it.Path)
		if t.Trouble == "" {
			it.Title = strings.TrimSuffix(it.Title, filepath.Ext(it.Title))
		}
	}
	if t.Trouble == "" && t.Detail != "" {
		it.Trouble = app.TroublePart
	}
	if t.Absent {
		it.Away, it.Volume = true, volumeName(v.lib, t)
	}
	return it
}

var troubles = map[library.Kind]app.Trouble{
	library.Damaged: app.TroubleDamaged, library.Unsupported: app.TroubleUnsupported, library.Unreadable: app.TroubleUnreadable,
	library.Changing: app.TroubleChanging,
}

// place is what stands for several tracks.
func (v view) place(to app.Place, title string, tracks []*library.Track) app.Item {
	it := app.Item{To: to, Title: title, Tracks: len(tracks)}
	if len(tracks) == 0 {
		return it
	}
	there := slices.IndexFunc(tracks, func(t *library.Track) bool { return !t.Absent })
	if it.Away = there < 0; it.Away {
		it.Volume = volumeName(v.lib, tracks[0])
		there = 0
	}
	it.Path, it.Year = v.lib.Path(tracks[there]), year(tracks[0].Tags.Date)
	return it
}

// paths are the files of the tracks that are there.
func (v view) paths(tracks []*library.Track) []string {
	paths := make([]string, 0, len(tracks))
	for _, t := range tracks {
		if !t.Absent {
			paths = append(paths, v.lib.Path(t))
		}
	}
	return paths
}

// trackShelf is tracks in their order.
type trackShelf struct {
	view
	tracks []*library.Track
}

func (s *trackShelf) Len() int             { return len(s.tracks) }
func (s *trackShelf) Item(i int) app.Item  { return s.item(s.tracks[i]) }
func (s *trackShelf) Below(i int) []string { return s.paths(s.tracks[i : i+1]) }

func (s *trackShelf) Tracks(i int) ([]string, int) {
	before := s.paths(s.tracks[:i])
	return append(before, s.paths(s.tracks[i:])...), len(before)
}

// titleShelf is tracks in the order of their titles.
type titleShelf struct{ trackShelf }

// Letter is of app.Lettered.
func (s *titleShelf) Letter(i int) int { return library.Letter(s.tracks[i].Title()) }

// groupShelf is artists, albums or genres.
type groupShelf struct {
	view
	groups []library.Group
	kind   app.PlaceKind
}

func (s *groupShelf) Len() int                   { return len(s.groups) }
func (s *groupShelf) Below(i int) []string       { return s.paths(s.groups[i].Tracks) }
func (s *groupShelf) Tracks(int) ([]string, int) { return nil, 0 }

// Letter is of app.Lettered.
func (s *groupShelf) Letter(i int) int { return library.Letter(s.groups[i].Name) }

func (s *groupShelf) Item(i int) app.Item {
	g := &s.groups[i]
	it := s.place(app.Place{Kind: s.kind, Name: g.Name, Artist: g.Artist}, g.Name, g.Tracks)
	it.Artist = g.Artist
	if s.kind == app.OfArtist {
		for i, t := range g.Tracks { // they are in the order of their albums
			if t.Tags.Album != "" && (i == 0 || t.Tags.Album != g.Tracks[i-1].Tags.Album) {
				it.Albums++
			}
		}
	}
	return it
}

// albumShelf is the albums of an artist or genre, then the tracks on none.
type albumShelf struct {
	trackShelf // on none
	albums     [][]*library.Track
}

// albumsOf parts tracks by album, each in its order.
func albumsOf(v view, tracks []*library.Track, order func(a, b []*library.Track) int) *albumShelf {
	s := &albumShelf{trackShelf: trackShelf{view: v}}
	found := map[[2]string]int{}
	for _, t := range tracks {
		name := [2]string{t.Tags.Album, t.AlbumArtist()}
		i, ok := found[name]
		switch {
		case name[0] == "":
			s.tracks = append(s.tracks, t)
			continue
		case !ok:
			i = len(s.albums)
			found[name] = i
			s.albums = append(s.albums, nil)
		}
		s.albums[i] = append(s.albums[i], t)
	}
	slices.SortStableFunc(s.albums, order)
	return s
}

func newestFirst(a, b []*library.Track) int {
	return cmp.Or(-strings.Compare(year(a[0].Tags.Date), year(b[0].Tags.Date)), byName(a, b))
}

func byName(a, b []*library.Track) int { return library.Compare(a[0].Tags.Album, b[0].Tags.Album) }

func (s *albumShelf) Len() int { return len(s.albums) + len(s.tracks) }

func (s *albumShelf) Item(i int) app.Item {
	if i >= len(s.albums) {
		return s.trackShelf.Item(i - len(s.albums))
	}
	t := s.albums[i][0]
	to := app.Place{Kind: app.OfAlbum, Name: t.Tags.Album, Artist: t.AlbumArtist()}
	it := s.place(to, to.Name, s.albums[i])
	it.Artist = to.Artist
	return it
}

func (s *albumShelf) Below(i int) []string {
	if i >= len(s.albums) {
		return s.trackShelf.Below(i - len(s.albums))
	}
	return s.paths(s.albums[i])
}

func (s *albumShelf) Tracks(i int) ([]string, int) {
	return s.trackShelf.Tracks(max(i-len(s.albums), 0))
}

// folderShelf is the folders in a folder, then its tracks.
type folderShelf struct {
	trackShelf
	dir     string
	folders []string
}

func (s *folderShelf) Len() int { return len(s.folders) + len(s.tracks) }

func (s *folderShelf) sub(i int) string { return strings.TrimPrefix(s.dir+"/"+s.folders[i], "/") }

func (s *folderShelf) Item(i int) app.Item {
	if i >= len(s.folders) {
		return s.trackShelf.Item(i - len(s.folders))
	}
	return s.place(app.Place{Kind: app.InFolder, Name: s.sub(i)}, s.folders[i], s.snap.Below(s.sub(i)))
}

func (s *folderShelf) Below(i int) []string {
	if i >= len(s.folders) {
		return s.trackShelf.Below(i - len(s.folders))
	}
	return s.paths(s.snap.Below(s.sub(i)))
}

func (s *folderShelf) Tracks(i int) ([]string, int) {
	return s.trackShelf.Tracks(max(i-len(s.folders), 0))
}

// listShelf is a playlist; what is not in the library is called by its file.
type listShelf struct {
	view
	files []string
}

func (s *shelves) list(v view, name string) (app.Shelf, error) {
	if s.lists == nil {
		return nil, fs.ErrNotExist
	}
	files, err := s.lists.Load(name)
	return &listShelf{v, files}, err
}

func (s *listShelf) track(i int) *library.Track {
	rel, ok := s.lib.Rel(s.files[i])
	if !ok {
		return nil
	}
	return s.snap.Track(rel)
}

func (s *listShelf) Len() int { return len(s.files) }

func (s *listShelf) Item(i int) app.Item {
	if t := s.track(i); t != nil {
		return s.item(t)
	}
	base := filepath.Base(s.files[i])
	return app.Item{Title: strings.TrimSuffix(base, filepath.Ext(base)), Path: s.files[i]}
}

func (s *listShelf) Below(i int) []string {
	if t := s.track(i); t != nil && t.Absent {
		return nil
	}
	return s.files[i : i+1 : i+1]
}

func (s *listShelf) Tracks(i int) (paths []string, start int) {
	for k := range s.files {
		if k == i {
			start = len(paths)
		}
		paths = append(paths, s.Below(k)...)
	}
	return paths, start
}
