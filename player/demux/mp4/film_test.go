package mp4_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/demux/mp4"
	"linnet/player/media"
	"linnet/player/playertest"
)

// films are what ffmpeg writes with pictures.
var films = []struct {
	name  string
	codec media.Codec
	sound bool
	args  []string
}{
	{"sp.mp4", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-c:a", "aac"}},
	{"asp.mp4", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "libmp3lame"}},
	{"asp front.mp4", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "aac", "-movflags", "+faststart"}},
	{"negative.mp4", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "aac", "-movflags", "+negative_cts_offsets"}},
	{"mpeg2.mp4", media.MPEG2Video, true, []string{"-c:v", "mpeg2video", "-g", "12", "-bf", "2", "-c:a", "aac"}},
	{"mpeg1.mp4", media.MPEG1Video, true, []string{"-c:v", "mpeg1video", "-g", "12", "-bf", "2", "-c:a", "aac"}},
	{"mjpeg.mp4", media.MJPEG, true, []string{"-c:v", "mjpeg", "-c:a", "aac"}},
	{"mjpeg.mov", media.MJPEG, true, []string{"-c:v", "mjpeg", "-c:a", "pcm_s16le"}},
	{"mpeg2.mov", media.MPEG2Video, true, []string{"-c:v", "mpeg2video", "-g", "12", "-bf", "2", "-c:a", "aac"}},
	{"silent.mp4", media.MPEG4, false, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-an"}},
	{"silent mjpeg.mov", media.MJPEG, false, []string{"-c:v", "mjpeg", "-an"}},
	{"fragments.mp4", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov"}},
	{"first in moov.mp4", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "1", "-c:a", "aac", "-movflags", "+frag_keyframe", "-frag_duration", "700000"}},
	{"silent dash.mp4", media.MPEG4, false, []string{"-c:v", "mpeg4", "-g", "10", "-an", "-movflags", "+dash+global_sidx"}},
}

// makeFilm makes four seconds of pictures, with sound.
func makeFilm(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	return playertest.FFmpegFile(t, playertest.Film, name, args...)
}

func TestFilms(t *testing.T) {
	targets := []time.Duration{0, 39e6, 400e6, 720e6, time.Second, 1239e6, 3999e6, 2e9, 100e9, 0}
	for _, f := range films {
		t.Run(f.name, func(t *testing.T) {
			b := makeFilm(t, f.name, f.args...)
			streams := open(t, b).Streams()
			if f.sound != (streams[0].Kind == media.Audio) {
				t.Fatalf("%+v", streams)
			}
			s := streams[len(streams)-1]
			if want := (media.VideoFormat{Width: 64, Height: 48, Rate: media.Rational{Num: 25, Den: 1}, Aspect: s.Video.Aspect}); s.Kind != media.Video || s.Codec != f.codec || s.Video != want || s.DecodeOrder {
				t.Fatalf("%+v", s)
			}
			if n := s.Length; n < 3900*time.Millisecond || n > 4080*time.Millisecond {
				t.Errorf("%v long", n)
			}
			all, damaged := playertest.ReadAll(t, open(t, b), 10000)
			shown, keys, pos := map[int64]bool{}, 0, int64(-1)
			for _, p := range all {
				if p.Pos <= pos {
					t.Fatalf("byte %d behind byte %d", p.Pos, pos)
				}
				pos = p.Pos
				if p.Stream == s.ID {
					shown[p.PTS] = true
					if p.Key {
						keys++
					}
				}
			}
			// A fragmented file says nothing of where its pictures begin.
			base := int64(0)
			if bytes.Contains(b, []byte("moof")) {
				base = slices.Min(slices.Collect(maps.Keys(shown)))
			}
			for i := range int64(100) {
				if !shown[base+i*40e6] || base > 80e6 {
					t.Fatalf("there is no picture %d: %v", i, shown)
				}
			}
			if len(shown) != 100 || damaged != 0 || keys < 9 || (keys == 100) != (f.codec == media.MJPEG) {
				t.Errorf("%d pictures, %d keys, damage %d times", len(shown), keys, damaged)
			}
			// An encoder's delay stands in front of the time sought.
			playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b) }, targets, 4096)
		})
	}
}

// The sound of a film is what it is alone.
func TestFilmSound(t *testing.T) {
	b := makeFilm(t, "film.mp4", "-c:v", "mpeg4", "-c:a", "aac", "-bitexact")
	alone := makeFilm(t, "alone.m4a", "-vn", "-c:a", "aac", "-bitexact")
	film, sound := open(t, b).Streams()[0], open(t, alone).Streams()[0]
	if film.Frames != sound.Frames || film.Delay != sound.Delay || film.Padding != sound.Padding {
		t.Errorf("%+v, alone %+v", film, sound)
	}
	all, _ := playertest.ReadAll(t, open(t, b), 10000)
	want, _ := playertest.ReadAll(t, open(t, alone), 10000)
	for _, p := range all {
		if p.Stream != film.ID {
			continue
		}
		if len(want) == 0 || !bytes.Equal(want[0].Data, p.Data) || want[0].PTS != p.PTS {
			t.Fatalf("other sound at frame %d", p.PTS)
		}
		want = want[1:]
	}
	if len(want) > 0 {
		t.Errorf("%d packets are missing", len(want))
	}
}

