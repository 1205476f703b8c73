package mkv_test

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"testing"
	"time"

	"linnet/player"
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
	{"sp.mkv", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-c:a", "aac"}},
	{"asp.mkv", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "libmp3lame", "-cluster_time_limit", "300"}},
	{"asp live.mkv", media.MPEG4, true, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-c:a", "libvorbis", "-live", "1", "-cluster_time_limit", "300"}},
	{"mpeg2.mkv", media.MPEG2Video, true, []string{"-c:v", "mpeg2video", "-g", "12", "-bf", "2", "-c:a", "mp2", "-cluster_size_limit", "9000"}},
	{"mpeg1.mkv", media.MPEG1Video, true, []string{"-c:v", "mpeg1video", "-g", "12", "-bf", "2", "-c:a", "flac"}},
	{"mjpeg.mkv", media.MJPEG, true, []string{"-c:v", "mjpeg", "-c:a", "pcm_s16le", "-reserve_index_space", "2000"}},
	{"silent.mkv", media.MPEG4, false, []string{"-c:v", "mpeg4", "-g", "10", "-bf", "2", "-an"}},
	{"silent mjpeg.mkv", media.MJPEG, false, []string{"-c:v", "mjpeg", "-an", "-cluster_time_limit", "100"}},
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
			if n := s.Length; n < 3900*time.Millisecond || n > 4120*time.Millisecond {
				t.Errorf("%v long", n)
			}
			all, damaged := playertest.ReadAll(t, open(t, b), 10000)
			shown, keys := times(all, s.ID)
			base := slices.Min(slices.Collect(maps.Keys(shown))) // an encoder's delay of the sound is before it
			for i := range int64(100) {
				if !shown[base+i*40e6] || base < 0 || base > 100e6 {
					t.Fatalf("there is no picture %d: %v", i, shown)
				}
			}
			if len(shown) != 100 || damaged != 0 || keys < 9 || (keys == 100) != (f.codec == media.MJPEG) {
				t.Errorf("%d pictures, %d keys, damage %d times", len(shown), keys, damaged)
			}
			playertest.VideoSeeks(t, func() player.Demuxer { return open(t, b) }, targets, 4096)
		})
	}
}

// times are those of a stream's packets, and how many of them are keys.
func times(all []media.Packet, stream int) (shown map[int64]bool, keys int) {
	shown = map[int64]bool{}
	for _, p := range all {
		if p.Stream == stream {
			shown[p.PTS] = true
			if p.Key {
				keys++
			}
		}
	}
	return shown, keys
}

// filmEntry is a track of pictures of 64 by 48.
func filmEntry(number uint64, codec string, more ...[]byte) []byte {
	video := el(0xe0, num(0xb0, 64), num(0xba, 48), num(0x54b0, 96), num(0x54ba, 54))
	return el(0xae, append([][]byte{num(0xd7, number), num(0x83, 1), str(0x86, codec), video}, more...)...)
}

// of puts a block of track 1 into another.
func of(number byte, block []byte) []byte {
	i := bytes.Index(block, []byte{0x81})
	b := bytes.Clone(block)
	b[i] = 0x80 | number
	return b
}

// bitmap is a BITMAPINFOHEADER.
func bitmap(code string, config ...byte) []byte {
	b := make([]byte, 40)
	binary.LittleEndian.PutUint32(b, uint32(40+len(config)))
	copy(b[16:], code)
	return append(b, config...)
}

// plainFilm is three pictures in 120 ms, of which the first and the last are keys.
func plainFilm(number byte) []byte {
	key := func(rel int, b ...byte) []byte {
		s := simple(rel, laceNone, b)
		s[len(s)-len(b)-1] |= 0x80
		return of(number, s)
	}
	group := of(number, el(0xa0, el(0xa1, blockBody(40, laceNone, []byte{2})), num(0xfb, 0)))
	return cluster(0, key(0, 1, 1), group, key(80, 3))
}

// What a track says of its pictures is told.
func TestFilmTracks(t *testing.T) {
	for _, c := range []struct {
		entry []byte
		want  media.Stream
	}{
		{filmEntry(1, "V_MJPEG", num(0x23e383, 40000000)), media.Stream{Codec: media.MJPEG, Video: media.VideoFormat{Rate: media.Rational{Num: 25, Den: 1}}}},
		{filmEntry(1, "V_MPEG1", num(0x23e383, 41708333), el(0x63a2, []byte{9})), media.Stream{Codec: media.MPEG1Video, Config: []byte{9}, Video: media.VideoFormat{Rate: media.Rational{Num: 24000, Den: 1001}}}},
		{filmEntry(1, "V_MPEG4/ISO/ASP", num(0x23e383, 33366667)), media.Stream{Codec: media.MPEG4, Video: media.VideoFormat{Rate: media.Rational{Num: 30000, Den: 1001}}}},
		{filmEntry(1, "V_MPEG4/ISO/SP", num(0x23e383, 123456789)), media.Stream{Codec: media.MPEG4, Video: media.VideoFormat{Rate: media.Rational{Num: 1000000000, Den: 123456789}}}},
		{filmEntry(1, "V_MS/VFW/FOURCC", el(0x63a2, bitmap("XviD", 7, 8))), media.Stream{Codec: media.MPEG4, Config: []byte{7, 8}, DecodeOrder: true}},
		{filmEntry(1, "V_QUICKTIME", el(0x63a2, []byte("\x00\x00\x00\x56mp4v\x00\x00"))), media.Stream{Codec: media.MPEG4}},
	} {
		b := file(c.entry, plainFilm(1))
		got := open(t, b).Streams()[0]
		v := got.Video
		if got.Kind != media.Video || got.Codec != c.want.Codec || !bytes.Equal(got.Config, c.want.Config) || got.DecodeOrder != c.want.DecodeOrder || v.Rate != c.want.Video.Rate || v.Aspect != (media.Rational{Num: 4, Den: 3}) || v.Width != 64 || v.Height != 48 {
			t.Errorf("%+v, want %+v", got, c.want)
		}
		all, _ := playertest.ReadAll(t, open(t, b), 100)
		if len(all) != 3 || !all[0].Key || all[1].Key != (got.Codec == media.MJPEG) || !all[2].Key || all[2].PTS != 80e6 || all[0].Data[1] != 1 {
			t.Errorf("%s: %+v", got.Codec, all)
		}
	}
}

