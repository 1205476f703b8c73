package library

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"linnet/player/media"
)

func snapshotOf(list ...*Track) *Snapshot {
	slices.SortFunc(list, func(a, b *Track) int { return comparePaths(a.Path, b.Path) })
	return &Snapshot{tracks: list}
}

func track(path, artist, album, title string) *Track {
	return &Track{Path: path, Tags: media.Tags{Artist: artist, Album: album, Title: title}}
}

func TestSearch(t *testing.T) {
	s := snapshotOf(
		track("a/1.mp3", "邓丽君", "岛国之情歌", "月亮代表我的心"), track("a/2.mp3", "邓丽君", "岛国之情歌", "甜蜜蜜"),
		track("b/1.mp3", "Björk", "Début", "Venus as a Boy"), track("b/2.mp3", "The Beatles", "Help!", "Yesterday"),
		track("c/untitled Yesterday.mp3", "", "", ""))
	for words, want := range map[string]string{
		"yesterday": "b/2.mp3 c/untitled Yesterday.mp3", "YESTERDAY beat": "b/2.mp3", "月亮": "a/1.mp3", "代表": "a/1.mp3", "yldb": "a/1.mp3",
		"dlj": "a/1.mp3 a/2.mp3", "dlj tmm": "a/2.mp3", "BJÖRK": "b/1.mp3", "dÉbut": "b/1.mp3", "nothing": "", "": "a/1.mp3 a/2.mp3 b/1.mp3 b/2.mp3 c/untitled Yesterday.mp3",
		"mp3": "a/1.mp3 a/2.mp3 b/1.mp3 b/2.mp3 c/untitled Yesterday.mp3",
	} {
		if got := paths(s.Search(words, 0, -1)); got != want {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
	if got := paths(s.Search("mp3", 1, 2)); got != "a/2.mp3 b/1.mp3" {
		t.Errorf("a page: %s", got)
	}
}

func TestOrder(t *testing.T) {
	want := []string{"…?", "2 Unlimited", "10cc", "ABBA", "啊", "The Beatles", "Beck", "Björk", "陈奕迅", "Daft Punk",
		"邓丽君", "Élan", "Los Lobos", "Zappa", "周杰伦", "Ленинград"}
	got := slices.Clone(want)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, p := range [][2]string{{"The The", "The"}, {"ärger", "Arger"}, {"Track 2", "Track 10"}, {"Die Ärzte", "Beck"}} {
		if c, d := Compare(p[0], p[1]), Compare(p[1], p[0]); c == 0 || (c < 0) == (d < 0) {
			t.Errorf("%q: %d and %d", p, c, d)
		}
	}
	if Compare("Die Ärzte", "Beck") > 0 || Compare("Track 2", "Track 10") > 0 {
		t.Error("articles, numbers")
	}
	if len(accents) != 0x17f-0xdf+1 {
		t.Errorf("accents has %d", len(accents))
	}
}

func TestGroups(t *testing.T) {
	va := track("c/1.mp3", "X", "Hits", "1")
	va.Tags.AlbumArtist, va.Tags.Genre = "Various", "Pop"
	two := track("b/2.mp3", "Beck", "Odelay", "first")
	two.Tags.Track = 1
	one := track("b/1.mp3", "Beck", "Odelay", "second")
	one.Tags.Track = 2
	s := snapshotOf(va, two, one, track("a/1.mp3", "邓丽君", "Hits", "2"), track("z.mp3", "", "", ""))
	var got []string
	for _, by := range []By{ByArtist, ByAlbum, ByGenre} {
		for _, g := range s.Groups(by) {
			got = append(got, fmt.Sprintf("%s/%s:%s", g.Name, g.Artist, paths(g.Tracks)))
		}
	}
	want := []string{"Beck/:b/2.mp3 b/1.mp3", "邓丽君/:a/1.mp3", "Various/:c/1.mp3", "Hits/邓丽君:a/1.mp3", "Hits/Various:c/1.mp3",
		"Odelay/Beck:b/2.mp3 b/1.mp3", "Pop/:c/1.mp3"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFolders(t *testing.T) {
	s := snapshotOf(track("a/b/1.mp3", "", "", ""), track("a/b/2.mp3", "", "", ""), track("a/c.mp3", "", "", ""), track("a.mp3", "", "", ""), track("ab/x.mp3", "", "", ""))
	folders, tracks := s.Folder("")
	if fmt.Sprint(folders) != "[a ab]" || paths(tracks) != "a.mp3" {
		t.Errorf("%v, %s", folders, paths(tracks))
	}
	folders, tracks = s.Folder("a")
	if fmt.Sprint(folders) != "[b]" || paths(tracks) != "a/c.mp3" {
		t.Errorf("%v, %s", folders, paths(tracks))
	}
	if got := paths(s.Below("a")); got != "a/b/1.mp3 a/b/2.mp3 a/c.mp3" {
		t.Error(got)
	}
	if s.Track("a/b/2.mp3") == nil || s.Track("a/b") != nil || s.Below("nowhere") != nil && len(s.Below("nowhere")) > 0 {
		t.Error("finding")
	}
}

// many is a library as large as the marks ask for.
func many() *Snapshot {
	list := make([]*Track, 10_000)
	in := interner{}
	for i := range list {
		t := track(fmt.Sprintf("Artist %d/Album %d/%02d Some title.mp3", i/100, i/10, i%10), fmt.Sprint("Artist ", i/100), fmt.Sprint("The Album ", i/10), fmt.Sprint("Some title of song ", i))
		if i%3 == 0 {
			t.Tags.Title = "第" + strings.Repeat("月亮", i%4) + "首歌"
		}
		in.shared(t)
		list[i] = t
	}
	return snapshotOf(list...)
}

func BenchmarkSearch(b *testing.B) {
	s := many()
	for b.Loop() {
		s.Search("zzyx", 0, 20)
	}
}

func BenchmarkGroups(b *testing.B) {
	s := many()
	for b.Loop() {
		(&Snapshot{tracks: s.tracks}).Groups(ByArtist)
	}
}
