package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"linnet/board"
	"linnet/player"
	"linnet/player/formats"
	"linnet/player/pcm"
	"linnet/player/settings"
	"linnet/ui/app"
)

// What is chosen on the screens holds after a restart, and flags win.
func TestScreensKeep(t *testing.T) {
	dir := t.TempDir()
	problem := func(err error) { t.Error(err) }
	p := player.New(player.Config{Open: formats.Open})
	defer p.Close()
	s := screens{player: p, store: settings.Open(dir, problem), board: board.Desktop(), state: dir, complain: t.Errorf}
	first := s.prefs("auto", "en")
	if first.Ready || first.Theme != "dark" || first.Lang != app.English {
		t.Errorf("before anything was chosen: %+v", first)
	}
	first.Ready, first.Lang, first.Theme, first.Brightness, first.Blank = true, app.Chinese, "light", 40, 5*time.Minute
	first.Zone = 345 * time.Minute
	s.keep(first)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	s.store = settings.Open(dir, problem)
	defer s.store.Close()
	again := s.prefs("auto", "auto")
	if !again.Ready || again.Lang != app.Chinese || again.Theme != "light" || again.Brightness != 40 || again.Blank != 5*time.Minute || again.Zone != first.Zone {
		t.Errorf("after a restart: %+v", again)
	}
	if said := s.prefs("dark", "en"); said.Theme != "dark" || said.Lang != app.English {
		t.Errorf("flags do not win: %+v", said)
	}
	s.state = ""
	if !s.prefs("auto", "auto").Ready {
		t.Error("somebody is asked what is then forgotten")
	}
}

// Each preset of the equaliser has a name in the languages of the screens.
func TestPresetsHaveWords(t *testing.T) {
	for _, p := range pcm.Presets() {
		if !slices.Contains(app.PresetKeys[:], p.Name) {
			t.Errorf("%s has none", p.Name)
		}
	}
}

func TestPlaylistFolder(t *testing.T) {
	f := playlistsIn(t.TempDir(), "/media")
	changes := 0
	f.whenChanged(func() { changes++ })
	if all, err := f.All(); err != nil || len(all) != 0 {
		t.Errorf("before the first: %v, %v", all, err)
	}
	want := []string{"/media/a.mp3", "/media/山谷/远山.flac"}
	for _, name := range []string{"傍晚", "b/c", "..hidden"} {
		if err := f.Save(name, want); err != nil {
			t.Fatal(err)
		}
		if got, err := f.Load(name); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
	all, err := f.All()
	if err != nil || len(all) != 3 || all[0].Count != 2 {
		t.Errorf("%v, %v", all, err)
	}
	if err := f.Save(" ", want); err == nil {
		t.Error("a list without a name is saved")
	}
	if err := f.Delete("傍晚"); err != nil {
		t.Error(err)
	}
	if _, err := f.Load("傍晚"); err == nil {
		t.Error("a list that was deleted is there")
	}
	if changes != 4 {
		t.Errorf("%d changes were told of", changes)
	}
	// Lists of others: relative paths, comments, a mark of the encoding.
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(f.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("other.m3u8", "\ufeff#EXTM3U\r\n#EXTINF:1,x\r\nx.mp3\r\n\r\n")
	if got, err := f.Load("other"); err != nil || !slices.Equal(got, []string{filepath.Join(f.dir, "x.mp3")}) {
		t.Errorf("%q, %v", got, err)
	}
	write("other.m3u", "a/x.mp3\n/elsewhere/y.mp3\n") // as MPD's clients write it
	if got, err := f.Load("other"); err != nil || !slices.Equal(got, []string{"/media/a/x.mp3", "/elsewhere/y.mp3"}) {
		t.Errorf("%q, %v", got, err)
	}
	if all, err := f.All(); err != nil || len(all) != 3 {
		t.Errorf("%v, %v", all, err)
	}
	if err := f.Delete("other"); err != nil {
		t.Error(err)
	}
	if _, err := f.Load("other"); err == nil {
		t.Error("a list of which there were two is there after one was deleted")
	}
}

func TestLyricsBesideATrack(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "song.lrc"), []byte("[00:01.00]<00:01.00>Two <00:02.00>words\n"), 0o644)
	lines := lyricsOf(filepath.Join(dir, "song.mp3"))
	if len(lines) != 1 || lines[0].Text != "Two words" || len(lines[0].Words) != 2 || lines[0].Words[1].From != 4 {
		t.Errorf("%+v", lines)
	}
	if lyricsOf(filepath.Join(dir, "other.mp3")) != nil {
		t.Error("a track without lyrics has some")
	}
}

func TestVideos(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b/2.avi", "b/10.AVI", "a.mpg", "c/AVSEQ01.DAT", "c/info.dat", "c/phone.3gp", "song.mp3", ".hidden/x.avi", "b/.x.avi"} {
		os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755)
		os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644)
	}
	s := screens{root: dir}
	all, err := s.videos()
	var names []string
	for _, e := range all {
		names = append(names, e.Name)
	}
	if err != nil || !slices.Equal(names, []string{"a.mpg", "2.avi", "10.AVI", "AVSEQ01.DAT", "phone.3gp"}) {
		t.Errorf("%q, %v", names, err)
	}
}
