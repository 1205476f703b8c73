package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"linnet/player/library"
	"linnet/player/media"
	"linnet/ui/app"
)

// shelfLibrary is a library of made-up tracks: two artists, one on a medium of
// its own.
func shelfLibrary(t *testing.T) (*shelves, *library.Library) {
	t.Helper()
	root := t.TempDir()
	tags := map[string]media.Tags{}
	add := func(path, title, artist, album, genre, date string, n int) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(root, path), path)
		tags[filepath.Join(root, path)] = media.Tags{Title: title, Artist: artist, Album: album, Genre: genre, Date: date, Track: n}
	}
	add("a/1.mp3", "Harbour Lights", "Marlow & Finch", "Tidewater", "Folk", "2022-05-01", 2)
	add("a/2.mp3", "Low Water", "Marlow & Finch", "Tidewater", "Folk", "2022-05-01", 1)
	add("b/1.mp3", "Index", "Marlow & Finch", "Night Index", "Electronic", "2024", 1)
	add("b/loose.mp3", "", "Marlow & Finch", "", "Folk", "", 0)
	add("c/x/1.mp3", "远山的回声", "白鹭与风", "山谷来信", "民谣", "2024", 1)
	write(t, filepath.Join(root, "bad.mp3"), "x")
	lib, err := library.Open(library.Config{Root: root, Playable: playable, Read: func(path string) (library.Facts, error) {
		g, ok := tags[path]
		if !ok {
			return library.Facts{}, &media.FormatError{Msg: "no frame of sound"}
		}
		return library.Facts{Format: "mpa", Duration: time.Minute, Tags: g}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	if _, err := lib.Scan(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	lists := playlistsIn(t.TempDir(), root)
	if err := lists.Save("mixed", []string{filepath.Join(root, "a/2.mp3"), "/elsewhere/song.mp3"}); err != nil {
		t.Fatal(err)
	}
	s := newShelves(lists, func(err error) { t.Error(err) })
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.follow(ctx, lib)
	}()
	t.Cleanup(func() {
		stop()
		<-done
	})
	for s.State().Version == 0 {
		time.Sleep(time.Millisecond)
	}
	return s, lib
}

// said is a shelf's items, each in a line.
func said(t *testing.T, s *shelves, at app.Place) (lines []string, shelf app.Shelf) {
	t.Helper()
	shelf, err := s.Look(at)
	if err != nil {
		t.Fatalf("%+v: %v", at, err)
	}
	for i := range shelf.Len() {
		it := shelf.Item(i)
		line := fmt.Sprintf("%d %s/%s %s", it.To.Kind, it.Title, it.Artist, it.Year)
		if it.To.Kind != app.NoPlace {
			line += fmt.Sprintf(" %d tracks", it.Tracks)
		}
		lines = append(lines, line)
	}
	return lines, shelf
}

func TestShelves(t *testing.T) {
	s, lib := shelfLibrary(t)
	for _, c := range []struct {
		at   app.Place
		want []string
	}{
		{app.Place{Kind: app.AllArtists}, []string{"6 白鹭与风/ 2024 1 tracks", "6 Marlow & Finch/  4 tracks"}},
		{app.Place{Kind: app.AllAlbums}, []string{"7 Night Index/Marlow & Finch 2024 1 tracks", "7 山谷来信/白鹭与风 2024 1 tracks", "7 Tidewater/Marlow & Finch 2022 2 tracks"}},
		{app.Place{Kind: app.AllTracks}, []string{"0 Harbour Lights/Marlow & Finch 2022", "0 Index/Marlow & Finch 2024", "0 loose/Marlow & Finch ", "0 Low Water/Marlow & Finch 2022", "0 远山的回声/白鹭与风 2024"}},
		{app.Place{Kind: app.AllGenres}, []string{"8 Electronic/ 2024 1 tracks", "8 Folk/  3 tracks", "8 民谣/ 2024 1 tracks"}},
		{app.Place{Kind: app.OfArtist, Name: "Marlow & Finch"}, []string{"7 Night Index/Marlow & Finch 2024 1 tracks", "7 Tidewater/Marlow & Finch 2022 2 tracks", "0 loose/Marlow & Finch "}},
		{app.Place{Kind: app.OfGenre, Name: "Folk"}, []string{"7 Tidewater/Marlow & Finch 2022 2 tracks", "0 loose/Marlow & Finch "}},
		{app.Place{Kind: app.OfAlbum, Name: "Tidewater", Artist: "Marlow & Finch"}, []string{"0 Low Water/Marlow & Finch 2022", "0 Harbour Lights/Marlow & Finch 2022"}},
		{app.Place{Kind: app.InFolder}, []string{"5 a/ 2022 2 tracks", "5 b/ 2024 2 tracks", "5 c/ 2024 1 tracks"}},
		{app.Place{Kind: app.InFolder, Name: "c"}, []string{"5 x/ 2024 1 tracks"}},
		{app.Place{Kind: app.InFolder, Name: "c/x"}, []string{"0 远山的回声/白鹭与风 2024"}},
		{app.Place{Kind: app.WithWords, Name: "ysd"}, []string{"0 远山的回声/白鹭与风 2024"}},
		{app.Place{Kind: app.WithWords, Name: "WATER finch"}, []string{"0 Harbour Lights/Marlow & Finch 2022", "0 Low Water/Marlow & Finch 2022"}},
		{app.Place{Kind: app.WithTrouble}, []string{"0 bad.mp3/ "}},
		{app.Place{Kind: app.OfList, Name: "mixed"}, []string{"0 Low Water/Marlow & Finch 2022", "0 song/ "}},
		{app.Place{Kind: app.OfArtist, Name: "Nobody"}, nil},
	} {
		if got, _ := said(t, s, c.at); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.at, got, c.want)
		}
	}
	for kind, want := range map[app.PlaceKind]string{app.AllArtists: "BM", app.AllAlbums: "NST", app.AllTracks: "HILLY", app.AllGenres: "EFM"} {
		_, shelf := said(t, s, app.Place{Kind: kind})
		var got []byte
		for i := range shelf.Len() {
			got = append(got, byte('A'-1+shelf.(app.Lettered).Letter(i)))
		}
		if string(got) != want {
			t.Errorf("the letters of %d are %s, want %s", kind, got, want)
		}
	}
	if _, err := s.Look(app.Place{Kind: app.OfList, Name: "none"}); err == nil {
		t.Error("a playlist that is not there is shown")
	}
	st := s.State()
	if st.Tracks != 5 || st.Artists != 2 || st.Albums != 3 || st.Genres != 3 || st.Troubles != 1 || st.Away != nil {
		t.Errorf("%+v", st)
	}
	song := filepath.Join(lib.Root(), "a/1.mp3")
	if err := s.Rate(song, 8); err != nil || s.Rating(song) != 8 || lib.Stats("a/1.mp3").Rating != 8 {
		t.Errorf("rated %d, %v", s.Rating(song), err)
	}
	if s.Rate("/elsewhere", 1) == nil {
		t.Error("what is not in the library is rated")
	}
}