// Pictures that nobody can decode are listed, and not given out.
func TestForeignFilm(t *testing.T) {
	entries := [][]byte{filmEntry(2, "V_VP9"), filmEntry(3, "V_MS/VFW/FOURCC", el(0x63a2, bitmap("WMV3"))), filmEntry(4, "V_MPEG4/ISO/AVC"), filmEntry(5, "V_MJPEG", el(0x6d80, el(0x6240, el(0x5034, num(0x4254, 0)))))}
	b := file(slices.Concat(append(entries, pcmTrack())...), append([][]byte{plainFilm(2), plainFilm(5)}, pcmClusters(1)...)...)
	streams := open(t, b).Streams()
	if len(streams) != 5 || streams[0].Kind != media.Audio || streams[1].Codec != "vp9" || streams[2].Codec != "wmv3" || streams[3].Codec != "h264" {
		t.Fatalf("%+v", streams)
	}
	all, _ := playertest.ReadAll(t, open(t, b), 100)
	if len(all) != 5 || all[0].Stream != 1 {
		t.Errorf("%d packets", len(all))
	}
}

// A film whose sound can't be played, or has no packets, or of which only
// pictures are left, plays; and two films are both given out.
func TestFilmAlone(t *testing.T) {
	for name, c := range map[string]struct {
		sound []byte
		more  [][]byte
		want  int
	}{
		"AC-3":     {trackEntry(1, "A_AC3", 48000, 2, 0), [][]byte{cluster(0, simple(0, laceNone, []byte{1}))}, 3},
		"no sound": {pcmTrack(), nil, 3},
		"two":      {filmEntry(1, "V_MJPEG"), [][]byte{plainFilm(1)}, 6},
	} {
		b := file(append(c.sound, filmEntry(2, "V_MPEG4/ISO/ASP")...), append([][]byte{plainFilm(2)}, c.more...)...)
		d := open(t, b)
		if all, _ := playertest.ReadAll(t, d, 100); len(all) != c.want || len(d.Streams()) != 2 {
			t.Errorf("%s: %d packets, %+v", name, len(all), d.Streams())
		}
		if err := d.Seek(70 * time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if all, _ := playertest.ReadAll(t, d, 100); len(all) < 3 || all[0].PTS != 0 {
			t.Errorf("%s: %+v", name, all)
		}
		if err := d.Seek(80 * time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if all, _ := playertest.ReadAll(t, d, 100); len(all) != c.want/3 || all[0].PTS != 80e6 {
			t.Errorf("%s: %+v", name, all)
		}
	}
}

// Pictures have their times behind the start of the sound, whose encoder's
// delay is before that.
func TestFilmClock(t *testing.T) {
	var sound [][]byte
	for i := range 4 {
		sound = append(sound, cluster(uint64(200+100*i), simple(0, laceNone, counted(800*i, 800))))
	}
	b := file(append(pcmTrack(num(0x56aa, 12500000)), filmEntry(2, "V_MJPEG")...), append([][]byte{plainFilm(2)}, sound...)...)
	d := open(t, b)
	if s := d.Streams(); s[0].Delay != 100 || len(s) != 2 {
		t.Fatalf("%+v", s)
	}
	all, _ := playertest.ReadAll(t, d, 100)
	if all[0].Stream != 2 || all[0].PTS != -200e6 || all[2].PTS != -120e6 || all[3].PTS != 0 || all[3].Stream != 1 {
		t.Errorf("%+v", all)
	}
}

// A film that is cut off gives what is there.
func TestFilmTruncated(t *testing.T) {
	b := makeFilm(t, "film.mkv", "-c:v", "mpeg4", "-bf", "2", "-c:a", "mp2", "-cluster_time_limit", "300")
	whole, _ := playertest.ReadAll(t, open(t, b), 10000)
	for _, n := range []int{len(b) * 9 / 10, len(b) / 2, len(b) / 3} {
		all, _ := playertest.ReadAll(t, open(t, b[:n]), 10000)
		if len(all) < len(whole)*n/len(b)-20 || len(all) >= len(whole) {
			t.Errorf("%d packets of %d in %d bytes of %d", len(all), len(whole), n, len(b))
		}
		for i, p := range all {
			if !bytes.Equal(p.Data, whole[i].Data) || p.PTS != whole[i].PTS {
				t.Fatalf("packet %d differs", i)
			}
		}
	}
}

// Reading pictures costs no allocation.
func TestFilmAllocs(t *testing.T) {
	b := makeFilm(t, "film.mkv", "-c:v", "mpeg4", "-bf", "2", "-c:a", "mp2")
	d := open(t, b)
	var p media.Packet
	read := func() {
		if d.ReadPacket(&p) != nil {
			t.Fatal("the file is too short")
		}
	}
	for range 50 {
		read()
	}
	if n := testing.AllocsPerRun(100, read); n > 0 {
		t.Errorf("%v allocations a packet", n)
	}
}
