package mp4_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"linnet/player"
	"linnet/player/ad/aac"
	"linnet/player/ad/adpcm"
	"linnet/player/ad/alac"
	"linnet/player/ad/mp3"
	"linnet/player/ad/pcm"
	"linnet/player/media"
	"linnet/player/playertest"
)

func newDecoder(s media.Stream) (player.AudioDecoder, error) {
	switch s.Codec {
	case media.AAC:
		return aac.New(s)
	case media.ALAC:
		return alac.New(s)
	case media.MP3:
		return mp3.New(s)
	case media.ADPCMQT:
		d, err := adpcm.New(s)
		return playertest.Blockwise(d, s.BlockAlign), err
	}
	return pcm.New(s)
}

// muxed are what ffmpeg writes: codec and muxer options.
var muxed = []struct {
	name string
	args []string
}{
	{"aac.m4a", []string{"-c:a", "aac"}},
	{"aac front.m4a", []string{"-c:a", "aac", "-movflags", "+faststart"}},
	{"aac fragments.mp4", []string{"-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov", "-frag_duration", "200000"}},
	{"aac default base.mp4", []string{"-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "100000"}},
	{"aac first fragment in moov.mp4", []string{"-c:a", "aac", "-movflags", "+frag_keyframe", "-frag_duration", "300000"}},
	{"aac dash.mp4", []string{"-c:a", "aac", "-movflags", "+dash+global_sidx", "-frag_duration", "200000"}},
	{"aac.mov", []string{"-c:a", "aac"}},
	{"alac.m4a", []string{"-c:a", "alac"}},
	{"alac.mov", []string{"-c:a", "alac"}},
	{"alac fragments.mp4", []string{"-c:a", "alac", "-movflags", "+frag_keyframe+empty_moov", "-frag_duration", "200000"}},
	{"mp3.mp4", []string{"-c:a", "libmp3lame"}},
	{"s16be.mov", []string{"-c:a", "pcm_s16be"}},
	{"s16le.mov", []string{"-c:a", "pcm_s16le"}},
	{"s24.mov", []string{"-c:a", "pcm_s24be"}},
	{"s32le.mov", []string{"-c:a", "pcm_s32le"}},
	{"f32.mov", []string{"-c:a", "pcm_f32be"}},
	{"f64le.mov", []string{"-c:a", "pcm_f64le"}},
	{"alaw.mov", []string{"-c:a", "pcm_alaw"}},
	{"ima.mov", []string{"-c:a", "adpcm_ima_qt"}},
	{"s16 fragments.mov", []string{"-c:a", "pcm_s16le", "-movflags", "+frag_keyframe+empty_moov", "-frag_duration", "200000"}},
}

// What ffmpeg muxes is found whole, to the frame and wherever a seek goes; of
// lossless codings it is what ffmpeg finds.
func TestAgainstFFmpeg(t *testing.T) {
	const frames = 33075 // no multiple of a packet's
	dir := t.TempDir()
	args := []string{"-y", "-f", "lavfi", "-i", fmt.Sprintf("aevalsrc=0.5*sin(900*t*t)|0.4*sin(2000*t):s=44100:d=%g", frames/44100.)}
	for _, m := range muxed {
		args = append(append(args, m.args...), filepath.Join(dir, m.name))
	}
	playertest.FFmpeg(t, args...)
	for _, m := range muxed {
		t.Run(m.name, func(t *testing.T) {
			file := filepath.Join(dir, m.name)
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			playertest.Demuxer(t, func() player.Demuxer { return open(t, b) }, newDecoder)
			s := open(t, b).Streams()[0]
			// A fragmented file's edit list is written before its length is
			// known, and may say nothing.
			fragmented, blocks := bytes.Contains(b, []byte("moof")), int64(frames+63)/64*64
			if s.Frames != frames && !(fragmented && s.Frames == frames+1024) && !(s.Codec == media.ADPCMQT && s.Frames == blocks) {
				t.Errorf("%d frames, want %d: %+v", s.Frames, frames, s)
			}
			if s.Codec == media.AAC || s.Codec == media.MP3 {
				return
			}
			got, err := playertest.Samples(open(t, b), func(s media.Stream) (player.AudioDecoder, error) {
				if s.Codec == media.ADPCMQT {
					return adpcm.New(s)
				}
				return newDecoder(s)
			})
			if err != nil {
				t.Fatal(err)
			}
			playertest.SameSamples(t, got, playertest.FFmpegSamples(t, file)[0], 2)
		})
	}
}

// Tags, a cover, chapters and a video track stand in the file, and do not get in
// the way.
func TestTags(t *testing.T) {
	dir := t.TempDir()
	meta := filepath.Join(dir, "meta")
	text := ";FFMETADATA1\ntitle=Die Stücke\nartist=歌手\nalbum=Album\nalbum_artist=Various\ngenre=Jazz\ndate=2001\ncomment=words\ntrack=3/12\ndisc=1/2\n" +
		"[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=300\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=300\nEND=700\ntitle=Two\n"
	if err := os.WriteFile(meta, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cover, plain, video := filepath.Join(dir, "cover.m4a"), filepath.Join(dir, "plain.m4a"), filepath.Join(dir, "video.mp4")
	in := []string{"-y", "-f", "lavfi", "-i", "sine=d=0.7", "-i", meta, "-f", "lavfi", "-i", "color=red:s=64x64:d=0.7:r=5"}
	playertest.FFmpeg(t, append(in, "-map_metadata", "1", "-map", "0", "-map", "2", "-c:v", "mjpeg", "-frames:v", "1", "-disposition:v", "attached_pic", "-c:a", "aac", cover,
		"-map_metadata", "1", "-map", "0", "-c:a", "aac", plain,
		"-map_metadata", "1", "-map", "0", "-map", "2", "-c:v", "mpeg4", "-c:a", "aac", video)...)
	want := media.Tags{Title: "Die Stücke", Artist: "歌手", Album: "Album", AlbumArtist: "Various", Genre: "Jazz", Date: "2001", Comment: "words",
		Track: 3, TrackTotal: 12, Disc: 1, DiscTotal: 2}
	for _, file := range []string{cover, plain, video} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := open(t, b)
		want.HasCover = file == cover
		if got := d.Tags(); got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", filepath.Base(file), got, want)
		}
		kinds := []media.Kind{media.Audio}
		if file == video {
			kinds = append(kinds, media.Video)
		}
		var got []media.Kind
		for _, s := range d.Streams() {
			got = append(got, s.Kind)
		}
		if !slices.Equal(got, kinds) {
			t.Errorf("%s: streams %v, want %v", filepath.Base(file), got, kinds)
		}
		if n, errs := readAll(t, d); n < 30 || errs != nil {
			t.Errorf("%s: %d packets, %v", filepath.Base(file), n, errs)
		}
	}
}
