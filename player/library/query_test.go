package library

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"linnet/player/internal/pinyin"
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

// slowSearch is Search from its definition.
func slowSearch(tracks []*Track, words string) (found []*Track) {
	for _, t := range tracks {
		all := true
		for w := range strings.FieldsSeq(words) {
			w = string(fold(nil, w))
			any := false
			for _, s := range []string{t.Tags.Title, t.Tags.Artist, t.Tags.Album, t.Tags.AlbumArtist, t.Tags.Composer, t.Path[strings.LastIndexByte(t.Path, '/')+1:]} {
				any = any || strings.Contains(string(fold(nil, s)), w) || readsAs(s, w)
			}
			all = all && any
		}
		if all {
			found = append(found, t)
		}
	}
	return found
}

// readsAs says whether letters are the initials of characters that follow each
// other in s, behind the first Chinese one, by one of their readings; other letters
// stand for themselves, and the rest is passed over.
func readsAs(s, letters string) bool {
	at := strings.IndexFunc(s, func(r rune) bool { return pinyin.Rank(r) > 0 })
	if at < 0 {
		return false
	}
	var sounds [][2]byte
	for _, r := range s[at:] {
		switch low := r | 0x20; {
		case pinyin.Initial(r) != 0:
			sounds = append(sounds, [2]byte{pinyin.Initial(r), pinyin.Other(r)})
		case low >= 'a' && low <= 'z', r >= '0' && r <= '9':
			sounds = append(sounds, [2]byte{byte(low), byte(r)})
		}
	}
	for from := 0; from+len(letters) <= len(sounds); from++ {
		same := true
		for i := range len(letters) {
			same = same && (letters[i] == sounds[from+i][0] || letters[i] == sounds[from+i][1])
		}
		if same {
			return true
		}
	}
	return false
}

func TestInitials(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "abc": "", "月亮 (Live) 2": "yllive2\n", "Live 现场": "xc\n", "音乐": "yl\nyy\n", "长乐": "zl\ncl\nzy\ncy\n", "。a月": "y\n",
	} {
		if got := string(initials(nil, s)); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	if n := len(initials(nil, strings.Repeat("乐", 30))); n != 31<<maxReadings {
		t.Errorf("a text with 30 readings takes %d bytes", n)
	}
}

func TestRarest(t *testing.T) {
	for w, want := range map[string]int{"zap": 0, "eat": 2, "e": 0, "月": 1, "one€": 4} {
		if got, _ := rarest([]byte(w)); got != want {
			t.Errorf("%q: %d, want %d", w, got, want)
		}
	}
}

// Searches find what the definition does, in any text.
func TestSearchAgainstItsDefinition(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	pick := func(letters string, n int) string {
		r := []rune(letters)
		var b strings.Builder
		for range rnd.IntN(n + 1) {
			b.WriteRune(r[rnd.IntN(len(r))])
		}
		return b.String()
	}
	const letters = "aabbcdeäßÉN 1 2.-月亮长乐行的，我"
	var list []*Track
	for i := range 400 {
		tr := track(fmt.Sprintf("%d/%s.mp3", i, pick(letters, 6)), pick("abÉ月乐 ", 3), pick("ab 长", 3), pick(letters, 8))
		tr.Tags.AlbumArtist, tr.Tags.Composer = pick("ab", 1), pick("x乐", 2)
		list = append(list, tr)
	}
	s := snapshotOf(list...)
	for range 3000 {
		words := pick("aabcdeäYylzch月乐 1.2", 5)
		got, want := paths(s.Search(words, 0, -1)), paths(slowSearch(s.tracks, words))
		if got != want {
			t.Fatalf("%q: found %s, want %s", words, got, want)
		}
	}
}

// Names sort by their keys as Compare says.
func TestSortKey(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	r := []rune("the aAäb1 20月亮-—ЛZ.，’")
	name := func() string {
		var b strings.Builder
		for range rnd.IntN(7) {
			b.WriteRune(r[rnd.IntN(len(r))])
		}
		return b.String()
	}
	for range 20000 {
		a, b := name(), name()
		if got, want := cmp.Or(bytes.Compare(sortKey(a), sortKey(b)), strings.Compare(a, b)), Compare(a, b); got < 0 != (want < 0) || got > 0 != (want > 0) {
			t.Fatalf("%q and %q: %d, want %d", a, b, got, want)
		}
	}
}

// TestLetter: letters are in the order of names, whatever these are.
func TestLetter(t *testing.T) {
	for name, want := range map[string]int{"": 0, "…?": 0, "10cc": 0, "ABBA": 1, "The Beatles": 2, "Élan": 5, "“Zappa”": 26, "周杰伦": 26, "啊": 1, "Ленинград": 27, "ß": 19} {
		if got := Letter(name); got != want {
			t.Errorf("%q is under %d, want %d", name, got, want)
		}
	}
	rnd := rand.New(rand.NewPCG(7, 9))
	r := []rune("the aAäb1 20月亮-—ЛZzé.，’中カ")
	var names []string
	for range 5000 {
		var b strings.Builder
		for range rnd.IntN(7) {
			b.WriteRune(r[rnd.IntN(len(r))])
		}
		names = append(names, b.String())
	}
	slices.SortFunc(names, Compare)
	for i := range names[1:] {
		if a, b := Letter(names[i]), Letter(names[i+1]); a > b {
			t.Fatalf("%q is under %d, and %q behind it under %d", names[i], a, names[i+1], b)
		}
	}
}

func TestByTitle(t *testing.T) {
	s := &Snapshot{tracks: []*Track{{Path: "a/1 Zebra.mp3"}, {Path: "b", Tags: media.Tags{Title: "The Apple"}}, {Path: "c", Tags: media.Tags{Title: "中午"}}, {Path: "d", Tags: media.Tags{Title: "Mango"}}}}
	var got []string
	for _, track := range s.ByTitle() {
		got = append(got, track.Title())
	}
	if want := []string{"1 Zebra", "The Apple", "Mango", "中午"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
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
	if got := paths(s.Below("a")); got != "a/c.mp3 a/b/1.mp3 a/b/2.mp3" {
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