func TestShelvesPlay(t *testing.T) {
	s, lib := shelfLibrary(t)
	base := func(paths []string) (names []string) {
		for _, p := range paths {
			rel, _ := lib.Rel(p)
			names = append(names, rel)
		}
		return names
	}
	_, shelf := said(t, s, app.Place{Kind: app.OfAlbum, Name: "Tidewater", Artist: "Marlow & Finch"})
	if paths, start := shelf.Tracks(1); start != 1 || !slices.Equal(base(paths), []string{"a/2.mp3", "a/1.mp3"}) {
		t.Errorf("%q from %d", base(paths), start)
	}
	_, shelf = said(t, s, app.Place{Kind: app.OfArtist, Name: "Marlow & Finch"})
	if got := base(shelf.Below(1)); !slices.Equal(got, []string{"a/2.mp3", "a/1.mp3"}) {
		t.Errorf("%q", got)
	}
	if paths, start := shelf.Tracks(2); start != 0 || !slices.Equal(base(paths), []string{"b/loose.mp3"}) {
		t.Errorf("%q from %d", base(paths), start)
	}
	_, shelf = said(t, s, app.Place{Kind: app.InFolder})
	if got := base(shelf.Below(2)); !slices.Equal(got, []string{"c/x/1.mp3"}) {
		t.Errorf("%q", got)
	}
	_, shelf = said(t, s, app.Place{Kind: app.OfList, Name: "mixed"})
	if paths, start := shelf.Tracks(1); start != 1 || len(paths) != 2 || paths[1] != "/elsewhere/song.mp3" {
		t.Errorf("%q from %d", paths, start)
	}
}

// What is on a medium that is away is shown so, and not played.
func TestShelvesAway(t *testing.T) {
	s, lib := shelfLibrary(t)
	if err := os.Rename(lib.Root(), filepath.Join(t.TempDir(), "away")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(lib.Root(), 0o755); err != nil { // where it was mounted
		t.Fatal(err)
	}
	if _, err := lib.Scan(t.Context(), s.tell); err != nil {
		t.Fatal(err)
	}
	s.count(lib)
	st := s.State()
	if len(st.Away) != 1 || st.Away[0].Tracks != 5 || st.Away[0].Name != filepath.Base(lib.Root()) {
		t.Fatalf("%+v", st.Away)
	}
	_, shelf := said(t, s, app.Place{Kind: app.AllAlbums})
	if it := shelf.Item(0); !it.Away || it.Volume != filepath.Base(lib.Root()) || len(shelf.Below(0)) != 0 {
		t.Errorf("%+v", it)
	}
	if err := s.Forget(st.Away[0].Volume); err != nil {
		t.Fatal(err)
	}
	s.count(lib)
	if st := s.State(); st.Tracks != 0 || st.Away != nil {
		t.Errorf("%+v", st)
	}
}

// The screens hear of a scan when it begins and ends, and now and then between.
func TestShelvesTellOfScans(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelves(nil, nil)
		calls := 0
		defer s.Subscribe(func() { calls++ })()
		for i := 1; i <= 1000; i++ {
			s.tell(library.Progress{Files: i, Total: 1000})
			if on := s.State().Scanning; on != (i < 1000) {
				t.Fatalf("scanning is %t at %d", on, i)
			}
			time.Sleep(4 * time.Millisecond)
		}
		if calls < 2 || calls > 10 {
			t.Errorf("the screens were called %d times", calls)
		}
	})
}

func TestMusicFolder(t *testing.T) {
	for text, want := range map[string]string{
		"# x\nXDG_MUSIC_DIR=\"$HOME/Klänge\"\n": "/home/u/Klänge",
		"XDG_MUSIC_DIR=\"/data/music\"":         "/data/music",
		"XDG_MUSIC_DIR=\"relative\"":            "",
		"XDG_DESKTOP_DIR=\"$HOME/Desktop\"\n":   "",
	} {
		if got := userDir(text, "XDG_MUSIC_DIR", "/home/u"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