// A file of pictures that nobody decodes opens, and gives nothing.
func TestForeignFilm(t *testing.T) {
	b := makeFilm(t, "film.mp4", "-c:v", "mpeg4", "-an")
	b = bytes.Replace(b, []byte("mp4v"), []byte("hvc1"), 1)
	i := bytes.Index(b, []byte("esds"))
	copy(b[i:], "free")
	d := open(t, b)
	if s := d.Streams(); len(s) != 1 || s[0].Codec != "hevc" {
		t.Fatalf("%+v", s)
	}
	if all, damaged := playertest.ReadAll(t, d, 10); len(all) != 0 || damaged != 0 {
		t.Errorf("%d packets, damage %d times", len(all), damaged)
	}
}

// A single JPEG beside sound is a cover; alone it is a picture.
func TestCover(t *testing.T) {
	for _, sound := range []bool{true, false} {
		args := []string{"-c:v", "mjpeg", "-frames:v", "1", "-c:a", "aac"}
		if !sound {
			args = append(args, "-an")
		}
		s := open(t, makeFilm(t, "cover.mov", args...)).Streams()
		if len(s) != 1 || (s[0].Kind == media.Audio) != sound {
			t.Errorf("%+v", s)
		}
	}
}

// What is there of a cut film is given, and damage to the index stops nothing
// but what it is about.
func TestFilmDamage(t *testing.T) {
	b := makeFilm(t, "film.mp4", "-c:v", "mpeg4", "-bf", "2", "-c:a", "aac", "-movflags", "+faststart")
	whole, _ := playertest.ReadAll(t, open(t, b), 10000)
	n := len(b) * 3 / 4
	some, damaged := playertest.ReadAll(t, open(t, b[:n]), 10000)
	if damaged != 1 || len(some) < len(whole)/2 || len(some) >= len(whole) {
		t.Errorf("%d packets of %d, damage %d times", len(some), len(whole), damaged)
	}
	for i := bytes.Index(b, []byte("moov")); i < len(b)/8; i += 7 {
		bad := bytes.Clone(b)
		bad[i] ^= 0x55
		d, err := mp4.New(bytes.NewReader(bad), int64(len(bad)))
		var f *media.FormatError
		var u *media.UnsupportedError
		if err != nil && !errors.As(err, &f) && !errors.As(err, &u) {
			t.Fatal(err)
		}
		if err == nil {
			var p media.Packet
			for range 400 {
				if d.ReadPacket(&p) != nil {
					break
				}
			}
			if err := d.Seek(time.Second); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFilmAllocations(t *testing.T) {
	d := open(t, makeFilm(t, "film.mp4", "-c:v", "mpeg4", "-bf", "2", "-c:a", "aac"))
	p := media.Packet{Data: make([]byte, 0, 64<<10)}
	if n := testing.AllocsPerRun(150, func() {
		if err := d.ReadPacket(&p); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations a packet", n)
	}
}

// The fields of an index are what the packets say.
func TestFilmIndex(t *testing.T) {
	b := filmTrack(9).file()
	d := open(t, b)
	s := d.Streams()[0]
	if s.Codec != media.MPEG4 || s.Video.Aspect != (media.Rational{Num: 4, Den: 3}) || s.Length != 320*time.Millisecond {
		t.Errorf("%+v", s)
	}
	all, damaged := playertest.ReadAll(t, d, 100)
	if len(all) != 9 || damaged != 0 {
		t.Fatalf("%d packets, damage %d times", len(all), damaged)
	}
	for i, p := range all {
		if p.PTS != int64(i+i%2)*40e6 || p.Key != (i%4 == 0) || int(p.Data[1]) != i {
			t.Errorf("packet %d: %+v", i, p)
		}
	}
	playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b) }, []time.Duration{0, 159e6, 160e6, 1e9, 319e6, 320e6}, 0)
}

// A film whose sound nobody can decode plays without it.
func TestFilmForeignSound(t *testing.T) {
	b := makeFilm(t, "film.mov", "-c:v", "mjpeg", "-c:a", "ac3")
	d := open(t, b)
	if s := d.Streams(); len(s) != 2 || s[0].Kind != media.Video || s[1].Codec != "ac3" && s[1].Codec != "ac-3" {
		t.Errorf("%+v", s)
	}
	if all, _ := playertest.ReadAll(t, d, 1000); len(all) != 100 {
		t.Errorf("%d pictures", len(all))
	}
	sound := makeFilm(t, "sound.mov", "-vn", "-c:a", "ac3")
	var u *media.UnsupportedError
	if _, err := mp4.New(bytes.NewReader(sound), int64(len(sound))); !errors.As(err, &u) {
		t.Errorf("AC-3 alone: %v", err)
	}
}
