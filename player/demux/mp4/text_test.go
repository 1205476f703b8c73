package mp4_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/mp4"
	"linnet/player/media"
	"linnet/player/playertest"
	"linnet/player/subtitle"
)

// tx3g is an entry of timed text whose letters stand so, with a box and a face.
func tx3g(vertical, upper, lower, face int) []byte {
	return box("tx3g", make([]byte, 6), u16(1), make([]byte, 4), []byte{1, byte(vertical)}, make([]byte, 4), u16(upper), u16(0), u16(lower), u16(64),
		make([]byte, 6), []byte{byte(face), 18, 255, 255, 255, 255}, box("ftab", u16(1), u16(1), []byte("\x05Serif")))
}

// spoken is a sample: a text, and a style for some of its characters.
func spoken(text string, style ...int) []byte {
	s := join(u16(len(text)), []byte(text))
	if len(style) == 3 {
		s = join(s, box("styl", u16(1), u16(style[0]), u16(style[1]), u16(1), []byte{byte(style[2]), 18, 255, 255, 255, 255}))
	}
	return s
}

// textTrack is a second of subtitles: two, that which is not what it says, and one.
func textTrack() *builder {
	return &builder{timescale: 1000, movie: 1000, entry: tx3g(-1, 0, 48, 0), perChunk: 2, handler: "sbtl", id: 9,
		samples:   [][]byte{spoken(""), spoken("one", 0, 3, 2), spoken(""), spoken("\xfe\xff\x00t\x00w\x00o"), {0, 9, 'x'}, spoken("three")},
		durations: []int{100, 200, 100, 200, 100, 300}}
}

// withTexts is a file of pictures with such tracks.
func withTexts(film *builder, texts ...*builder) []byte {
	const head = 24
	data := join(film.samples...)
	film.extra = nil
	for _, b := range texts {
		film.extra = append(film.extra, b.trak(b.tables(head+len(data)))...)
		data = join(data, join(b.samples...))
	}
	return join(box("ftyp", []byte("M4A \x00\x00\x00\x00")), box("mdat", data), film.moov(head))
}

// textFragments are two pictures and then three in fragments that begin five seconds
// late, with a subtitle in the second.
func textFragments() []byte {
	film := filmTrack(1)
	film.samples, film.durations, film.edits, film.more = nil, nil, nil, nil
	text := textTrack()
	text.samples, text.durations = nil, nil
	preset := func(id, ticks int) []byte { return full("trex", 0, 0, u32(id), u32(1), u32(ticks), u32(12), u32(0)) }
	moov := box("moov", full("mvhd", 0, 0, make([]byte, 8), u32(1000), make([]byte, 84)), film.trak(film.tables(0)), text.trak(text.tables(0)),
		box("mvex", preset(7, 1), preset(9, 100)))
	file := join(box("ftyp", []byte("M4A \x00\x00\x00\x00")), moov)
	moof := func(pictures, at int, text []byte) {
		make := func(offset int) []byte {
			runs := box("traf", full("tfhd", 0, 0x20000, u32(7)), full("tfdt", 0, 0, u32(at)), full("trun", 0, 1, u32(pictures), u32(offset)))
			if text != nil {
				runs = join(runs, box("traf", full("tfhd", 0, 0x20000, u32(9)), full("tfdt", 1, 0, u64(at*40+10)),
					full("trun", 0, 0x301, u32(1), u32(offset+12*pictures), u32(60), u32(len(text)))))
			}
			return box("moof", full("mfhd", 0, 0, u32(1)), runs)
		}
		m := make(0)
		file = join(file, make(len(m)+8), box("mdat", bytes.Repeat([]byte("a picture..."), pictures), text))
	}
	moof(2, 125, nil)
	moof(3, 127, spoken("late"))
	return file
}

