package mkv_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/ad/aac"
	"linnet/player/ad/alac"
	"linnet/player/ad/flac"
	"linnet/player/ad/mp3"
	"linnet/player/ad/pcm"
	"linnet/player/ad/vorbis"
	"linnet/player/demux/mkv"
	"linnet/player/demux/ogg"
	"linnet/player/internal/opus"
	"linnet/player/media"
	"linnet/player/playertest"
)

func newDecoder(s media.Stream) (player.AudioDecoder, error) {
	switch s.Codec {
	case media.AAC:
		return aac.New(s)
	case media.ALAC:
		return alac.New(s)
	case media.FLAC:
		return flac.New(s)
	case media.Vorbis:
		return vorbis.New(s)
	case media.MP1, media.MP2, media.MP3:
		return mp3.New(s)
	}
	return pcm.New(s)
}

func open(t testing.TB, b []byte) *mkv.Demuxer {
	t.Helper()
	d, err := mkv.New(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// muxed are what ffmpeg writes: file name and options.
var muxed = []struct {
	name  string
	args  []string
	lossy bool
}{
	{"vorbis.mka", []string{"-c:a", "libvorbis"}, true},
	{"vorbis.webm", []string{"-c:a", "libvorbis", "-cluster_time_limit", "300"}, true},
	{"vorbis live.webm", []string{"-c:a", "libvorbis", "-live", "1", "-cluster_time_limit", "300"}, true},
	{"flac.mka", []string{"-c:a", "flac", "-cluster_time_limit", "300"}, false},
	{"flac24.mkv", []string{"-c:a", "flac", "-sample_fmt", "s32", "-cluster_time_limit", "200"}, false},
	{"aac.mka", []string{"-c:a", "aac", "-cluster_time_limit", "300"}, true},
	{"mp3.mka", []string{"-c:a", "libmp3lame", "-cluster_time_limit", "300"}, true},
	{"mp3 low.mka", []string{"-c:a", "libmp3lame", "-ar", "22050", "-b:a", "8k", "-cluster_time_limit", "300"}, true},
	{"mp2.mka", []string{"-c:a", "mp2", "-cluster_time_limit", "300"}, true},
	{"alac.mka", []string{"-c:a", "alac", "-cluster_time_limit", "300"}, false},
	{"alac cues front.mka", []string{"-c:a", "alac", "-cluster_time_limit", "300", "-reserve_index_space", "2000"}, false},
	{"s16le.mka", []string{"-c:a", "pcm_s16le", "-cluster_time_limit", "300"}, false},
	{"s16be.mka", []string{"-c:a", "pcm_s16be"}, false},
	{"s24le.mka", []string{"-c:a", "pcm_s24le"}, false},
	{"s32le.mka", []string{"-c:a", "pcm_s32le"}, false},
	{"f32.mka", []string{"-c:a", "pcm_f32le"}, false},
	{"f64.mka", []string{"-c:a", "pcm_f64le"}, false},
	{"u8 live.mkv", []string{"-c:a", "pcm_u8", "-live", "1", "-cluster_time_limit", "300"}, false},
}

// What ffmpeg muxes is found whole, to the frame and wherever a seek goes, and
// of lossless codings it is what ffmpeg finds.
func TestAgainstFFmpeg(t *testing.T) {
	const frames = 99225 // no multiple of a packet's
	dir := t.TempDir()
	args := []string{"-y", "-f", "lavfi", "-i", fmt.Sprintf("aevalsrc=0.5*sin(900*t*t)+0.1*random(0)*mod(floor(t*9)\\,2)|0.4*sin(2000*t):s=44100:d=%g", frames/44100.)}
	for _, m := range muxed {
		args = append(append(args, m.args...), filepath.Join(dir, m.name))
	}
	playertest.FFmpeg(t, args...)
	for _, m := range muxed {
		t.Run(m.name, func(t *testing.T) {
			file := filepath.Join(dir, m.name)
			b := read(t, file)
			playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
			d := open(t, b)
			s := d.Streams()[0]
			if s.Estimated || !m.lossy && (s.Frames != frames || s.Delay != 0) {
				t.Errorf("%d frames, want %d: %+v", s.Frames, frames, s)
			}
			got, err := playertest.Samples(d, newDecoder)
			if err != nil {
				t.Fatal(err)
			}
			want := playertest.FFmpegSamples(t, file)[0]
			if n := int64(len(want) / 2); s.Frames != n {
				t.Errorf("%d frames, ffmpeg decodes %d", s.Frames, n)
			}
			if !m.lossy {
				playertest.SameSamples(t, got, want, 2)
			}
		})
	}
}

// A stream in Matroska has the packets that it has in Ogg, in the same
// places, and is trimmed to as many frames.
func TestAgainstOgg(t *testing.T) {
	dir := t.TempDir()
	for _, codec := range []string{"libvorbis", "libopus"} {
		t.Run(codec, func(t *testing.T) {
			in, out := filepath.Join(dir, codec+".ogg"), filepath.Join(dir, codec+".mka")
			playertest.FFmpeg(t, "-y", "-f", "lavfi", "-i", "aevalsrc=0.5*sin(900*t*t)|0.4*sin(2000*t):s=48000:d=1.2345", "-c:a", codec, in, "-c:a", codec, "-cluster_time_limit", "250", out)
			b := read(t, in)
			other, err := ogg.New(bytes.NewReader(b), int64(len(b)))
			if err != nil {
				t.Fatal(err)
			}
			d := open(t, read(t, out))
			got, want := d.Streams()[0], other.Streams()[0]
			if codec != "libvorbis" && (got.Frames != want.Frames || got.Delay != want.Delay || got.Padding != want.Padding) {
				t.Errorf("%d frames, delay %d, padding %d; in Ogg %d, %d, %d", got.Frames, got.Delay, got.Padding, want.Frames, want.Delay, want.Padding)
			}
			mine, theirs := playertest.Packets(d, 1<<20), playertest.Packets(other, 1<<20)
			if len(mine) != len(theirs) {
				t.Fatalf("%d packets, in Ogg %d", len(mine), len(theirs))
			}
			for i := range mine {
				if !bytes.Equal(mine[i].Data, theirs[i].Data) || mine[i].PTS != theirs[i].PTS {
					t.Fatalf("packet %d: PTS %d, in Ogg %d; the same bytes: %v", i, mine[i].PTS, theirs[i].PTS, bytes.Equal(mine[i].Data, theirs[i].Data))
				}
			}
		})
	}
}

// Seeking in Opus gives the packets of a straight read, early enough.
func TestOpusSeek(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.webm")
	playertest.FFmpeg(t, "-y", "-f", "lavfi", "-i", "sine=d=3:r=48000", "-c:a", "libopus", "-frame_duration", "2.5", "-cluster_time_limit", "400", file)
	d := open(t, read(t, file))
	s := d.Streams()[0]
	if s.Frames != 3*48000 || s.Delay != 120 && s.Delay != 312 {
		t.Errorf("%+v", s)
	}
	straight := playertest.Packets(d, 1<<20)
	for frame := int64(0); frame < s.Frames; frame += 997 {
		if err := d.Seek(s.Audio.Duration(frame)); err != nil {
			t.Fatal(err)
		}
		p := playertest.Packets(d, 1)[0]
		want := max(frame+s.Delay-opus.Preroll, 0) / 120
		if p.PTS != want*120 || !bytes.Equal(p.Data, straight[want].Data) {
			t.Fatalf("frame %d: PTS %d, want %d", frame, p.PTS, want*120)
		}
	}
}

func TestTags(t *testing.T) {
	dir := t.TempDir()
	meta := filepath.Join(dir, "meta")
	text := ";FFMETADATA1\ntitle=Die Stücke\nartist=歌手\nalbum=Album\nalbum_artist=Various\ngenre=Jazz\ndate=2001\ncomment=words\ntrack=3/12\ndisc=1/2\n"
	if err := os.WriteFile(meta, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	sound, video := filepath.Join(dir, "sound.mka"), filepath.Join(dir, "video.mkv")
	playertest.FFmpeg(t, "-y", "-f", "lavfi", "-i", "sine=d=0.7", "-i", meta, "-f", "lavfi", "-i", "color=red:s=64x64:d=0.7:r=5",
		"-map_metadata", "1", "-map", "0", "-c:a", "aac", sound, "-map_metadata", "1", "-map", "2", "-map", "0", "-c:v", "mpeg4", "-c:a", "flac", video)
	want := media.Tags{Title: "Die Stücke", Artist: "歌手", Album: "Album", AlbumArtist: "Various", Genre: "Jazz", Date: "2001", Comment: "words",
		Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2}
	for file, kinds := range map[string][]media.Kind{sound: {media.Audio}, video: {media.Audio, media.Video}} {
		d := open(t, read(t, file))
		if got := d.Tags(); got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", filepath.Base(file), got, want)
		}
		var got []media.Kind
		for _, s := range d.Streams() {
			got = append(got, s.Kind)
		}
		if !slices.Equal(got, kinds) {
			t.Errorf("%s: streams %v, want %v", filepath.Base(file), got, kinds)
		}
		if s := d.Streams()[0]; s.Codec == media.FLAC && s.Frames != 30870 {
			t.Errorf("%+v", s)
		}
	}
}
