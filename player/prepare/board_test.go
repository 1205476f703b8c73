package prepare

import (
	"testing"
	"time"

	"linnet/player"
	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

var panel = Board{Width: 320, Height: 240, Rates: []int{44100, 22050}}

// streams is a demuxer that is only asked what there is.
type streams []media.Stream

func (s streams) Streams() []media.Stream        { return s }
func (streams) ReadPacket(p *media.Packet) error { panic("it is read") }
func (streams) Seek(time.Duration) error         { panic("it is sought in") }

func file(s ...media.Stream) *player.Media {
	unknown := &media.UnsupportedError{Stage: "test", Msg: "codec"}
	return &player.Media{
		Demuxer: streams(s),
		NewAudio: func(s media.Stream) (player.AudioDecoder, error) {
			if soundCosts[s.Codec] == 0 && s.Codec != media.PCMS16LE {
				return nil, unknown
			}
			return nil, nil
		},
		NewVideo: func(s media.Stream) (player.VideoDecoder, error) {
			if videoCosts[s.Codec] == 0 {
				return nil, unknown
			}
			return nil, nil
		},
	}
}

func sound(c media.Codec, rate, channels int) media.Stream {
	return media.Stream{Kind: media.Audio, Codec: c, Audio: media.AudioFormat{Rate: rate, Channels: channels}, Frames: int64(10 * rate)}
}

func film(c media.Codec, width, height, rate int) media.Stream {
	return media.Stream{Kind: media.Video, Codec: c, Video: media.VideoFormat{Width: width, Height: height, Rate: media.Rational{Num: rate, Den: 1}}}
}

func TestPlays(t *testing.T) {
	mp3, aac := sound(media.MP3, 44100, 2), sound(media.AAC, 44100, 2)
	for _, c := range []struct {
		why  string
		m    *player.Media
		size int64
		want bool
	}{
		{"MP3", file(mp3), 1, true},
		{"sound may be large", file(sound(media.PCMS16LE, 48000, 2)), 1 << 40, true},
		{"96 kHz", file(sound(media.FLAC, 96000, 2)), 1, false},
		{"5.1", file(sound(media.FLAC, 48000, 6)), 1, false},
		{"no decoder", file(sound("wmav2", 44100, 2)), 1, false},
		{"nothing", file(), 1, false},
		{"MPEG-1", file(film(media.MPEG1Video, 320, 240, 25), mp3), 1, true},
		{"MPEG-4", file(film(media.MPEG4, 320, 240, 25), mp3), 1, true},
		{"without sound", file(film(media.MPEG4, 320, 240, 25)), 1, true},
		{"several tracks", file(film(media.MPEG4, 320, 240, 25), aac, aac, aac, aac, aac), 1, true},
		{"a second track that nobody hears", file(film(media.MPEG4, 320, 240, 25), aac, sound("ac3", 48000, 6)), 1, true},
		{"too much together", file(film(media.MPEG4, 320, 240, 25), sound(media.Opus, 48000, 2)), 1, false},
		{"Motion JPEG", file(film(media.MJPEG, 320, 240, 25), mp3), 1, false},
		{"a small one", file(film(media.MJPEG, 160, 120, 25), mp3), 1, true},
		{"slowly", file(film(media.MJPEG, 320, 240, 12), mp3), 1, true},
		{"too wide", file(film(media.MPEG4, 352, 240, 25), mp3), 1, false},
		{"too high", file(film(media.MPEG4, 320, 256, 25), mp3), 1, false},
		{"30 pictures", file(film(media.MPEG4, 320, 240, 30), mp3), 1, false},
		{"H.264", file(film("h264", 320, 240, 25), mp3), 1, false},
		{"sound that is not played", file(film(media.MPEG4, 320, 240, 25), sound("ac3", 48000, 6)), 1, false},
		{"1 Mbit/s", file(film(media.MPEG4, 320, 240, 25), mp3), 10 * 1_000_000 / 8, true},
		{"2 Mbit/s", file(film(media.MPEG4, 320, 240, 25), mp3), 10 * 2_000_000 / 8, false},
	} {
		if got := panel.plays(c.m, c.size); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

func TestChoose(t *testing.T) {
	cover := ffmpeg.Stream{Kind: media.Video, Codec: "mjpeg", Cover: true}
	for _, c := range []struct {
		want    action
		streams []ffmpeg.Stream
	}{
		{0, nil},
		{0, []ffmpeg.Stream{cover}},
		{toLossless, []ffmpeg.Stream{cover, {Kind: media.Audio, Codec: "ape"}}},
		{toLossless, []ffmpeg.Stream{{Kind: media.Audio, Codec: "dsd_lsbf"}}},
		{toLossless, []ffmpeg.Stream{{Kind: media.Audio, Codec: "pcm_s24le"}}},
		{toAAC, []ffmpeg.Stream{{Kind: media.Audio, Codec: "pcm_mulaw"}}},
		{toAAC, []ffmpeg.Stream{{Kind: media.Audio, Codec: "wmav2"}, cover}},
		{toFilm, []ffmpeg.Stream{{Kind: media.Audio, Codec: "flac"}, {Kind: media.Video, Codec: "h264"}}},
	} {
		if got := choose(&ffmpeg.Info{Streams: c.streams}); got != c.want {
			t.Errorf("%+v: %d, want %d", c.streams, got, c.want)
		}
	}
}

func TestRate(t *testing.T) {
	if got := panel.rate(96000); got != 44100 {
		t.Errorf("a board that makes 44.1 kHz is given %d", got)
	}
	for from, want := range map[int]int{0: 48000, 8000: 8000, 44100: 44100, 48000: 48000, 64000: 48000, 88200: 44100, 96000: 48000, 176400: 44100, 192000: 48000, 2822400: 44100} {
		if got := (Board{}).rate(from); got != want {
			t.Errorf("%d becomes %d, want %d", from, got, want)
		}
	}
}

func TestPictures(t *testing.T) {
	for from, want := range map[media.Rational]media.Rational{
		{}:                      {Num: 25, Den: 1},
		{Num: 0, Den: 1}:        {Num: 25, Den: 1},
		{Num: 12, Den: 1}:       {Num: 12, Den: 1},
		{Num: 24000, Den: 1001}: {Num: 24000, Den: 1001},
		{Num: 25, Den: 1}:       {Num: 25, Den: 1},
		{Num: 30000, Den: 1001}: {Num: 25, Den: 1},
		{Num: 48, Den: 1}:       {Num: 48, Den: 2},
		{Num: 50, Den: 1}:       {Num: 50, Den: 2},
		{Num: 60000, Den: 1001}: {Num: 25, Den: 1}, // every third would be fewer than 20
		{Num: 60, Den: 1}:       {Num: 60, Den: 3},
		{Num: 120, Den: 1}:      {Num: 120, Den: 5},
		{Num: 1000, Den: 1}:     {Num: 1000, Den: 40},
	} {
		if got := pictures(from); got != want {
			t.Errorf("%v becomes %v, want %v", from, got, want)
		}
	}
}

// Names that would be the same are told apart, and those that stay have their own.
func TestName(t *testing.T) {
	jobs := []*job{{from: "a.ape", what: toLossless}, {from: "A.flac", what: copied}, {from: "a.wv", what: toLossless}, {from: "b.wma", what: toAAC},
		{from: "d.e/f.x.wma", what: toAAC}, {from: "a.ape.flac", what: copied}}
	want := []string{"a.ape 2.flac", "A.flac", "a.wv.flac", "b.m4a", "d.e/f.x.m4a", "a.ape.flac"}
	for _, j := range jobs {
		j.to = j.from
	}
	name(jobs)
	for i, j := range jobs {
		if j.to != want[i] {
			t.Errorf("%s becomes %s, want %s", j.from, j.to, want[i])
		}
	}
}

func TestRenamed(t *testing.T) {
	names := map[string]string{"x/a.wma": "x/a.m4a", "x/y/b.ape": "x/y/b.flac", "x/c.mp3": "x/c.mp3", "up.wv": "up.flac"}
	got := string(renamed([]byte("#EXTM3U\r\n#a.wma\na.wma\r\ny\\b.ape\n./y/b.ape\n../up.wv\nc.mp3\nother.wma\nFile1=a.wma\nTitle1=a.wma\na.wma"), "x", names))
	want := "#EXTM3U\r\n#a.wma\na.m4a\r\ny\\b.flac\n./y/b.flac\n../up.flac\nc.mp3\nother.wma\nFile1=a.m4a\nTitle1=a.wma\na.m4a"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMeter(t *testing.T) {
	var got []time.Duration
	m := &meter{at: func(d time.Duration) { got = append(got, d) }}
	for _, s := range []string{"frame=1\nout_ti", "me_us=N/A\nout_time_us=1500", "000\r\nout_time_us=-5\nprogress=continue\n", "out_time_us=2000000\nprogress=end\n"} {
		if n, err := m.Write([]byte(s)); n != len(s) || err != nil {
			t.Fatal(n, err)
		}
	}
	if len(got) != 2 || got[0] != 1500*time.Millisecond || got[1] != 2*time.Second {
		t.Error(got)
	}
}