// given are a track's packets, of which each must come right before the first picture
// that is shown then or later.
func given(t *testing.T, all []media.Packet, id, film int) (texts []media.Packet) {
	t.Helper()
	last := int64(math.MinInt64)
	for i, p := range all {
		if p.Stream == film {
			last = max(last, p.PTS)
		}
		if p.Stream != id {
			continue
		}
		texts = append(texts, p)
		next := slices.IndexFunc(all[i:], func(p media.Packet) bool { return p.Stream == film })
		if last >= p.PTS || next >= 0 && all[i+next].PTS < p.PTS {
			t.Errorf("the subtitle of %v is behind a picture of %v", time.Duration(p.PTS), time.Duration(last))
		}
	}
	return texts
}

// checkTexts compares texts with what they are to be: start and length in milliseconds.
func checkTexts(t *testing.T, got []media.Packet, want ...[2]int64) {
	t.Helper()
	var have [][2]int64
	for _, p := range got {
		if have = append(have, [2]int64{p.PTS / 1e6, p.Length / 1e6}); !p.Key {
			t.Error("a subtitle that can't be read alone")
		}
	}
	if !slices.Equal(have, want) {
		t.Errorf("subtitles at %v, want %v", have, want)
	}
}

func TestTexts(t *testing.T) {
	b := textTrack()
	b.language = 0x15c7 // eng
	foreign := textTrack()
	foreign.id, foreign.entry, foreign.handler, foreign.inMedia = 10, box("stpp", make([]byte, 40)), "subt", full("elng", 0, 0, []byte("zh-Hant\x00"))
	file := withTexts(filmTrack(25), b, foreign)
	s := open(t, file).Streams()
	if len(s) != 3 || s[1].Kind != media.Subtitle || s[1].Codec != media.TimedText || s[1].Language != "eng" || !bytes.Equal(s[1].Config, b.entry[16:46]) ||
		s[2].Kind != media.Subtitle || s[2].Codec != "ttml" || s[2].Language != "zh-Hant" {
		t.Fatalf("%+v", s)
	}
	all, damaged := playertest.ReadAll(t, open(t, file), 100)
	texts := given(t, all, 9, 7)
	checkTexts(t, texts, [2]int64{100, 200}, [2]int64{400, 200}, [2]int64{600, 100}, [2]int64{700, 300})
	if len(all) != 25+len(texts) || damaged != 0 || !bytes.Equal(texts[0].Data, b.samples[1]) || !bytes.Equal(file[texts[3].Pos:][:7], b.samples[5]) {
		t.Errorf("%d packets, damage %d times: %+v", len(all), damaged, texts)
	}
}

// Edit lists shift subtitles, and what they cut away is not given. The sound's silence
// is not made for them either.
func TestTextEdits(t *testing.T) {
	b := textTrack()
	b.edits = [][2]int{{50, -1}, {750, 250}}
	all, _ := playertest.ReadAll(t, open(t, withTexts(filmTrack(25), b)), 100)
	checkTexts(t, given(t, all, 9, 7), [2]int64{50, 50}, [2]int64{200, 200}, [2]int64{400, 100}, [2]int64{500, 300})
	sound := aacTrack(4)
	sound.id, sound.edits = 5, [][2]int{{30, -1}, {60, 0}}
	d := open(t, withTexts(filmTrack(25), b, sound))
	all, _ = playertest.ReadAll(t, d, 100)
	texts := slices.DeleteFunc(all, func(p media.Packet) bool { return p.Stream != 9 })
	checkTexts(t, texts, [2]int64{20, 50}, [2]int64{170, 200}, [2]int64{370, 100}, [2]int64{470, 300})
}

