package mkv_test

import (
	"bytes"
	"compress/zlib"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/mkv"
	"linnet/player/media"
	"linnet/player/playertest"
	"linnet/player/subtitle"
	"linnet/player/vd/mpeg4"
)

// textEntry is a track of subtitles.
func textEntry(number uint64, codec string, more ...[]byte) []byte {
	return el(0xae, append([][]byte{num(0xd7, number), num(0x83, 17), str(0x86, codec)}, more...)...)
}

// said is a block of a track of subtitles that lasts so many milliseconds; below 0 it
// does not say.
func said(number byte, rel, ms int, text string) []byte {
	parts := [][]byte{el(0xa1, blockBody(rel, laceNone, []byte(text)))}
	if ms >= 0 {
		parts = append(parts, num(0x9b, uint64(ms)))
	}
	return of(number, el(0xa0, parts...))
}

func deflate(text string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(text))
	w.Close()
	return b.String()
}

// zipped says that a track's frames are compressed by zlib.
var zipped = el(0x6d80, el(0x6240, el(0x5034, num(0x4254, 0))))

// Subtitles that are text come with the pictures, those that are not are listed.
func TestTexts(t *testing.T) {
	entries := bytes.Join([][]byte{filmEntry(1, "V_MJPEG"), textEntry(2, "S_TEXT/UTF8", str(0x22b59c, "ger")),
		textEntry(3, "S_TEXT/ASS", str(0x63a2, "[V4+ Styles]"), zipped), textEntry(4, "S_SSA", num(0x23e383, 700e6)), textEntry(5, "S_VOBSUB"),
		textEntry(6, "S_TEXT/UTF8", el(0x6d80, el(0x6240, el(0x5034, num(0x4254, 1)))))}, nil)
	b := file(entries, plainFilm(1), cluster(0, said(2, 10, 50, "one"), said(3, 20, 60, deflate("two")), said(3, 21, 60, "not zlib"),
		said(3, 22, 60, deflate(strings.Repeat("x", 70000))), said(4, 30, -1, "three"), said(2, 40, -1, "four"), said(2, 41, 5, ""), said(5, 50, 10, "picture"), said(6, 60, 10, "bzip2")))
	streams := open(t, b).Streams()
	if len(streams) != 6 || streams[1].Kind != media.Subtitle || streams[1].Codec != media.SubRip || streams[1].Language != "ger" ||
		streams[2].Codec != media.ASS || string(streams[2].Config) != "[V4+ Styles]" || streams[3].Codec != media.ASS || streams[4].Codec != "S_VOBSUB" || streams[5].Codec != "S_TEXT/UTF8" {
		t.Fatalf("%+v", streams)
	}
	all, damaged := playertest.ReadAll(t, open(t, b), 100)
	want := []media.Packet{{Stream: 2, PTS: 10e6, Length: 50e6, Data: []byte("one")}, {Stream: 3, PTS: 20e6, Length: 60e6, Data: []byte("two")},
		{Stream: 4, PTS: 30e6, Length: 700e6, Data: []byte("three")}, {Stream: 2, PTS: 40e6, Data: []byte("four")}}
	if len(all) != 3+len(want) || damaged != 0 {
		t.Fatalf("%d packets, damaged %d: %+v", len(all), damaged, all)
	}
	for i, w := range want {
		if p := all[3+i]; p.Stream != w.Stream || p.PTS != w.PTS || p.Length != w.Length || !bytes.Equal(p.Data, w.Data) {
			t.Errorf("%+v, want %+v", p, w)
		}
	}
	if _, err := mkv.New(bytes.NewReader(file(textEntry(2, "S_TEXT/UTF8"), cluster(0, said(2, 0, 10, "x")))), -1); err == nil {
		t.Error("subtitles alone are a film")
	}
}

// What ffmpeg muxes as both kinds is read as what it was made of.
func TestTextsOfFFmpeg(t *testing.T) {
	dir := t.TempDir()
	srt, out := filepath.Join(dir, "a.srt"), filepath.Join(dir, "a.mkv")
	const text = "1\n00:00:00,500 --> 00:00:01,500\nHello <i>you</i>\nthere\n\n2\n00:00:01,600 --> 00:00:01,900\nSecond, and last\n"
	if err := os.WriteFile(srt, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=2", "-i", srt, "-map", "0", "-map", "1", "-map", "1", "-c:v", "mpeg4",
		"-c:s:0", "srt", "-c:s:1", "ass", "-metadata:s:s:1", "language=eng", out)
	d := open(t, read(t, out))
	texts := map[int]*subtitle.Embedded{}
	for _, s := range d.Streams() {
		if e := subtitle.NewEmbedded(s); e != nil {
			texts[s.ID] = e
		}
	}
	if len(texts) != 2 || d.Streams()[2].Language != "eng" {
		t.Fatalf("%+v", d.Streams())
	}
	all, _ := playertest.ReadAll(t, d, 1000)
	for i := range all {
		if e := texts[all[i].Stream]; e != nil {
			e.Add(&all[i])
		}
	}
	for id, e := range texts {
		c := e.Cues
		if len(c) != 2 || c[0].Text != "Hello you\nthere" || !c[0].Italic || c[0].Start != 500*time.Millisecond || c[0].End != 1500*time.Millisecond ||
			c[1].Text != "Second, and last" || c[1].Start != 1600*time.Millisecond {
			t.Errorf("track %d: %+v", id, c)
		}
	}
}

// H.263 as ffmpeg writes it into Matroska is decoded, and what is no baseline is
// named.
func TestH263(t *testing.T) {
	file := filepath.Join(t.TempDir(), "h263.mkv")
	playertest.FFmpeg(t, "-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=2", "-c:v", "h263", "-g", "10", file)
	b := read(t, file)
	d := open(t, b)
	s := d.Streams()[0]
	if s.Codec != media.MPEG4 || s.Video.Width != 128 {
		t.Fatalf("%+v", s)
	}
	dec, err := mpeg4.New(s)
	if err != nil {
		t.Fatal(err)
	}
	pictures := 0
	all, _ := playertest.ReadAll(t, d, 1000)
	for i := range all {
		pic, err := dec.Decode(&all[i])
		if err != nil {
			t.Fatal(err)
		}
		if pic != nil {
			pictures++
		}
	}
	if pic, err := dec.Decode(nil); err == nil && pic != nil {
		pictures++
	}
	if pictures != 50 {
		t.Errorf("%d pictures, want 50", pictures)
	}
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b) }, []time.Duration{0, 500e6, 1239e6}, 4096)
	playertest.FFmpeg(t, "-y", "-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=1[out0];sine=d=1[out1]", "-c:v", "h263p", "-umv", "1", "-c:a", "mp2", file)
	if s := open(t, read(t, file)).Streams()[1]; s.Codec != "h263" {
		t.Errorf("H.263 with options is %q", s.Codec)
	}
}