// What cannot be read is passed over, and takes no memory: nothing else is lost.
func TestTextDamage(t *testing.T) {
	b := textTrack()
	good := withTexts(filmTrack(25), b)
	sizes := bytes.LastIndex(good, []byte("stsz")) + 16
	places := bytes.LastIndex(good, []byte("stco")) + 12
	whole := [][2]int64{{100, 200}, {400, 200}, {600, 100}, {700, 300}}
	for name, c := range map[string]struct {
		at, value int
		want      [][2]int64
	}{
		"a size":                  {sizes + 4, 1 << 30, [][2]int64{whole[1], whole[2], whole[3]}},
		"one beyond the file":     {sizes + 20, 100_000, whole[:3]},
		"a place":                 {places + 4, 1<<31 - 1, [][2]int64{whole[0], whole[2], whole[3]}},
		"a place beyond the file": {places + 8, len(good), [][2]int64{whole[0], whole[1]}},
	} {
		bad := bytes.Clone(good)
		copy(bad[c.at:], u32(c.value))
		for _, size := range []int64{int64(len(bad)), -1} {
			d, err := mp4.New(bytes.NewReader(bad), size)
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			all, damaged := playertest.ReadAll(t, d, 100)
			runtime.ReadMemStats(&after)
			texts := slices.DeleteFunc(slices.Clone(all), func(p media.Packet) bool { return p.Stream != 9 })
			if checkTexts(t, texts, c.want...); len(all) != 25+len(texts) || damaged != 0 {
				t.Errorf("%s: %d packets, damage %d times", name, len(all), damaged)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 400<<10 {
				t.Errorf("%s: %d bytes allocated", name, used)
			}
		}
	}
	for name, entry := range map[string][]byte{"cut off": tx3g(0, 0, 0, 0)[:40], "no entry": nil} {
		b.entry = entry
		if len(entry) > 0 {
			copy(entry, u32(len(entry)))
		}
		all, _ := playertest.ReadAll(t, open(t, withTexts(filmTrack(25), b)), 100)
		if len(all) != 25 {
			t.Errorf("an entry that is %s: %d packets", name, len(all))
		}
	}
}

// Samples of other descriptions are given where these are of the same type.
func TestTextDescriptions(t *testing.T) {
	for second, want := range map[string]int{"tx3g": 4, "text": 0} {
		b := textTrack()
		b.entry = join(b.entry, box(second, make([]byte, 38)))
		file := withTexts(filmTrack(25), b)
		at := bytes.LastIndex(file, []byte("stsc")) + 12
		copy(file[at+8:], u32(2))
		all, _ := playertest.ReadAll(t, open(t, file), 100)
		if n := len(given(t, all, 9, 7)); n != want {
			t.Errorf("beside %s: %d subtitles, want %d", second, n, want)
		}
	}
}

// A track of chapters is not one of subtitles.
func TestTextChapters(t *testing.T) {
	film := filmTrack(25)
	film.beside = box("tref", box("chap", u32(9)))
	d := open(t, withTexts(film, textTrack()))
	if all, _ := playertest.ReadAll(t, d, 100); len(d.Streams()) != 1 || len(all) != 25 {
		t.Errorf("%d packets of %+v", len(all), d.Streams())
	}
}

// QuickTime's own text has another entry, and numbers for its languages.
func TestQuickTimeText(t *testing.T) {
	b := textTrack()
	b.handler, b.down, b.language = "text", 180, 2
	b.entry = box("text", make([]byte, 6), u16(1), make([]byte, 14), u16(3), u16(0), u16(60), u16(64), make([]byte, 10), u16(2), make([]byte, 9), []byte("\x06Geneva"))
	d := open(t, withTexts(filmTrack(25), b))
	s := d.Streams()[1]
	want := bytes.Clone(b.entry[16:50])
	copy(want[14:], join(u16(183), u16(0), u16(240)))
	if s.Codec != media.QuickTimeText || s.Language != "deu" || !bytes.Equal(s.Config, want) {
		t.Errorf("%+v", s)
	}
	all, _ := playertest.ReadAll(t, d, 100)
	if texts := given(t, all, 9, 7); len(texts) != 4 {
		t.Errorf("%+v", texts)
	}
}

// The language is that of elng where it is one, or of mdhd.
func TestLanguages(t *testing.T) {
	for i, c := range []struct {
		number int
		tag    string
		want   string
	}{{0x7fff, "", ""}, {0x55c4, "", ""}, {0, "", ""}, {33, "", "zho"}, {34, "", ""}, {0x15c7, "", "eng"}, {0x15c7, "en-GB\x00", "en-GB"},
		{0x15c7, "und\x00", "eng"}, {0x15c7, "a b\x00", "eng"}, {0x15c7, string(make([]byte, 60)), "eng"}, {33, "zh-Hans", "zh-Hans"}} {
		b := textTrack()
		if b.language = c.number; c.tag != "" {
			b.inMedia = full("elng", 0, 0, []byte(c.tag))
		}
		if got := open(t, withTexts(filmTrack(25), b)).Streams()[1].Language; got != c.want {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
}

// In fragments subtitles have the times that these say, counted from the first
// picture's fragment.
func TestTextFragments(t *testing.T) {
	b := textFragments()
	d := open(t, b)
	all, damaged := playertest.ReadAll(t, d, 100)
	texts := given(t, all, 9, 7)
	if checkTexts(t, texts, [2]int64{90, 60}); len(all) != 6 || damaged != 0 || string(texts[0].Data[2:]) != "late" {
		t.Errorf("damage %d times: %+v", damaged, all)
	}
	for at, want := range map[time.Duration]int{0: 1, 100e6: 1, 149e6: 1, 200e6: 1} { // the last one also behind its end: nothing follows
		if err := d.Seek(at); err != nil {
			t.Fatal(err)
		}
		all, _ := playertest.ReadAll(t, d, 100)
		if texts := slices.DeleteFunc(all, func(p media.Packet) bool { return p.Stream != 9 }); len(texts) != want {
			t.Errorf("behind %v there are %+v", at, texts)
		}
	}
}

// A subtitle that ends between the ticks of two clocks, with the picture, is there.
func TestTextSeekTicks(t *testing.T) {
	film, b := filmTrack(9), textTrack()
	film.timescale, film.edits, film.more = 30, nil, nil
	b.samples, b.durations = [][]byte{spoken("before"), spoken("with"), spoken("then")}, []int{10, 24, 100}
	d := open(t, withTexts(film, b))
	if err := d.Seek(34 * time.Millisecond); err != nil { // the picture is that of 33.3 ms
		t.Fatal(err)
	}
	all, _ := playertest.ReadAll(t, d, 100)
	checkTexts(t, given(t, all, 9, 7), [2]int64{10, 24}, [2]int64{34, 100})
}

const said = "1\n00:00:00,500 --> 00:00:01,500\nHello <i>you</i>\nthere\n\n2\n00:00:01,600 --> 00:00:01,900\nGrößer 歌\n\n3\n00:00:02,400 --> 00:00:03,000\nlast\n"

// talks has ffmpeg make films with subtitles in two tracks, and chapters.
func talks(t *testing.T) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, text := range map[string]string{"a.srt": said, "a.meta": ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=1000\nEND=3000\ntitle=Two\n"} {
		if err := os.WriteFile(at(name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	kinds := map[string][]string{"plain.mp4": nil, "front.mp4": {"-movflags", "+faststart"}, "quick.mov": nil, "silent.mp4": {"-an"},
		"fragments.mp4": {"-movflags", "+frag_keyframe+empty_moov"}, "mixed.mp4": {"-movflags", "+frag_keyframe", "-frag_duration", "700000"}}
	args := []string{"-f", "lavfi", "-i", playertest.Film, "-i", at("a.srt"), "-i", at("a.meta")}
	for name, more := range kinds {
		args = append(args, "-map", "0", "-map", "1", "-map", "1", "-map_metadata", "2", "-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "aac", "-c:s", "mov_text", "-metadata:s:s:1", "language=spa")
		args = append(append(args, more...), at(name))
	}
	playertest.FFmpeg(t, args...)
	all := map[string][]byte{}
	for name := range kinds {
		b, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = b
	}
	return all
}

// embedded are a file's tracks of subtitles, with nothing in them yet, and its pictures.
func embedded(t *testing.T, d player.Demuxer) (all map[int]*subtitle.Embedded, film int) {
	t.Helper()
	all = map[int]*subtitle.Embedded{}
	for _, s := range d.Streams() {
		if e := subtitle.NewEmbedded(s); e != nil {
			all[s.ID] = e
			if want := [...]string{"", "spa"}[len(all)-1]; s.Language != want {
				t.Errorf("track %d is in %q, want %q", s.ID, s.Language, want)
			}
		}
		if s.Kind == media.Video {
			film = s.ID
		}
	}
	if len(all) != 2 {
		t.Fatalf("%+v", d.Streams())
	}
	return all, film
}

// What ffmpeg makes of SubRip is read as that, and a seek gives what is on the screen.
func TestTextsOfFFmpeg(t *testing.T) {
	want, err := subtitle.Parse([]byte(said), media.Rational{})
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range talks(t) {
		t.Run(name, func(t *testing.T) {
			d := open(t, b)
			straight, film := embedded(t, d)
			all, damaged := playertest.ReadAll(t, d, 1000)
			first := int64(math.MaxInt64) // a fragmented file says nothing of where its pictures begin
			for i := range all {
				if p := &all[i]; p.Stream == film {
					first = min(first, p.PTS)
				} else if e := straight[p.Stream]; e != nil {
					e.Add(p)
				}
			}
			ends := !bytes.Contains(b, []byte("moof")) // where ffmpeg leaves out gaps in fragments
			for id, e := range straight {
				given(t, all, id, film)
				var got []subtitle.Cue
				for i, c := range e.Cues {
					if c.Start, c.End = c.Start-time.Duration(first), c.End-time.Duration(first); !ends && i < len(want.Cues) {
						c.End = want.Cues[i].End
					}
					got = append(got, c)
				}
				if !reflect.DeepEqual(got, want.Cues) || damaged != 0 {
					t.Errorf("track %d: %+v, want %+v; damage %d times", id, got, want.Cues, damaged)
				}
			}
			for _, at := range []time.Duration{0, 499e6, 500e6, 900e6, 1499e6, 1500e6, 1650e6, 2000e6, 2400e6, 2900e6, 3900e6, 100e9} {
				textSeek(t, b, at, straight)
			}
			playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b) }, []time.Duration{0, 720e6, 1239e6, 3999e6}, 4096)
		})
	}
}

// textSeek seeks, and reads up to the picture of that time: what is shown with it, and
// with the first that comes, is known by then.
func textSeek(t *testing.T, b []byte, at time.Duration, straight map[int]*subtitle.Embedded) {
	t.Helper()
	d := open(t, b)
	texts, film := embedded(t, d)
	if err := d.Seek(at); err != nil {
		t.Fatal(err)
	}
	check := func(at time.Duration) {
		for id, e := range texts {
			all := straight[id].Cues
			if len(e.Cues) > 0 && e.Cues[0].End < at-time.Second && e.Cues[0] != all[len(all)-1] { // behind which none is
				t.Errorf("at %v the first of track %d ends at %v", at, id, e.Cues[0].End)
			}
			if got, want := fmt.Sprint(e.At(nil, at)), fmt.Sprint(straight[id].At(nil, at)); got != want {
				t.Errorf("track %d at %v: %s, want %s", id, at, got, want)
			}
		}
	}
	var p media.Packet
	for begun := false; d.ReadPacket(&p) == nil; {
		if e := texts[p.Stream]; e != nil {
			e.Add(&p)
		}
		if p.Stream == film {
			if now := time.Duration(p.PTS); !begun || now >= at {
				check(now)
			}
			if begun = true; time.Duration(p.PTS) >= at {
				break
			}
		}
	}
	check(at)
}

func TestTextAllocations(t *testing.T) {
	d := open(t, talks(t)["plain.mp4"])
	p := media.Packet{Data: make([]byte, 0, 64<<10)}
	texts := 0
	if n := testing.AllocsPerRun(200, func() {
		if err := d.ReadPacket(&p); err != nil {
			t.Fatal(err)
		}
		if p.Length > 0 {
			texts++
		}
	}); n != 0 || texts < 4 {
		t.Errorf("%v allocations a packet, of which %d are subtitles", n, texts)
	}
}
